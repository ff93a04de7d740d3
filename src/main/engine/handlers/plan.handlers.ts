import { sql } from '../dispatcher.ts';
import type { HandlersOf } from '../dispatcher.ts';
import type { EngineServices } from './services.ts';
import { discardPlan, editPlan, generatePlan, planWindow } from '../usecases/edit-plan.ts';
import { cancelOverride, overrideShift } from '../usecases/plan-overrides.ts';
import { decideAbsence, requestAbsence } from '../usecases/plan-absences.ts';
import { publicationRows, publishPlan, revertPlan } from '../usecases/publish-plan.ts';

type Names =
  | 'plan.window'
  | 'plan.edit'
  | 'plan.generate'
  | 'plan.publish'
  | 'plan.discard'
  | 'plan.publications'
  | 'plan.revert'
  | 'plan.override'
  | 'plan.cancelOverride'
  | 'plan.requestAbsence'
  | 'plan.decideAbsence';

export function planHandlers(services: EngineServices): HandlersOf<Names> {
  const { context } = services;
  return {
    'plan.window': sql((db, stretch) => planWindow(db, stretch)),
    'plan.edit': (input) => editPlan(context, input),
    'plan.generate': (input) => generatePlan(context, input),
    'plan.publish': (input) => publishPlan(context, input),
    'plan.discard': (input) => discardPlan(context, input),
    'plan.publications': sql((db, { limit }) => publicationRows(db, limit)),
    'plan.revert': (input) => revertPlan(context, input),
    'plan.override': (input) => overrideShift(context, input),
    'plan.cancelOverride': (input) => cancelOverride(context, input),
    'plan.requestAbsence': (input) => requestAbsence(context, input),
    'plan.decideAbsence': (input) => decideAbsence(context, input),
  };
}
