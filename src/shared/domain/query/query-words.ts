import type { CaseFlag, CaseThing, ChoiceField, TextField, TimeField } from './case-query.ts';

/** What the word before the sign asks for. Past times are asked for by how long ago: `waiting>4h` is before four hours ago. */
export type Operator =
  | { readonly kind: 'choice'; readonly field: ChoiceField }
  | { readonly kind: 'text'; readonly field: TextField }
  | { readonly kind: 'time'; readonly field: TimeField; readonly isAge: boolean }
  /** `before:` and `after:` say the side themselves. */
  | { readonly kind: 'side'; readonly field: TimeField; readonly side: 'before' | 'from' }
  | { readonly kind: 'on'; readonly field: TimeField }
  | { readonly kind: 'vip' };

/** The names that operators are written with, in the order in which they are told. */
export const OPERATOR_NAMES = [
  'from',
  'subject',
  'channel',
  'status',
  'priority',
  'tier',
  'vip',
  'lang',
  'label',
  'assignee',
  'is',
  'has',
  'kind',
  'missing',
  'due',
  'waiting',
  'quiet',
  'age',
  'snoozed',
  'before',
  'after',
  'on',
  'opened',
] as const;
export type OperatorName = (typeof OPERATOR_NAMES)[number];

const MEANINGS: { readonly [Name in OperatorName]: Operator } = {
  from: { kind: 'text', field: 'from' },
  subject: { kind: 'text', field: 'subject' },
  channel: { kind: 'choice', field: 'channel' },
  status: { kind: 'choice', field: 'status' },
  priority: { kind: 'choice', field: 'priority' },
  tier: { kind: 'choice', field: 'tier' },
  vip: { kind: 'vip' },
  lang: { kind: 'choice', field: 'language' },
  label: { kind: 'choice', field: 'label' },
  assignee: { kind: 'choice', field: 'assignee' },
  is: { kind: 'choice', field: 'is' },
  has: { kind: 'choice', field: 'has' },
  kind: { kind: 'choice', field: 'kind' },
  missing: { kind: 'choice', field: 'missing' },
  due: { kind: 'time', field: 'due', isAge: false },
  waiting: { kind: 'time', field: 'waiting', isAge: true },
  quiet: { kind: 'time', field: 'updated', isAge: true },
  age: { kind: 'time', field: 'opened', isAge: true },
  snoozed: { kind: 'time', field: 'snoozed', isAge: false },
  before: { kind: 'side', field: 'updated', side: 'before' },
  after: { kind: 'side', field: 'updated', side: 'from' },
  on: { kind: 'on', field: 'updated' },
  opened: { kind: 'time', field: 'opened', isAge: false },
};

/** The operators by name. */
export const OPERATORS: ReadonlyMap<string, Operator> = new Map(Object.entries(MEANINGS));

/** Other names that people know from elsewhere, and the Chinese ones. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  language: 'lang',
  tag: 'label',
  in: 'channel',
  owner: 'assignee',
  since: 'after',
  until: 'before',
  来自: 'from',
  发件人: 'from',
  主题: 'subject',
  渠道: 'channel',
  状态: 'status',
  优先级: 'priority',
  等级: 'tier',
  语言: 'lang',
  标签: 'label',
  负责人: 'assignee',
  是: 'is',
  有: 'has',
  类型: 'kind',
  缺少: 'missing',
  到期: 'due',
  等待: 'waiting',
  安静: 'quiet',
  之前: 'before',
  之后: 'after',
  日期: 'on',
};

/** The operator of a name as it was typed, in any case; null when the name is none. */
export function operatorOf(name: string): Operator | null {
  const plain = name.toLowerCase();
  return OPERATORS.get(plain) ?? OPERATORS.get(OTHER_NAMES[plain] ?? '') ?? null;
}

/** Values under other names. What is not here is itself. */
const OTHER_VALUES: { readonly [Field in ChoiceField]?: Readonly<Record<string, readonly string[]>> } = {
  status: {
    unsolved: ['open', 'pending', 'hold'],
    closed: ['solved'],
    onhold: ['hold'],
    未解决: ['open', 'pending', 'hold'],
    已解决: ['solved'],
    处理中: ['open'],
    待客户回复: ['pending'],
    暂缓: ['hold'],
  },
  channel: {
    mail: ['email'],
    twitter: ['x'],
    forum: ['community'],
    ticket: ['web'],
    邮件: ['email'],
    聊天: ['chat'],
    论坛: ['community'],
  },
  assignee: { none: ['nobody'], unassigned: ['nobody'], 我: ['me'], 无: ['nobody'] },
  language: { none: ['unknown'] },
  tier: { ordinary: ['standard'], vipplus: ['vip-plus'], 'vip+': ['vip-plus'] },
  is: {
    late: ['overdue' satisfies CaseFlag],
    breached: ['overdue'],
    未读: ['unread'],
    逾期: ['overdue'],
    推迟: ['snoozed'],
    nonews: ['stale'],
    待跟进: ['stale'],
  },
  has: {
    file: ['attachment' satisfies CaseThing],
    files: ['attachment'],
    attachments: ['attachment'],
    later: ['scheduled'],
    reminders: ['reminder'],
    附件: ['attachment'],
    草稿: ['draft'],
    定时: ['scheduled'],
    提醒: ['reminder'],
  },
};

/** The values that a typed value stands for. */
export function valuesOf(field: ChoiceField, typed: string): readonly string[] {
  const plain = typed.toLowerCase();
  return OTHER_VALUES[field]?.[plain] ?? [field === 'label' || field === 'assignee' ? typed : plain];
}

/** What counts as yes and no in `vip:yes`. */
export const YES: ReadonlySet<string> = new Set(['yes', 'true', '1', 'y', '是']);
export const NO: ReadonlySet<string> = new Set(['no', 'false', '0', 'n', '否', '不是']);
