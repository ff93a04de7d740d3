/** What customers of the invented platform write about. */
export const TOPICS = [
  'withdrawal',
  'wrong-network',
  'two-factor',
  'kyc',
  'api',
  'fees',
  'card',
  'login',
  'impersonator',
  'tax',
  'referral',
  'crash',
  'deposit',
  'closing',
] as const;
export type Topic = (typeof TOPICS)[number];

export const SAMPLE_LANGUAGES = ['en', 'zh-Hans', 'ja', 'es', 'ko', 'pt'] as const;
export type SampleLanguage = (typeof SAMPLE_LANGUAGES)[number];

/**
 * Hand-written building blocks of one topic. Every string is a whole thought that stands by itself; `{name}` and the like
 * are filled in. Blank lines separate paragraphs.
 */
export interface TopicPhrases {
  /** In the order of the openings that they belong to; those beyond go with any. */
  readonly subjects: readonly string[];
  /** What the customer writes first. */
  readonly openings: readonly string[];
  /** What we ask back. */
  readonly asks: readonly string[];
  /** What the customer adds when asked. */
  readonly details: readonly string[];
  /** What settles it. */
  readonly answers: readonly string[];
}

export interface Phrases {
  /** For numbers and dates. */
  readonly locale: string;
  readonly cities: readonly string[];
  /** First line of a customer's mail. */
  readonly greetings: readonly string[];
  /** Last lines of a customer's mail; `{name}` is the customer. */
  readonly closings: readonly string[];
  readonly sentFrom: string;
  /** First line of our answer; `{polite}` is how the customer is addressed. */
  readonly ourGreetings: readonly string[];
  /** Last lines of our answer; `{agent}` is the writer. */
  readonly ourClosings: readonly string[];
  /** We are on it, no result yet: with the payments team, in general, with the engineers. */
  readonly waits: readonly [payments: string, general: string, engineers: string];
  readonly chasers: readonly string[];
  readonly angry: readonly string[];
  readonly thanks: readonly string[];
  /** One more question after everything was answered. */
  readonly oneMore: readonly string[];
  readonly topics: Readonly<Record<Topic, TopicPhrases>>;
}
