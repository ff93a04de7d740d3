import type { AgentId, MessageId } from '../ids.ts';
import type { AutoKind, MessageOrigin } from '../message.ts';
import type { Instant } from '../time.ts';
import { asksForFacts, fieldsAsked, knownQuestions, numberedQuestions } from './asks-in.ts';
import { kindOf } from './checklist.ts';
import type { CaseKind, ChecklistItem, IntakeRules } from './checklist.ts';
import { FACT_FIELDS, isFactField } from './fact-fields.ts';
import { guessKind } from './guess-kind.ts';
import type { KindBy } from './guess-kind.ts';
import type { IntakeSaid } from './intake-said.ts';
import { answersIn } from './recognise/answers.ts';
import { fact, tidy } from './recognise/found.ts';
import type { FoundFact } from './recognise/found.ts';
import { MOST_SPLIT, ownWords } from './recognise/own-words.ts';
import { recognise } from './recognise/recognise.ts';

/** A message of a case, as far as facts are read in it. */
export interface IntakeMessage {
  readonly messageId: MessageId;
  readonly at: Instant;
  readonly direction: 'in' | 'out';
  readonly auto: AutoKind;
  /** As it is now: what was edited says what it says today. */
  readonly text: string;
  /** The customer took it back: nothing of it is used. */
  readonly isRemoved: boolean;
  /** Of ours: it never left, or was taken back. */
  readonly isUnsent: boolean;
  readonly fromAddress: string;
  /** Minutes east of UTC on the customer's clock, when the channel tells. */
  readonly offsetMinutes: number | null;
  readonly origin: MessageOrigin | null;
  readonly files: readonly { readonly name: string; readonly type: string; readonly sizeBytes: number; readonly isInline: boolean }[];
}

export interface IntakeCase {
  readonly subject: string;
  readonly labels: readonly string[];
  /** Oldest first. */
  readonly messages: readonly IntakeMessage[];
  readonly said: IntakeSaid;
  readonly rules: IntakeRules;
  /** The customer's clock, for messages that do not tell it; null where nobody knows. */
  readonly offsetAt: (at: Instant) => number | null;
  /** Our own addresses, in small letters. */
  readonly ownAddresses: ReadonlySet<string>;
}

/** Where a fact is from: a message, a form that was filled in, the address that somebody writes from, a signature of our site, or a colleague. */
export type FactSource =
  | { readonly kind: 'message' | 'form' | 'file' | 'sender'; readonly messageId: MessageId; readonly at: Instant }
  | { readonly kind: 'agent'; readonly agentId: AgentId | null; readonly at: Instant };

/** `not-known`: the customer says that they do not know it, or have none; it is not asked for again. */
export type FactState = 'known' | 'missing' | 'not-known';

export interface IntakeFact {
  readonly field: string;
  /** Of a fact that the team made. */
  readonly name: string | null;
  readonly isNeeded: boolean;
  readonly state: FactState;
  readonly value: string | null;
  /** What the value means, where that is not what it says. */
  readonly meaning: string | null;
  readonly source: FactSource | null;
  /** Other values that were read of it, the newest first. */
  readonly others: readonly string[];
}

export interface Intake {
  readonly kindId: string | null;
  readonly kindName: string | null;
  readonly kindBy: KindBy;
  /** Those of the checklist in its order, then others that are known. */
  readonly facts: readonly IntakeFact[];
  /** How many of the needed ones are known, and how many there are. */
  readonly known: number;
  readonly needed: number;
  /** Needed, not known, and not said to be unknown to the customer. */
  readonly missing: readonly string[];
  /** How often they were asked, with an answer of theirs between each. */
  readonly rounds: number;
  /** Fields that were asked for and not answered yet, by our last message that asked. */
  readonly openAsk: readonly string[];
}

/** Messages of a case that are read: the first, in which it is told what it is about, and the newest. */
const MOST_MESSAGES = 60;
const FIRST_MESSAGES = 10;
const MOST_OTHERS = 5;
/** A smaller picture within a mail is a logo. */
const SMALLEST_INLINE = 20_000;

