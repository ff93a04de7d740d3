import type { CaseQuery, ChoiceField, Condition, TimeField } from './case-query.ts';
import { isChoice, isText } from './case-query.ts';
import { formatDay, formatDuration } from './moment.ts';
import { NO_OWN_NAMES, ownWordOf } from './own-names.ts';
import type { OwnNames } from './own-names.ts';
import type { NamedAgent } from './parse-case-query.ts';

const CHOICE_NAMES: { readonly [Field in ChoiceField]: string } = {
  channel: 'channel',
  status: 'status',
  priority: 'priority',
  tier: 'tier',
  language: 'lang',
  label: 'label',
  assignee: 'assignee',
  is: 'is',
  has: 'has',
  kind: 'kind',
  missing: 'missing',
};

/** The names of times: how far ahead, or how long ago; dates are written with the second one. */
const TIME_NAMES: { readonly [Field in TimeField]: { readonly name: string; readonly isAge: boolean; readonly date: string } } = {
  due: { name: 'due', isAge: false, date: 'due' },
  waiting: { name: 'waiting', isAge: true, date: 'waiting' },
  updated: { name: 'quiet', isAge: true, date: 'quiet' },
  opened: { name: 'age', isAge: true, date: 'opened' },
  snoozed: { name: 'snoozed', isAge: false, date: 'snoozed' },
};

/**
 * A query as a person would type it; `parseCaseQuery` reads it as the same one. Agents, and the team's own
 * kinds and facts, are written by name where that is enough to know them.
 */
export function formatCaseQuery({ conditions, text }: CaseQuery, people: readonly NamedAgent[], own: OwnNames = NO_OWN_NAMES): string {
  const parts = conditions.map((condition) => formatCondition(condition, people, own));
  return [...parts, text].filter((part) => part !== '').join(' ');
}

function formatCondition(condition: Condition, people: readonly NamedAgent[], own: OwnNames): string {
  const minus = condition.not ? '-' : '';
  if (isChoice(condition)) {
    const { field } = condition;
    const wordOf = (value: string): string =>
      field === 'assignee' ? agentWord(value, people) : field === 'kind' || field === 'missing' ? ownWordOf(field, value, own) : value;
    const values = condition.values.map((value) => quoted(wordOf(value)));
    return `${minus}${CHOICE_NAMES[condition.field]}:${values.join(',')}`;
  }
  if (isText(condition)) return `${minus}${condition.field}:${condition.values.map(quoted).join(',')}`;
  return `${minus}${timeText(condition)}`;
}

function timeText(condition: Extract<Condition, { readonly field: TimeField }>): string {
  const { name, isAge, date } = TIME_NAMES[condition.field];
  const { moment, side } = condition;
  if (moment.kind === 'offset') {
    const isLess = isAge ? side === 'from' : side === 'before';
    return `${name}${isLess ? '<' : '>'}${formatDuration(isAge ? -moment.ms : moment.ms)}`;
  }
  const day = formatDay(moment);
  if (condition.field === 'updated') return `${side === 'before' ? 'before' : 'after'}:${day}`;
  const isBefore = side === 'before';
  return `${date}${(date === name && isAge ? !isBefore : isBefore) ? '<' : '>'}${day}`;
}

function agentWord(value: string, people: readonly NamedAgent[]): string {
  const agent = people.find((other) => other.agentId === value);
  if (agent === undefined || agent.name === '') return value;
  return people.filter((other) => other.name === agent.name).length === 1 ? agent.name : value;
}

/** A value as it stands in a query: in quotes where it has to be. */
export function quoted(value: string): string {
  return /^[^\s,，"“”„\\]+$/u.test(value) ? value : `"${value.replaceAll(/[\\"“”„]/gu, String.raw`\$&`)}"`;
}
