import { sql } from '../dispatcher.ts';
import type { HandlersOf } from '../dispatcher.ts';
import type { EngineServices } from './services.ts';
import { rosterView, saveRoster } from '../usecases/save-roster.ts';

/** Tables of people are read and written by the handlers of interchange. */
export function rosterHandlers(services: EngineServices): HandlersOf<'roster.get' | 'roster.save'> {
  const { context } = services;
  return {
    'roster.get': sql((db) => rosterView(db)),
    'roster.save': (input) => saveRoster(context, input),
  };
}
