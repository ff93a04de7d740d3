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

/** True of no case. A plain 0 would do, but makes statements with INDEXED BY fail: "no query solution". */
const NOTHING = 'c.status < 0';

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
  if (isOpen) parts.unshift('c.status < 3');
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
  return parts.length === 0 ? NOTHING : parts.map((part) => (parts.length > 1 ? `(${part})` : part)).join(' OR ');
}

const TIMES: { readonly [Field in TimeField]: { readonly column: string; readonly isSet: string } } = {
  due: { column: 'c.next_due_at', isSet: `c.next_due_at < ${NEVER}` },
  waiting: { column: 'c.waiting_since', isSet: `c.waiting_since < ${NOT_WAITING}` },
  updated: { column: 'c.last_message_at', isSet: '1' },
  opened: { column: 'c.opened_at', isSet: '1' },
  snoozed: { column: 'c.snoozed_until', isSet: 'c.snoozed_until > 0' },
};

function textSql(field: TextField, value: string, bind: Bind): string {
  const text = bind(foldText(value));
  return field === 'subject'
    ? `instr(fold(c.subject), ${text}) > 0`
    : `c.contact_id IN (SELECT k.id FROM contacts k WHERE instr(k.folded, ${text}) > 0)`;
}

function choiceSql(field: ChoiceField, value: string, asker: QueryAsker, bind: Bind): string {
  switch (field) {
    case 'channel':
      return `c.channel = ${bind(value)}`;
    case 'status':
      return `c.status = ${bind(STATUSES.findIndex((status) => status === value))}`;
    case 'priority':
      return `c.priority = ${bind(PRIORITIES.findIndex((priority) => priority === value))}`;
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
      return THINGS[value] ?? NOTHING;
  }
}

function tierSql(value: string, bind: Bind): string {
  const tier = TIERS.find((one) => one === value);
  return tier === undefined ? NOTHING : `c.vip = ${bind(tierToNumber(tier))}`;
}

function languageSql(value: string, bind: Bind): string {
  if (value === UNKNOWN_LANGUAGE) return 'c.language IS NULL';
  const tag = value.toLowerCase();
  // `-` and `.` follow each other: all tags that begin with `tag-`
  return `c.language IS NOT NULL AND (lower(c.language) = ${bind(tag)} OR (lower(c.language) > ${bind(`${tag}-`)} AND lower(c.language) < ${bind(`${tag}.`)}))`;
}

function assigneeSql(value: string, asker: QueryAsker, bind: Bind): string {
  if (value === BOT) return `c.assignee = '${BOTS}'`;
  if (value === NOBODY) return "c.assignee = ''";
  const agent = value === ME ? asker.me : value;
  return agent === null || agent === '' ? NOTHING : `c.assignee = ${bind(agent)}`;
}

function flagSql(value: string, asker: QueryAsker, bind: Bind): string {
  switch (value) {
    case 'unread':
      return 'c.unread = 1';
    case 'waiting':
      return `c.status = 0 AND c.waiting_since < ${NOT_WAITING}`;
    case 'overdue':
      return `c.status < 3 AND c.next_due_at <= ${bind(asker.now)}`;
    case 'unstaffed':
      return `c.status < 3 AND c.next_due_at > ${bind(asker.now)} AND c.next_due_at <= coalesce((SELECT w.opens_at FROM coverage_needs w WHERE w.id = c.need), 0)`;
    case 'snoozed':
      return 'c.status < 3 AND c.snoozed_until > 0';
    case 'raised':
      return 'c.lane = 0 AND c.vip = 0';
    case 'offered':
      return 'c.open_handoff IS NOT NULL';
    default:
      return NOTHING;
  }
}

const THINGS: Readonly<Record<string, string>> = {
  attachment: 'c.has_attachments = 1',
  draft: 'c.uid IN (SELECT d.case_uid FROM drafts d)',
  promise: 'c.next_promise IS NOT NULL',
  queued: 'c.queued > 0',
  failed: 'c.failed > 0',
};