/** What is known of a case, what is missing, and how often the customer was asked. Pure: the same messages and rules give the same. */
export function readIntake(found: IntakeCase): Intake {
  const { rules, said } = found;
  const known = knownQuestions(rules);
  const messages = windowOf(found.messages);
  const customers = messages.filter(
    (each) => each.direction === 'in' && each.auto !== 'bounce' && each.auto !== 'auto-reply' && !each.isRemoved,
  );
  const texts = new Map(customers.map((each) => [each.messageId, ownWordsOnce(each.text)]));
  const { kind, by } = kindFor(found, [...texts.values()]);
  const read = new Map<string, ReadFact[]>();
  let asked: ReturnType<typeof numberedQuestions> = new Map();
  for (const message of messages) {
    if (message.direction === 'out') {
      const numbers = message.isUnsent ? new Map<number, never>() : numberedQuestions(message.text, known);
      if (numbers.size > 0) asked = numbers;
      continue;
    }
    const text = texts.get(message.messageId);
    if (text === undefined) continue;
    for (const each of factsOf(message, text, asked, found)) read.set(each.field, [each, ...(read.get(each.field) ?? [])]);
  }
  const items = kind?.items ?? [];
  const listed = new Set(items.map(({ field }) => field));
  const extra: readonly ChecklistItem[] = [...FACT_FIELDS, ...Object.keys(said.facts).filter((field) => !isFactField(field))]
    .filter((field) => !listed.has(field))
    .map((field) => ({ field, isNeeded: false }));
  const facts = [
    ...items.map((item) => factFor(item, read.get(item.field) ?? [], said)),
    ...extra.map((item) => factFor(item, read.get(item.field) ?? [], said)).filter(({ state }) => state === 'known'),
  ];
  const needed = facts.filter(({ isNeeded }) => isNeeded);
  const rounds = roundsOf(found.messages, said, known);
  const missing = needed.filter(({ state }) => state === 'missing').map(({ field }) => field);
  return {
    kindId: kind?.id ?? null,
    kindName: kind?.name ?? null,
    kindBy: by,
    facts,
    known: needed.filter(({ state }) => state === 'known').length,
    needed: needed.length,
    missing,
    rounds: rounds.count,
    openAsk: rounds.open,
  };
}

function windowOf(messages: readonly IntakeMessage[]): readonly IntakeMessage[] {
  if (messages.length <= MOST_MESSAGES) return messages;
  return [...messages.slice(0, FIRST_MESSAGES), ...messages.slice(FIRST_MESSAGES - MOST_MESSAGES)];
}

function kindFor(
  { said, rules, subject, labels }: IntakeCase,
  texts: readonly string[],
): { readonly kind: CaseKind | null; readonly by: KindBy } {
  if (said.kind === null) return { kind: null, by: 'agent' };
  const chosen = said.kind === undefined ? undefined : kindOf(rules, said.kind);
  // a kind that the team has no more is as if nobody had said it
  return chosen === undefined ? guessKind({ subject, texts, labels }, rules) : { kind: chosen, by: 'agent' };
}

interface ReadFact {
  readonly field: string;
  readonly value: string;
  readonly meaning: string | null;
  readonly isUnknown: boolean;
  readonly source: FactSource;
  /** How sure it is: an answer to a question of ours or of a form, more than what was read in passing. */
  readonly rank: number;
}

const RANKS = { sender: 0, read: 1, file: 1, answer: 2, form: 2 } as const;

/** All that one message states, the surest last of each field. */
function factsOf(
  message: IntakeMessage,
  text: string,
  asked: ReturnType<typeof numberedQuestions>,
  found: IntakeCase,
): readonly ReadFact[] {
  const { messageId, at, origin } = message;
  const made =
    (kind: 'message' | 'form' | 'file' | 'sender', rank: number) =>
    (each: FoundFact & { readonly isUnknown?: boolean }): ReadFact => ({
      field: each.field,
      value: each.value,
      meaning: each.meaning ?? null,
      isUnknown: each.isUnknown ?? false,
      source: { kind, messageId, at },
      rank,
    });
  const { ownAddresses } = found;
  const offsetMinutes = message.offsetMinutes ?? found.offsetAt(at);
  const read = recogniseOnce({ text, at, offsetMinutes, ownAddresses }).toReversed();
  const answers = answersIn(text, asked).map(({ field, value, isUnknown }) => ({ field, value, meaning: null, isUnknown }));
  const form = Object.entries(origin?.intake ?? {}).flatMap(([field, value]) =>
    isFactField(field) && value !== undefined && !value.includes('⟦') ? fact(field, value) : [],
  );
  const files = message.files.filter(isScreenshot).flatMap(({ name }) => fact('screenshot', name));
  return [
    ...senderOf(message, ownAddresses).map(made('sender', RANKS.sender)),
    ...read.map(made('message', RANKS.read)),
    ...files.map(made('file', RANKS.file)),
    ...answers.map((each) => ({ ...each, source: { kind: 'message' as const, messageId, at }, rank: RANKS.answer })),
    ...form.map(made('form', RANKS.form)),
  ];
}

