import { NOT_WAITING, BOTS } from './cases.store.ts';
import { tierToNumber } from './contacts.store.ts';
import { NEVER } from './sla.store.ts';
import type { SqlParameters, SqlValue } from './sql.ts';
import { PRIORITIES, STATUSES, TIERS } from '../../../shared/domain/case.ts';
import { BOT, ME, NOBODY, UNKNOWN_LANGUAGE, isChoice, isText } from '../../../shared/domain/query/case-query.ts';
import type { ChoiceField, Condition, TextField, TimeField } from '../../../shared/domain/query/case-query.ts';
import type { QueryAsker } from '../../../shared/domain/query/match-case.ts';
import { resolveMoment } from '../../../shared/domain/query/moment.ts';
import { foldText } from '../../../shared/domain/search-fold.ts';

/** Conditions as a part of a statement over `cases c`. */
export interface CaseFilter {
  readonly sql: string;
  readonly parameters: SqlParameters;
  /** Only unsolved cases can match: the partial indexes may be used, and `sql` says so. */
  readonly isOpen: boolean;
}

/** Everything. */
export const NO_FILTER: CaseFilter = { sql: '1 = 1', parameters: {}, isOpen: false };

/**
 * The statement's part for conditions, as `matchesConditions` of the domain decides them (a test compares the two). The parameters begin with
 * `prefix`, so that several filters fit into one statement. Values of a newer version that are not known here match nothing.
 */
export function compileConditions(conditions: readonly Condition[], asker: QueryAsker, prefix = 'q'): CaseFilter {
  const parameters: Record<string, SqlValue> = {};
  const bind = (value: SqlValue): string => {
    const name = `${prefix}${Object.keys(parameters).length}`;
    parameters[name] = value;
    return `@${name}`;
  };
  const parts = conditions.map((condition) => {
    const sql = conditionSql(condition, asker, bind);
    return condition.not ? `NOT (${sql})` : `(${sql})`;
  });
  const isOpen = conditions.some((condition) => !condition.not && meansOpen(condition));
  if (isOpen) parts.unshift('status < 3');
  return { sql: parts.length === 0 ? NO_FILTER.sql : parts.join(' AND '), parameters, isOpen };
}

type Bind = (value: SqlValue) => string;

const OPEN_FLAGS: ReadonlySet<string> = new Set(['waiting', 'overdue', 'unstaffed', 'snoozed']);

/** Whether a condition lets only unsolved cases through. What is due next is never a solved case. */
function meansOpen(condition: Condition): boolean {
  if (condition.field === 'due') return true;
  if (!isChoice(condition)) return false;
  if (condition.field === 'status') return condition.values.every((value) => value !== 'solved');
  return condition.field === 'is' && condition.values.every((value) => OPEN_FLAGS.has(value));
}

function conditionSql(condition: Condition, asker: QueryAsker, bind: Bind): string {
  if (isChoice(condition)) return anyOf(condition.values.map((value) => choiceSql(condition.field, value, asker, bind)));
  if (isText(condition)) return anyOf(condition.values.map((value) => textSql(condition.field, value, bind)));
  const at = bind(resolveMoment(condition.moment, asker));
  const { column, isSet } = TIMES[condition.field];
  return `${isSet} AND ${column} ${condition.side === 'before' ? '<' : '>='} ${at}`;
}

function anyOf(parts: readonly string[]): string {
  return parts.length === 0 ? '0' : parts.map((part) => (parts.length > 1 ? `(${part})` : part)).join(' OR ');
}

const TIMES: { readonly [Field in TimeField]: { readonly column: string; readonly isSet: string } } = {
  due: { column: 'next_due_at', isSet: `next_due_at < ${NEVER}` },
  waiting: { column: 'waiting_since', isSet: `waiting_since < ${NOT_WAITING}` },
  updated: { column: 'last_message_at', isSet: '1' },
  opened: { column: 'opened_at', isSet: '1' },
  snoozed: { column: 'snoozed_until', isSet: 'snoozed_until > 0' },
};

function textSql(field: TextField, value: string, bind: Bind): string {
  const text = bind(foldText(value));
  return field === 'subject'
    ? `instr(fold(subject), ${text}) > 0`
    : `contact_id IN (SELECT k.id FROM contacts k WHERE instr(k.folded, ${text}) > 0)`;
}

function choiceSql(field: ChoiceField, value: string, asker: QueryAsker, bind: Bind): string {
  switch (field) {
    case 'channel':
      return `channel = ${bind(value)}`;
    case 'status':
      return `status = ${bind(STATUSES.findIndex((status) => status === value))}`;
    case 'priority':
      return `priority = ${bind(PRIORITIES.findIndex((priority) => priority === value))}`;
    case 'tier':
      return tierSql(value, bind);
    case 'language':
      return languageSql(value, bind);
    case 'label':
      return `c.id IN (SELECT l.case_id FROM case_labels l WHERE l.label = ${bind(value)})`;
    case 'assignee':
      return assigneeSql(value, asker, bind);
    case 'is':
      return flagSql(value, asker, bind);
    case 'has':
      return THINGS[value] ?? '0';
  }
}

function tierSql(value: string, bind: Bind): string {
  const tier = TIERS.find((one) => one === value);
  return tier === undefined ? '0' : `vip = ${bind(tierToNumber(tier))}`;
}

function languageSql(value: string, bind: Bind): string {
  if (value === UNKNOWN_LANGUAGE) return 'language IS NULL';
  const tag = value.toLowerCase();
  // `-` and `.` follow each other: all tags that begin with `tag-`
  return `language IS NOT NULL AND (lower(language) = ${bind(tag)} OR (lower(language) > ${bind(`${tag}-`)} AND lower(language) < ${bind(`${tag}.`)}))`;
}

function assigneeSql(value: string, asker: QueryAsker, bind: Bind): string {
  if (value === BOT) return `assignee = '${BOTS}'`;
  if (value === NOBODY) return "assignee = ''";
  const agent = value === ME ? asker.me : value;
  return agent === null || agent === '' ? '0' : `assignee = ${bind(agent)}`;
}

function flagSql(value: string, asker: QueryAsker, bind: Bind): string {
  switch (value) {
    case 'unread':
      return 'unread = 1';
    case 'waiting':
      return `status = 0 AND waiting_since < ${NOT_WAITING}`;
    case 'overdue':
      return `status < 3 AND next_due_at <= ${bind(asker.now)}`;
    case 'unstaffed':
      return `status < 3 AND next_due_at > ${bind(asker.now)} AND next_due_at <= coalesce((SELECT w.opens_at FROM coverage_needs w WHERE w.id = need), 0)`;
    case 'snoozed':
      return 'status < 3 AND snoozed_until > 0';
    case 'raised':
      return 'lane = 0 AND vip = 0';
    case 'offered':
      return 'open_handoff IS NOT NULL';
    default:
      return '0';
  }
}

const THINGS: Readonly<Record<string, string>> = {
  attachment: 'has_attachments = 1',
  draft: 'uid IN (SELECT d.case_uid FROM drafts d)',
  promise: 'next_promise IS NOT NULL',
  queued: 'queued > 0',
  failed: 'failed > 0',
};
