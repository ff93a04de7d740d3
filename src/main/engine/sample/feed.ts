import { startScript } from './case-script.ts';
import { inventPerson, wakefulness } from './people.ts';
import type { Person } from './people.ts';
import { seededRandom } from './random.ts';
import type { Random } from './random.ts';
import { TOPIC_FACTS } from './topic-facts.ts';
import { NAMES } from './texts/names.ts';
import { PHRASES } from './texts/all-phrases.ts';
import { SAMPLE_LANGUAGES, TOPICS } from './texts/phrases.ts';
import type { SampleLanguage, Topic } from './texts/phrases.ts';
import { fill, inventValues } from './values.ts';
import { customerTexts } from './wording.ts';
import { CHANNELS } from '../../../shared/domain/message.ts';
import type { Channel, NormalizedMessage, Party } from '../../../shared/domain/message.ts';
import { after, HOUR_MS, instant, SECOND_MS } from '../../../shared/domain/time.ts';
import type { Instant } from '../../../shared/domain/time.ts';

/** How fast invented customers write, over all channels together; `silent` for tests and quiet screens. */
export type FeedPace = { readonly gapMs: readonly [min: number, max: number] } | 'silent';

export const USUAL_PACE: FeedPace = { gapMs: [20 * SECOND_MS, 90 * SECOND_MS] };

/** A message that is due: when, and on which channel. What it says is decided when it is fetched. */
interface Slot {
  readonly at: Instant;
  readonly channel: Channel;
}

const CHANNEL_WEIGHTS: Readonly<Record<Channel, number>> = { email: 44, chat: 20, telegram: 14, web: 8, x: 8, community: 6 };
const LANGUAGE_WEIGHTS: Readonly<Record<SampleLanguage, number>> = { en: 32, 'zh-Hans': 18, ja: 13, es: 14, ko: 10, pt: 13 };

/**
 * The slots of one channel later than `from` up to `until`. Time is cut into hours, each with a chance of its own, so that
 * the slots of any stretch are found without those before it.
 */
export function slotsBetween(seed: string, pace: FeedPace, channel: Channel, from: Instant, until: Instant): Slot[] {
  if (pace === 'silent' || until <= from) return [];
  const found: Slot[] = [];
  for (let hour = Math.floor(from / HOUR_MS); hour <= Math.floor(until / HOUR_MS); hour += 1) {
    found.push(...slotsOfHour(seed, pace.gapMs, hour).filter((slot) => slot.channel === channel && slot.at > from && slot.at <= until));
  }
  return found;
}

function slotsOfHour(seed: string, [min, max]: readonly [number, number], hour: number): Slot[] {
  const random = seededRandom(`sample feed ${seed} ${min} ${max} ${hour}`);
  const start = after(EPOCH, hour * HOUR_MS);
  const slots: Slot[] = [];
  for (let offset = random.int(0, max); offset < HOUR_MS; offset += random.int(min, max)) {
    slots.push({ at: after(start, offset), channel: random.weighted(CHANNELS.map((each) => [each, CHANNEL_WEIGHTS[each]])) });
  }
  return slots;
}

/** The next slot of a channel, or null when none comes within the next two hours. */
export function nextSlotAt(seed: string, pace: FeedPace, channel: Channel, from: Instant): Instant | null {
  return slotsBetween(seed, pace, channel, from, after(from, 2 * HOUR_MS))[0]?.at ?? null;
}

const EPOCH = instant(0);

/** A case that goes on: enough to let its customer write again. */
export interface SampleThread {
  readonly customer: Party;
  readonly subject: string;
  readonly language: string | null;
  readonly zone: string | null;
  readonly labels: readonly string[];
  /** Who has to write next. */
  readonly awaiting: 'us' | 'customer';
  readonly waitingSince: Instant | null;
  /** Ids of its messages on the channel, oldest first. Asked only of the thread that was chosen. */
  keys(): readonly string[];
}

/** What a customer writes in a slot: a new case, or more on one that is open. Talk may come as several messages. */
export function messagesOfSlot(seed: string, slot: Slot, threads: () => readonly SampleThread[]): NormalizedMessage[] {
  const random = seededRandom(`sample slot ${seed} ${slot.channel} ${slot.at}`);
  const thread = random.chance(0.42) ? chooseThread(threads(), slot.at, random) : null;
  if (thread === null) return newCase(slot, random);
  const isImpatient = thread.awaiting === 'us';
  return followUp(thread, slot, isImpatient ? random.pick(['chase', 'chase', 'angry']) : 'detail', random);
}