/** What was read lately: a case is looked at again with each of its changes, and most of its messages are the same. */
const READ = new Map<string, readonly FoundFact[]>();
const OWN = new Map<string, string>();
const MOST_KEPT = 600;

function kept<Value>(cache: Map<string, Value>, key: string, make: () => Value): Value {
  const known = cache.get(key);
  if (known !== undefined) return known;
  const made = make();
  if (cache.size >= MOST_KEPT) for (const oldest of [...cache.keys()].slice(0, MOST_KEPT / 2)) cache.delete(oldest);
  cache.set(key, made);
  return made;
}

function recogniseOnce(read: Parameters<typeof recognise>[0]): readonly FoundFact[] {
  const key = [read.at, read.offsetMinutes, [...(read.ownAddresses ?? [])].join(' '), read.text].join('\n');
  return kept(READ, key, () => recognise(read));
}

function ownWordsOnce(text: string): string {
  // the rest of a longer one is not read
  return kept(OWN, text.slice(0, MOST_SPLIT), () => ownWords(text));
}

/** Who writes from an address has, as far as anybody knows, an account of that address; what our own site signed is surer. */
function senderOf({ origin, fromAddress }: IntakeMessage, own: ReadonlySet<string>): readonly FoundFact[] {
  if (origin === null) return fromAddress.includes('@') && !own.has(fromAddress.toLowerCase()) ? fact('account', fromAddress) : [];
  const { verification, facts, nativeId } = origin.author;
  if (verification !== 'signed') return [];
  return fact('account', facts['identity.email'] ?? facts['identity.sub'] ?? nativeId);
}

function isScreenshot({ type, sizeBytes, isInline }: IntakeMessage['files'][number]): boolean {
  return /^(?:image|video)\//u.test(type) && (!isInline || sizeBytes >= SMALLEST_INLINE);
}

/** What somebody of the team said counts; else the surest that was read, of equals the newest. */
function factFor(item: ChecklistItem, read: readonly ReadFact[], said: IntakeSaid): IntakeFact {
  const { field, isNeeded } = item;
  const base = { field, name: item.name ?? null, isNeeded };
  const stated = Object.hasOwn(said.facts, field) ? said.facts[field] : undefined;
  const values = read.filter(({ isUnknown }) => !isUnknown);
  const best = values.toSorted((one, other) => other.rank - one.rank)[0];
  const others = [...new Set(values.map(({ value }) => value))];
  if (stated !== undefined) {
    const source = { kind: 'agent', agentId: stated.by, at: stated.at } as const;
    const rest = others.filter((value) => value !== stated.value).slice(0, MOST_OTHERS);
    if (stated.value === null) return { ...base, state: 'missing', value: null, meaning: null, source, others: rest };
    return { ...base, state: 'known', value: tidy(stated.value), meaning: null, source, others: rest };
  }
  if (best === undefined) {
    const [unknown] = read;
    if (unknown === undefined) return { ...base, state: 'missing', value: null, meaning: null, source: null, others: [] };
    return { ...base, state: 'not-known', value: unknown.value, meaning: null, source: unknown.source, others: [] };
  }
  const meaning = best.meaning ?? values.find(({ value, meaning: other }) => value === best.value && other !== null)?.meaning ?? null;
  return {
    ...base,
    state: 'known',
    value: best.value,
    meaning,
    source: best.source,
    others: others.filter((value) => value !== best.value).slice(0, MOST_OTHERS),
  };
}

/** Questions of ours with nothing of the customer's between them are one round. */
function roundsOf(
  messages: readonly IntakeMessage[],
  said: IntakeSaid,
  known: ReturnType<typeof knownQuestions>,
): { readonly count: number; readonly open: readonly string[] } {
  const told = new Map(said.asked.map(({ messageId, fields }) => [messageId, fields]));
  let count = 0;
  let isWaiting = false;
  let open: readonly string[] = [];
  for (const { direction, auto, isUnsent, isRemoved, messageId, text } of messages) {
    if (direction === 'in') {
      if (auto === 'none' || auto === 'list') {
        isWaiting = false;
        open = isRemoved ? open : [];
      }
      continue;
    }
    if (isUnsent || auto !== 'none') continue;
    const fields = told.get(messageId) ?? fieldsAsked(text.slice(0, 20_000), known);
    if (fields.length === 0 && !asksForFacts(ownWordsOnce(text))) continue;
    if (!isWaiting) count += 1;
    isWaiting = true;
    open = [...new Set([...open, ...fields])];
  }
  return { count, open };
}
