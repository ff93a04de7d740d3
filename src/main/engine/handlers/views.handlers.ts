import { sql } from '../dispatcher.ts';
import type { HandlersOf } from '../dispatcher.ts';
import type { EngineServices } from './services.ts';
import { listViews, orderViews, removeView, saveView } from '../usecases/saved-views.ts';
import type { viewsContract } from '../../../shared/contract/views.contract.ts';

export function viewHandlers({ context }: EngineServices): HandlersOf<keyof typeof viewsContract> {
  return {
    'views.list': sql((db) => listViews(db)),
    'views.save': (input) => saveView(context, input),
    'views.remove': (input) => removeView(context, input),
    'views.order': (input) => orderViews(context, input),
  };
}
