import { sql } from '../dispatcher.ts';
import type { HandlersOf } from '../dispatcher.ts';
import type { EngineServices } from './services.ts';
import { eventsBehind } from '../store/handoff-figures.store.ts';
import { acceptHandoff, acceptMany, answerQuestion, askSender, declineHandoff, giveBack, readAgain } from '../usecases/handoff-answer.ts';
import { briefView, markBriefRead } from '../usecases/handoff-brief.ts';
import { handoffFigures } from '../usecases/handoff-figures.ts';
import { handoffCounts, laneRowOf, lanesOf, ownershipOfCase } from '../usecases/handoff-lanes.ts';
import { editOffer, giveToLead, offerCases, withdrawOffers } from '../usecases/handoff-offer.ts';
import { checkCase, keepDraft, prepareOffer } from '../usecases/handoff-prepare.ts';
import { handoffRulesView, saveHandoffRules } from '../usecases/handoff-rules.ts';
import type { HandoffDeps } from '../usecases/handoff-scene.ts';
import { sweepStatus, sweepView } from '../usecases/handoff-sweep.ts';
import type { handoffContract } from '../../../shared/contract/handoff.contract.ts';

/** Who is on shift is told by the plan and the clock; the rest is in SQL. */
const DUTY = ['@plan', '@clock', '@shift'];

export function handoffHandlers(services: EngineServices): HandlersOf<keyof typeof handoffContract> {
  const { context, book, duties } = services;
  const deps: HandoffDeps = { ...context, book, duties };
  return {
    'handoffs.prepare': sql((db, { caseId }) => prepareOffer(deps, db, caseId), DUTY),
    'handoffs.check': sql((db, input) => checkCase(deps, db, input), DUTY),
    'handoffs.saveDraft': (input) => keepDraft(deps, input),
    'handoffs.offer': (input) => offerCases(deps, input),
    'handoffs.edit': (input) => editOffer(deps, input),
    'handoffs.withdraw': (input) => withdrawOffers(deps, input),
    'handoffs.accept': (input) => acceptHandoff(deps, input),
    'handoffs.acceptMany': (input) => acceptMany(deps, input),
    'handoffs.decline': (input) => declineHandoff(deps, input),
    'handoffs.giveBack': (input) => giveBack(deps, input),
    'handoffs.ask': (input) => askSender(deps, input),
    'handoffs.answer': (input) => answerQuestion(deps, input),
    'handoffs.readAgain': (input) => readAgain(deps, input),
    'handoffs.toLead': (input) => giveToLead(deps, input),
    'handoffs.lanes': sql((db) => lanesOf(deps, db), DUTY),
    'handoffs.get': sql((db, { handoffId }) => laneRowOf(deps, db, handoffId), DUTY),
    'handoffs.ofCase': sql((db, { caseId }) => ownershipOfCase(deps, db, caseId), DUTY),
    'handoffs.counts': sql((db) => handoffCounts(deps, db), DUTY),
    'handoffs.sweep': sql((db) => sweepView(deps, db), DUTY),
    'handoffs.sweepStatus': sql((db) => sweepStatus(deps, db), DUTY),
    'handoffs.brief': sql((db) => briefView(deps, db), DUTY),
    'handoffs.briefRead': (input) => markBriefRead(deps, input),
    'handoffs.metrics': sql((db, input) => handoffFigures(deps, db, input), DUTY),
    'handoffs.events': sql((db, { ids }) => eventsBehind(db, ids)),
    'handoffs.rules': sql((db) => handoffRulesView(db)),
    'handoffs.saveRules': (input) => saveHandoffRules(context, input),
  };
}
