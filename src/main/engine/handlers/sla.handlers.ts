import { later, sql } from '../dispatcher.ts';
import type { HandlersOf } from '../dispatcher.ts';
import type { EngineServices } from './services.ts';
import { currentCaseUid } from '../store/cases.store.ts';
import { eventsOfCase } from '../store/events.store.ts';
import { readCalendars, readPolicies } from '../store/sla.store.ts';
import type { ReadDb } from '../store/sql.ts';
import { previewRules } from '../usecases/sla-preview.ts';
import { saveRules } from '../usecases/sla-rules.ts';
import { simulateRules } from '../usecases/sla-simulator.ts';
import type { CaseClocksView, slaContract } from '../../../shared/contract/sla.contract.ts';
import type { CaseEvent } from '../../../shared/domain/case.ts';
import type { AgentId } from '../../../shared/domain/ids.ts';
import { ok } from '../../../shared/domain/result.ts';
import { coverageId } from '../../../shared/domain/sla/promise.ts';
import type { SpanCalendar } from '../../../shared/domain/time/calendar.ts';
import { builtInHolidays } from '../../../shared/domain/time/holidays.ts';
import { readIcsHolidays } from '../../../shared/domain/time/ics-holidays.ts';

export function slaHandlers(services: EngineServices): HandlersOf<keyof typeof slaContract> {
  const { context, ruleRuns } = services;
  /** Of all hours of the plan only those that somebody was promised: they reach years ahead. */
  const promisedShifts = (db: ReadDb): readonly SpanCalendar[] => {
    const policies = readPolicies(db);
    const promised = new Set(policies.flatMap(({ promise }) => (promise.kind === 'coverage' ? [coverageId(promise.team)] : [])));
    return context.ledger.shiftHours(db, policies).filter((hours) => promised.has(hours.id));
  };
  return {
    'sla.config': sql((db) => ({ policies: readPolicies(db), calendars: readCalendars(db) })),
    'sla.shiftHours': sql((db) => promisedShifts(db), ['@plan']),
    'sla.clocks': sql(
      (db, input): CaseClocksView => {
        const uid = currentCaseUid(db, input.caseId);
        const instances = context.ledger.clocks(db, uid);
        const wanted = new Set(instances.flatMap((instance) => instance.steps.map((step) => step.eventId)));
        return { instances, causes: causesOf(eventsOfCase(db, uid), wanted) };
      },
      ['@clock'],
    ),
    'sla.preview': later(({ proposal, run }) => ruleRuns.during(run, (each) => previewRules(context, proposal, each))),
    'sla.simulate': later(({ run, ...replay }) => ruleRuns.during(run, (each) => simulateRules(context, replay, each))),
    'sla.progress': later(({ run }) => Promise.resolve(ruleRuns.progress(run)), ['@rule-runs']),
    // Nothing is stored, so there is nothing to remember.
    'sla.cancel': ({ run }) => ok({ isCancelled: ruleRuns.cancel(run) }),
    'sla.holidays': later(({ country, year }) => Promise.resolve(builtInHolidays(country, year))),
    'sla.readIcs': later(({ text }) => Promise.resolve(readIcsHolidays(text))),
    'sla.save': (input) => {
      const result = saveRules(context, input);
      if (result.ok && result.value.changed > 0) services.reevaluate(input.applyToOpen);
      return result;
    },
  };
}

/** The events that clocks name. That a reply was accepted is nobody's doing: it is told of the person who wrote the reply. */
function causesOf(events: readonly CaseEvent[], wanted: ReadonlySet<string>): CaseClocksView['causes'] {
  const writers = new Map<string, AgentId | null>();
  const causes: Record<string, CaseClocksView['causes'][string]> = {};
  for (const { id, at, actor, body } of events) {
    if (body.type === 'case.replyQueued') writers.set(body.messageId, actor);
    const writer = body.type === 'case.replySent' ? (writers.get(body.messageId) ?? actor) : actor;
    if (wanted.has(id)) causes[id] = { at, actor: writer, type: body.type };
  }
  return causes;
}
