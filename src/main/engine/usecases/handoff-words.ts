import type { Status } from '../../../shared/domain/case.ts';
import { isFactField } from '../../../shared/domain/intake/fact-fields.ts';
import { ASK_WORDS } from '../../../shared/domain/intake/questions.ts';
import type { Instant } from '../../../shared/domain/time.ts';

/** What Meridian itself writes into a packet, in the language of the person who hands over. Times are UTC: readers sit anywhere. */
export interface HandoffWords {
  readonly moment: (at: Instant) => string;
  readonly goalUnknown: string;
  readonly status: Readonly<Record<Status, string>>;
  readonly snoozed: (until: string) => string;
  readonly waits: (since: string, said: string) => string;
  readonly answered: (at: string, said: string) => string;
  readonly unsent: string;
  /** Facts of the checklist. */
  readonly factName: (field: string) => string;
  readonly known: (facts: readonly string[]) => string;
  readonly missing: (names: readonly string[]) => string;
  readonly replied: (said: string) => string;
  readonly noted: (said: string) => string;
  readonly noAnswer: string;
  readonly customerSaid: (said: string) => string;
  readonly answer: (said: string) => string;
  readonly keep: (promise: string) => string;
  readonly seeToUnsent: string;
  /** A reminder of the case, and one that says nothing more. */
  readonly remember: (note: string) => string;
  readonly lookAgain: string;
  /** What is left to do in a case in which nothing waits for us. */
  readonly next: Readonly<Record<Status, string>>;
  readonly waitingOnCustomer: string;
  readonly waitingOnOthers: string;
}

function moments(locale: string): (at: Instant) => string {
  const format = new Intl.DateTimeFormat(locale, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone: 'UTC',
  });
  return (at) => `${format.format(at)} UTC`;
}

const ENGLISH: HandoffWords = {
  moment: moments('en-GB'),
  goalUnknown: 'The customer asks for help',
  status: { open: 'Open.', pending: 'Waiting for the customer.', hold: 'On hold.', solved: 'Solved.' },
  snoozed: (until) => `Snoozed until ${until}.`,
  waits: (since, said) => `The customer has waited since ${since}: “${said}”`,
  answered: (at, said) => `We wrote last, ${at}: “${said}”`,
  unsent: 'A reply of ours could not be sent.',
  factName: (field) => (isFactField(field) ? ASK_WORDS.en.names[field] : field),
  known: (facts) => `Known: ${facts.join('; ')}.`,
  missing: (names) => `Missing: ${names.join(', ')}.`,
  replied: (said) => `Replied: “${said}”`,
  noted: (said) => `Note: ${said}`,
  noAnswer: 'No answer yet',
  customerSaid: (said) => `Customer: “${said}”`,
  answer: (said) => `Answer the customer: “${said}”`,
  keep: (promise) => `Keep the promise: ${promise}`,
  seeToUnsent: 'See to the reply that could not be sent',
  remember: (note) => `Reminder: ${note}`,
  lookAgain: 'Look at the case again: there is a reminder',
  next: {
    open: 'Check whether anything is left to do, then solve the case',
    pending: 'Answer when the customer writes',
    hold: 'Ask whoever we wait for where it stands',
    solved: 'Nothing, unless the customer writes again',
  },
  waitingOnCustomer: 'The customer’s answer',
  waitingOnOthers: 'Somebody outside the team',
};

const CHINESE: HandoffWords = {
  moment: moments('zh-CN'),
  goalUnknown: '客户请求协助',
  status: { open: '处理中。', pending: '等待客户回复。', hold: '暂停中。', solved: '已解决。' },
  snoozed: (until) => `已推迟到 ${until}。`,
  waits: (since, said) => `客户自 ${since} 起等待回复：“${said}”`,
  answered: (at, said) => `我方最近一次回复于 ${at}：“${said}”`,
  unsent: '有一封回复未能发出。',
  factName: (field) => (isFactField(field) ? ASK_WORDS['zh-Hans'].names[field] : field),
  known: (facts) => `已知：${facts.join('；')}。`,
  missing: (names) => `缺少：${names.join('、')}。`,
  replied: (said) => `已回复：“${said}”`,
  noted: (said) => `备注：${said}`,
  noAnswer: '尚无回音',
  customerSaid: (said) => `客户：“${said}”`,
  answer: (said) => `回复客户：“${said}”`,
  keep: (promise) => `兑现承诺：${promise}`,
  seeToUnsent: '处理未能发出的回复',
  remember: (note) => `提醒：${note}`,
  lookAgain: '再次查看此工单（有提醒）',
  next: {
    open: '确认是否还有未办事项，然后解决工单',
    pending: '客户来信后回复',
    hold: '向所等待的一方询问进展',
    solved: '除非客户再次来信，否则无需处理',
  },
  waitingOnCustomer: '客户的回复',
  waitingOnOthers: '团队之外的一方',
};

export function handoffWords(locale: 'en' | 'zh-CN'): HandoffWords {
  return locale === 'zh-CN' ? CHINESE : ENGLISH;
}
