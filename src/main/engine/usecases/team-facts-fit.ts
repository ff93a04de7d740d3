import { accountIdFor } from '../identity.ts';
import type { PlanFact, RuleFact } from '../../../shared/contract/team-facts.ts';
import { policyProblems } from '../../../shared/domain/sla/policy.ts';
import { calendarProblems } from '../../../shared/domain/time/calendar.ts';
import { isLocalDate } from '../../../shared/domain/time/local-time.ts';
import { isKnownZone } from '../../../shared/domain/time/zone.ts';

/** What a schema can not say of a fact, decided from the fact alone. */

const LONGEST_SPAN_MS = 400 * 86_400_000;

/** Why a fact has no effect; null when it may have one. */
export function misfitOfFact(stream: string, fact: PlanFact | RuleFact): string | null {
  if (streamOfFact(fact, stream) !== stream) return 'in the stream of something else';
  if (fact.type === 'account.saved' && accountIdFor(fact.kind, fact.address) !== fact.accountId) return 'account with the id of another';
  if (fact.type === 'sla.rulesSaved') {
    const isBroken =
      fact.policies.some((each) => policyProblems(each).length > 0) || fact.calendars.some((each) => calendarProblems(each).length > 0);
    if (isBroken) return 'rules that no one could be served by';
  }
  return wrongTime(fact);
}

/** The stream that a fact belongs to: what it is about, and nothing else. */
function streamOfFact(fact: PlanFact | RuleFact, stream: string): string {
  switch (fact.type) {
    case 'hub.saved':
      return `hub.${fact.hub.hubId}`;
    case 'agent.saved':
      return `agent.${fact.profile.agentId}`;
    case 'agent.noticesSeen':
      return `agent.${fact.agentId}`;
    case 'template.saved':
      return `template.${fact.template.templateId}`;
    case 'rotation.saved':
      return `rotation.${fact.rotation.rotationId}`;
    case 'requirement.saved':
      return `requirement.${fact.requirement.requirementId}`;
    case 'shift.drafted':
    case 'shift.published':
    case 'shift.cancelled':
    case 'shift.rederived':
      return `shift.${fact.shiftId}`;
    case 'publication.made':
      return `publication.${fact.publicationId}`;
    case 'override.made':
    case 'override.rederived':
      return `override.${fact.override.overrideId}`;
    case 'override.cancelled':
      return `override.${fact.overrideId}`;
    case 'absence.requested':
    case 'absence.rederived':
      return `absence.${fact.absence.absenceId}`;
    case 'absence.decided':
      return `absence.${fact.absenceId}`;
    case 'swap.asked':
      return `swap.${fact.swap.swapId}`;
    case 'swap.answered':
    case 'swap.decided':
      return `swap.${fact.swapId}`;
    case 'contact.saved':
      return `contact.${fact.contactId}`;
    case 'account.saved':
      return `account.${fact.accountId}`;
    case 'sla.rulesSaved':
      return 'sla';
    case 'staffing.saved':
      return 'staffing';
    case 'acknowledgements.saved':
      return 'acknowledgements';
    case 'handoffRules.saved':
      return 'handoff-rules';
    case 'routingRules.saved':
      return 'routing';
    case 'intakeRules.saved':
      return 'intake';
    case 'officialAccounts.saved':
      return 'official-accounts';
    case 'guardRules.saved':
      return 'guard-rules';
    case 'authenticity.saved':
      return 'authenticity';
    case 'view.saved':
      return `view.${fact.view.viewId}`;
    case 'view.removed':
      return `view.${fact.viewId}`;
    case 'macro.saved':
      return `macro.${fact.macro.macroId}`;
    case 'macro.removed':
    case 'macro.counted':
      return `macro.${fact.macroId}`;
    case 'audit.anchored':
      // in the stream of whoever sits there
      return stream.startsWith('agent.') ? stream : 'agent';
  }
}

/** Zones that nobody knows, days that do not exist and stretches that end before they begin, wherever they are. */
export function wrongTime(value: unknown): string | null {
  if (typeof value !== 'object' || value === null) return null;
  const entries = Object.entries(value);
  const of = (name: string): unknown => (Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined);
  const zone = of('zone');
  if (typeof zone === 'string' && !isKnownZone(zone)) return 'a zone that is not known';
  for (const [from, to] of [
    ['startAt', 'endAt'],
    ['fromAt', 'toAt'],
    ['from', 'to'],
  ] as const) {
    const [begin, end] = [of(from), of(to)];
    if (typeof begin === 'number' && typeof end === 'number' && (end <= begin || end - begin > LONGEST_SPAN_MS))
      return 'a stretch that is none';
  }
  const date = { year: of('year'), month: of('month'), day: of('day') };
  const { year, month, day } = date;
  if (typeof year === 'number' && typeof month === 'number' && typeof day === 'number' && !isLocalDate({ year, month, day }))
    return 'a day that does not exist';
  for (const [, each] of entries) {
    const wrong = wrongTime(each);
    if (wrong !== null) return wrong;
  }
  return null;
}
