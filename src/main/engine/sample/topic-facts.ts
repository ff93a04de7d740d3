import type { Topic } from './texts/phrases.ts';
import type { Priority } from '../../../shared/domain/case.ts';

interface TopicFacts {
  readonly label: string;
  /** How often customers write about it, relative to the others. */
  readonly weight: number;
  readonly priorities: readonly (readonly [Priority, number])[];
  /** Who else has to look at it, besides whoever answers. */
  readonly waitsFor: 'payments' | 'engineers' | null;
}

const USUAL: TopicFacts['priorities'] = [
  ['normal', 8],
  ['low', 1],
  ['high', 1],
];
const PRESSING: TopicFacts['priorities'] = [
  ['urgent', 4],
  ['high', 5],
  ['normal', 1],
];
const IDLE: TopicFacts['priorities'] = [
  ['low', 3],
  ['normal', 7],
];

export const TOPIC_FACTS: Readonly<Record<Topic, TopicFacts>> = {
  withdrawal: {
    label: 'withdrawals',
    weight: 16,
    priorities: [
      ['normal', 6],
      ['high', 3],
      ['urgent', 1],
    ],
    waitsFor: 'payments',
  },
  'wrong-network': { label: 'wrong-network', weight: 10, priorities: USUAL, waitsFor: 'payments' },
  'two-factor': { label: '2fa', weight: 10, priorities: USUAL, waitsFor: null },
  kyc: { label: 'kyc', weight: 10, priorities: USUAL, waitsFor: null },
  api: {
    label: 'api',
    weight: 5,
    priorities: [
      ['high', 3],
      ['normal', 7],
    ],
    waitsFor: 'engineers',
  },
  fees: { label: 'fees', weight: 7, priorities: IDLE, waitsFor: 'payments' },
  card: { label: 'card', weight: 7, priorities: USUAL, waitsFor: 'payments' },
  login: { label: 'security', weight: 7, priorities: PRESSING, waitsFor: null },
  impersonator: { label: 'phishing', weight: 8, priorities: PRESSING, waitsFor: null },
  tax: { label: 'tax', weight: 5, priorities: IDLE, waitsFor: 'engineers' },
  referral: { label: 'referral', weight: 4, priorities: IDLE, waitsFor: 'payments' },
  crash: { label: 'app', weight: 8, priorities: USUAL, waitsFor: 'engineers' },
  deposit: { label: 'deposits', weight: 9, priorities: USUAL, waitsFor: 'payments' },
  closing: { label: 'account', weight: 3, priorities: IDLE, waitsFor: null },
};