/** Whoever was asked something, or has waited for more than two hours; rather people who are awake. */
function chooseThread(threads: readonly SampleThread[], at: Instant, random: Random): SampleThread | null {
  const ready = threads.filter(
    (each) => each.awaiting === 'customer' || (each.waitingSince !== null && at - each.waitingSince > 2 * HOUR_MS),
  );
  if (ready.length === 0) return null;
  return random.weighted(ready.map((each) => [each, (each.awaiting === 'customer' ? 3 : 1) * wakefulness(each.zone ?? 'UTC', at)]));
}

function newCase(slot: Slot, random: Random): NormalizedMessage[] {
  const language = random.weighted(SAMPLE_LANGUAGES.map((each) => [each, LANGUAGE_WEIGHTS[each] * regionWakefulness(each, slot.at)]));
  const topic = random.weighted(TOPICS.map((each) => [each, TOPIC_FACTS[each].weight]));
  const person = inventPerson(language, slot.channel, random);
  const values = inventValues(person, language, slot.at, random);
  const { subjects, openings } = PHRASES[language].topics[topic];
  const index = random.int(0, openings.length - 1);
  const script = startScript({ person, subject: fill(subjects[index] ?? random.pick(subjects), values), random });
  const texts = customerTexts(openings[index] ?? '', { person, language, values, random, isFirst: true });
  for (const [part, text] of texts.entries()) {
    // The last part arrives in the slot, the earlier ones a few seconds before it.
    script.customer(after(slot.at, (part + 1 - texts.length) * 9 * SECOND_MS), text, random.chance(0.25) ? { html: true } : {});
  }
  return arrivedOf(script);
}

/** How awake a language's part of the world is, averaged over its zones. */
function regionWakefulness(language: SampleLanguage, at: Instant): number {
  const { zones } = NAMES[language];
  const total = zones.reduce((sum, [, weight]) => sum + weight, 0);
  return zones.reduce((sum, [zone, weight]) => sum + weight * wakefulness(zone, at), 0) / total;
}

/** What somebody says who has written before. */
export function followUp(
  thread: SampleThread,
  slot: Slot,
  turn: 'chase' | 'angry' | 'detail' | 'thanks' | 'more',
  random: Random,
): NormalizedMessage[] {
  const language = SAMPLE_LANGUAGES.find((each) => each === thread.language) ?? 'en';
  const { address, name } = thread.customer;
  const person: Person = {
    language,
    channel: slot.channel,
    party: thread.customer,
    zone: thread.zone ?? NAMES[language].zones[0]?.[0] ?? 'UTC',
    name: name === '' ? address : name,
    first: name.split(' ')[0] ?? name,
    family: name.split(' ')[0] ?? name,
    polite: name,
  };
  const values = inventValues(person, language, slot.at, random);
  const script = startScript({ person, subject: thread.subject, random, earlier: thread.keys() });
  const texts = customerTexts(bodyOf(turn, language, topicOf(thread), random), { person, language, values, random, isFirst: false });
  for (const text of texts) script.customer(slot.at, text);
  return arrivedOf(script);
}

function topicOf(thread: SampleThread): Topic | null {
  return TOPICS.find((topic) => thread.labels.includes(TOPIC_FACTS[topic].label)) ?? null;
}

/** Amounts and references of the first message are not known here: only phrases that name none can follow it. */
const CASE_FACTS = /\{(?:order|amount|asset|network|wrongNetwork|tx|address|fiat|fee|date|time|handle|city)\}/u;

function bodyOf(
  turn: 'chase' | 'angry' | 'detail' | 'thanks' | 'more',
  language: SampleLanguage,
  topic: Topic | null,
  random: Random,
): string {
  const phrases = PHRASES[language];
  const details = topic === null ? [] : phrases.topics[topic].details.filter((each) => !CASE_FACTS.test(each));
  switch (turn) {
    case 'chase':
      return random.pick(phrases.chasers);
    case 'angry':
      return random.pick(phrases.angry);
    case 'thanks':
      return random.pick(phrases.thanks);
    case 'more':
      return random.pick(phrases.oneMore);
    case 'detail':
      return random.pick(details.length > 0 ? details : phrases.oneMore);
  }
}

function arrivedOf(script: ReturnType<typeof startScript>): NormalizedMessage[] {
  return script.finish(true).steps.flatMap((step) => (step.kind === 'in' ? [{ ...step.message, seen: false }] : []));
}
