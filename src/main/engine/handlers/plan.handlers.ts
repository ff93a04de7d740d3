import { sql } from '../dispatcher.ts';
import { openRequests } from '../usecases/open-requests.ts';
import type { HandlersOf } from '../dispatcher.ts';
import type { EngineServices } from './services.ts';
import { discardPlan, editPlan, generatePlan, planWindow } from '../usecases/edit-plan.ts';
import { checkAbsence, planDiff } from '../usecases/foresee-plan.ts';
import { dismissNotices, dismissZoneNotice, myShifts } from '../usecases/my-shifts.ts';
import { decideAbsence, requestAbsence } from '../usecases/plan-absences.ts';
import { cancelOverride, overrideShift } from '../usecases/plan-overrides.ts';
import { answerSwap, askSwap, checkProposal, decideSwap } from '../usecases/plan-swaps.ts';
import { publicationRows, publishPlan, revertDiff, revertPlan } from '../usecases/publish-plan.ts';
import type { planContract } from '../../../shared/contract/coverage.contract.ts';

export function planHandlers(services: EngineServices): HandlersOf<keyof typeof planContract> {
  const { context } = services;
  const now = context.clock.now.bind(context.clock);
  return {
    'plan.window': sql((db, stretch) => planWindow(db, stretch)),
    'plan.edit': (input) => editPlan(context, input),
    'plan.generate': (input) => generatePlan(context, input),
    'plan.diff': sql((db) => planDiff(db, now())),
    'plan.publish': (input) => publishPlan(context, input),
    'plan.discard': (input) => discardPlan(context, input),
    'plan.publications': sql((db, { limit }) => publicationRows(db, limit)),
    'plan.revertDiff': sql((db, { publicationId }) => revertDiff(db, publicationId)),
    'plan.revert': (input) => revertPlan(context, input),
    'plan.override': (input) => overrideShift(context, input),
    'plan.cancelOverride': (input) => cancelOverride(context, input),
    'plan.requestAbsence': (input) => requestAbsence(context, input),
    'plan.decideAbsence': (input) => decideAbsence(context, input),
    'plan.checkAbsence': sql((db, input) => ({ opened: checkAbsence(db, input, now()) })),
    'plan.checkSwap': sql((db, proposal) => checkProposal(db, proposal, now())),
    'plan.askSwap': (input) => askSwap(context, input),
    'plan.answerSwap': (input) => answerSwap(context, input),
    'plan.decideSwap': (input) => decideSwap(context, input),
    'plan.requests': sql((db) => openRequests(db)),
    'plan.mine': sql((db) => myShifts(db, now()), ['@shift']),
    'plan.dismissNotices': (input) => dismissNotices(context, input),
    'plan.dismissZoneNotice': (input) => dismissZoneNotice(context, input),
  };
}
