import { later, sql } from '../dispatcher.ts';
import type { HandlersOf } from '../dispatcher.ts';
import { paced } from './paced.ts';
import type { EngineServices } from './services.ts';
import { me } from '../store/settings.store.ts';
import { coverageFairness } from '../usecases/coverage-fairness.ts';
import { peopleOn, runwayOf, firstAvailable } from '../usecases/coverage-people.ts';
import { CoverageRibbon } from '../usecases/coverage-ribbon.ts';
import { coverageDemand, feasibility, readStaffing, saveStaffing } from '../usecases/coverage-staffing.ts';
import { coverageCandidates, coverageWindow } from '../usecases/coverage-window.ts';
import { yearQuestion } from '../usecases/year-question.ts';

type Names =
  | 'coverage.window'
  | 'coverage.candidates'
  | 'coverage.year'
  | 'coverage.onNow'
  | 'coverage.demand'
  | 'coverage.feasibility'
  | 'coverage.staffing'
  | 'coverage.setStaffing'
  | 'coverage.fairness'
  | 'coverage.ribbon'
  | 'coverage.runway'
  | 'coverage.nextAvailable';

/** What is answered out of the book reads no tables of the plan, so it names the fact instead; drafts are in `shifts`. */
const PLAN = '@plan';
const DRAFTS = 'shifts';
/** Somebody has come or gone. */
const SHIFT = '@shift';

export function coverageHandlers(services: EngineServices): HandlersOf<Names> {
  const { context, book } = services;
  const { store } = context;
  const ribbon = new CoverageRibbon(book);
  const now = () => context.clock.now();
  return {
    'coverage.window': sql((db, input) => coverageWindow(db, input, now()), [SHIFT]),
    'coverage.candidates': sql((db, input) => coverageCandidates(db, book, input), [PLAN]),
    'coverage.year': later(async ({ from }) => services.checkYear(await yearQuestion(store, from ?? now())), [PLAN, DRAFTS]),
    'coverage.onNow': sql((db, { selector, at }) => peopleOn(db, book, selector, at ?? now()), [PLAN, SHIFT]),
    'coverage.demand': later(
      paced((input) => store.read((db) => coverageDemand(db, input, now()))),
      ['messages', 'settings', PLAN, DRAFTS, SHIFT],
    ),
    'coverage.feasibility': later(
      paced(() => store.read((db) => feasibility(db, book, now()))),
      ['cases', 'settings', PLAN, SHIFT],
    ),
    'coverage.staffing': sql((db) => readStaffing(db)),
    'coverage.setStaffing': (input) => saveStaffing(context, input),
    'coverage.fairness': later(
      paced(({ from, to }) => store.read((db) => coverageFairness(db, book, from, to))),
      ['sla_outcomes', PLAN],
    ),
    'coverage.ribbon': sql((db, input) => ribbon.of(db, input, { me: me(db)?.agentId ?? null, now: now() }), [PLAN, SHIFT]),
    'coverage.runway': sql((db, { caseId }) => runwayOf(db, book, caseId, now()), [PLAN, SHIFT]),
    'coverage.nextAvailable': sql((db, { caseId }) => firstAvailable(db, book, caseId, now()), [PLAN, SHIFT]),
  };
}
