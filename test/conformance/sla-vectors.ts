import { PRIORITIES } from '../../src/shared/domain/case.ts';
import type { Priority } from '../../src/shared/domain/case.ts';
import { MINUTE_MS, instant } from '../../src/shared/domain/time.ts';
import { evaluate } from '../../src/shared/domain/sla/evaluate.ts';
import { DEFAULT_REOPEN_WINDOW_MS } from '../../src/shared/domain/sla/policy.ts';
import type { Metric, Policy, SlaStatus, Targets } from '../../src/shared/domain/sla/policy.ts';
import { PLAIN_ATTRIBUTES } from '../../src/shared/domain/sla/sla-event.ts';
import type { SlaEvent, SlaEventBody } from '../../src/shared/domain/sla/sla-event.ts';
import type { BusinessCalendar } from '../../src/shared/domain/time/calendar.ts';
import { readCalendars } from './calendar-vectors.ts';
import { asBoolean, asList, asNumber, asOneOf, asRow, asRows, asText } from './fields.ts';
import type { Row } from './fields.ts';
import { readInstant, readInstantOrNull, writeInstant } from './instants.ts';
import type { Outcome } from './vectors.ts';

/** The vectors' words for ours. */
const METRIC_WORDS: { readonly [Name in Metric]: string } = {
  'first-reply': 'first_reply',
  'next-reply': 'next_reply',
  resolution: 'resolution',
  'handoff-acceptance': 'handoff_acceptance',
};
const STATUS_WORDS: { readonly [Name in SlaStatus]: string } = {
  open: 'open',
  pending: 'pending',
  hold: 'on_hold',
  solved: 'solved',
  closed: 'closed',
};

/** What a row of `sla.json` hands to `evaluate`. */
export interface SlaCase {
  readonly events: readonly SlaEvent[];
  readonly policy: Policy;
  readonly calendars: readonly BusinessCalendar[];
}

export function checkSla(row: Row): Outcome {
  const { events, policy, calendars } = readSlaCase(row);
  const instances = evaluate(events, [policy], calendars, readInstant(row['now'], 'now'));
  const expected = asRows(row['expect'], 'expect').map((each) =>
    clockLine(
      asText(each['metric'], 'metric'),
      asNumber(each['instance'], 'instance'),
      asText(each['state'], 'state'),
      ...(['startedAt', 'dueAt', 'endedAt'] as const).map((field) => readInstantOrNull(each[field], field)),
    ),
  );
  const found = instances.map((each) =>
    clockLine(METRIC_WORDS[each.metric], each.number, each.state, each.startedAt, each.dueAt, each.endedAt),
  );
  const first = asRows(asRow(row['case'], 'case')['events'], 'events')[0];
  return {
    name: `${calendars.map((each) => each.name).join('+')} ${String(first?.['at'])} ${String(events.length - 1)} events`,
    expected: expected.sort().join('\n'),
    found: found.sort().join('\n'),
  };
}

function clockLine(metric: string, number: number, state: string, ...instants: readonly Parameters<typeof writeInstant>[0][]): string {
  const [startedAt = null, dueAt = null, endedAt = null] = instants;
  return `${metric} ${String(number)} ${state} from ${writeInstant(startedAt)} due ${writeInstant(dueAt)} ended ${writeInstant(endedAt)}`;
}

export function readSlaCase(row: Row): SlaCase {
  const calendars = readCalendars(row['calendars']);
  const about = asRow(row['case'], 'case');
  const rows = asRows(about['events'], 'events');
  const events = rows.map((event, index): SlaEvent => ({
    id: `event-${String(index)}`,
    sequence: index + 1,
    at: readInstant(event['at'], 'at'),
    body: readBody(event),
  }));
  const opening: SlaEvent = {
    id: 'opening',
    sequence: 0,
    at: instant(Math.min(...events.map((event) => event.at))),
    body: {
      type: 'opened',
      attributes: { ...PLAIN_ATTRIBUTES, priority: readPriority(about['priority']) },
      isHeldByBot: asBoolean(about['bot'] ?? false, 'bot'),
    },
  };
  return {
    events: events.length === 0 ? [] : [opening, ...events],
    policy: readPolicy(asRow(row['policy'], 'policy'), calendars),
    calendars,
  };
}

function readPriority(value: unknown): Priority | null {
  return value === null || value === undefined ? null : asOneOf(PRIORITIES, value, 'priority');
}

function readBody(event: Row): SlaEventBody {
  const type = asText(event['type'], 'type');
  switch (type) {
    case 'message.in':
      return { type: 'customer-message' };
    case 'message.out':
      return { type: 'our-message', by: asOneOf(['human', 'bot', 'auto'], event['by'], 'by') };
    case 'note':
      return { type: 'note' };
    case 'human.requested':
      return { type: 'human-requested' };
    case 'no_reply_needed':
      return { type: 'no-reply-needed' };
    case 'status':
      return { type: 'status-changed', to: readStatus(event['to']) };
    case 'priority':
      return { type: 'attributes-changed', to: { priority: readPriority(event['to']) } };
    default:
      throw new TypeError(`unknown event ${type}`);
  }
}

function readStatus(value: unknown): SlaStatus {
  const statuses: readonly SlaStatus[] = ['open', 'pending', 'hold', 'solved', 'closed'];
  const found = statuses.find((status) => STATUS_WORDS[status] === value);
  if (found === undefined) throw new TypeError(`unknown status ${String(value)}`);
  return found;
}

function readPolicy(row: Row, calendars: readonly BusinessCalendar[]): Policy {
  const targets = asRow(row['targets'], 'targets');
  return {
    id: 'policy',
    version: 1,
    name: 'policy',
    position: 0,
    effectiveFrom: instant(0),
    isActive: true,
    conditions: {},
    promise: { kind: 'calendars', calendarIds: calendars.map((each) => each.id) },
    targets: {
      low: readTargets(targets['low']),
      normal: readTargets(targets['normal']),
      high: readTargets(targets['high']),
      urgent: readTargets(targets['urgent']),
    },
    defaultPriority: 'normal',
    pauseOn: row['pauseResolutionOn'] === undefined ? ['pending'] : asList(row['pauseResolutionOn'], 'pauseResolutionOn').map(readStatus),
    reopenWindowMs: DEFAULT_REOPEN_WINDOW_MS,
  };
}

function readTargets(value: unknown): Targets {
  if (value === undefined) return {};
  const row = asRow(value, 'targets');
  const named: { [Name in Metric]?: number } = {};
  for (const metric of ['first-reply', 'next-reply', 'resolution', 'handoff-acceptance'] as const) {
    const minutes = row[METRIC_WORDS[metric]];
    if (minutes !== undefined && minutes !== null) named[metric] = asNumber(minutes, metric) * MINUTE_MS;
  }
  return named;
}
