import type { BotEnd } from '../case.ts';
import type { Intake, IntakeField } from '../message.ts';
import type { Instant } from '../time.ts';
import { chosen, isOneOf, isPersonsNumber, offerAnswer, isPicked } from './answers.ts';
import { readSignals } from './ask-for-human.ts';
import { HAND_OVER, phrasesFor, playbookLanguage } from './playbook.ts';
import type { Playbook, PlaybookBook, Step, Target } from './playbook.ts';

/** What a customer wrote, as the bot looks at it. */
export interface BotMessage {
  readonly text: string;
  /** The channel's time. */
  readonly at: Instant;
  /** Of the message, as far as it was found out. */
  readonly language: string | null;
}

/** Where a conversation with the bot stands. Follows from the messages since its begin alone, so nothing of it is stored. */
export interface BotState extends Place {
  /** How often a person was asked for. */
  readonly asks: number;
  /** The last turn: a thought that is sent in several messages is one answer. */
  readonly turn: Turn | null;
  /** Why it let go; null while it goes on. */
  readonly end: BotEnd | null;
}

interface Turn {
  readonly from: Instant;
  readonly at: Instant;
  readonly text: string;
  /** A person was asked for in it. */
  readonly isAsking: boolean;
  readonly before: Place;
}

interface Place {
  readonly playbook: string;
  /** Null before the first word. */
  readonly step: string | null;
  readonly language: string | null;
  readonly turns: number;
  readonly misses: number;
  /** It has asked whether to go on. */
  readonly isOffering: boolean;
  readonly slots: Intake;
}

/** What the bot says. `{sentence}` in the text stands for when a person reads it. */
export interface BotReply {
  readonly text: string;
  readonly options: readonly string[];
  readonly language: string;
}

export interface BotTurn {
  readonly state: BotState;
  /** Null when the bot has nothing to say. */
  readonly reply: BotReply | null;
  /** The message goes on with what was written right before: what was to be said to that is void. */
  readonly continues: boolean;
}

/** After so many answers a person takes over, whatever was said. */
export const MOST_TURNS = 15;
/** Messages that follow each other within this time are one answer. Telegram tells whole seconds. */
const ONE_THOUGHT_MS = 4_000;
const LONGEST_THOUGHT_MS = 20_000;
const LONGEST_TURN = 8_000;
/** So much of what was written before, in the same turn, may belong to what is written now: `my account` and then `was hacked`. */
const BEFORE = 300;
/** So much in a language that the playbook does not speak is no slip of whoever found out the language. */
const LONG_ENOUGH = 20;
const OWN_SCRIPT = /(?!\p{Script=Han})(?!\p{Script=Latin})\p{L}{3,}/u;
/** Steps that lead on without waiting; more are a circle. */
const LONGEST_CHAIN = 20;
const LONGEST_SLOT = 1_000;

/** Before the first message. */
export function botBegins(playbook: string): BotState {
  const place: Place = { playbook, step: null, language: null, turns: 0, misses: 0, isOffering: false, slots: {} };
  return { ...place, asks: 0, turn: null, end: null };
}

/** What the bot makes of a message. Pure: the same messages lead to the same state everywhere. After the end it says nothing. */
export function nextStep(book: PlaybookBook, state: BotState, message: BotMessage): BotTurn {
  if (state.end !== null) return { state, reply: null, continues: false };
  const { turn } = state;
  const isOneThought = turn !== null && message.at - turn.at <= ONE_THOUGHT_MS && message.at - turn.from <= LONGEST_THOUGHT_MS;
  // whoever presses what is offered answers it, however fast
  const continues = isOneThought && !isPicked(optionsAt(book, state), message.text);
  const text = continues ? `${turn.text}\n${message.text}`.slice(-LONGEST_TURN) : message.text;
  const before: Place = continues ? turn.before : placeOf(state);
  const isAsking = readSignals(message.text).asksForHuman;
  const asks = state.asks + (isAsking ? 1 : 0);
  const isTurnAsking = isAsking || (continues && turn.isAsking);
  const moved = advance(
    book,
    before,
    { ...message, text },
    {
      asks,
      isAsking: isTurnAsking,
      last: message.text,
    },
  );
  return {
    state: {
      ...moved.place,
      asks,
      turn: { from: continues ? turn.from : message.at, at: message.at, text, isAsking: isTurnAsking, before },
      end: moved.end,
    },
    reply: moved.reply,
    continues,
  };
}

/** All messages of a conversation with the bot, oldest first: where it stands after them. */
export function replay(book: PlaybookBook, playbook: string, messages: readonly BotMessage[]): BotState {
  return messages.reduce((state, message) => nextStep(book, state, message).state, botBegins(playbook));
}

function placeOf({ playbook, step, language, turns, misses, isOffering, slots }: BotState): Place {
  return { playbook, step, language, turns, misses, isOffering, slots };
}

interface Moved {
  readonly place: Place;
  readonly reply: BotReply | null;
  readonly end: BotEnd | null;
}

interface Asking {
  readonly asks: number;
  /** In this turn. */
  readonly isAsking: boolean;
  /** The last message of the turn. */
  readonly last: string;
}

function advance(book: PlaybookBook, before: Place, message: BotMessage, { asks, isAsking, last }: Asking): Moved {
  const playbook = book.get(before.playbook) ?? null;
  const found = playbook === null ? null : playbookLanguage(playbook, message.language ?? before.language);
  const language = found ?? before.language ?? fallbackLanguage(playbook, message.language);
  // what was said first is what happened, unless the playbook asks for it
  const slots = before.turns === 0 ? { happened: message.text.slice(0, LONGEST_SLOT), ...before.slots } : before.slots;
  const place: Place = { ...before, language, turns: before.turns + 1, slots };
  const languages = [...new Set([language, before.language ?? language])];
  const wants = before.isOffering ? languages.map((each) => offerAnswer(phrasesFor(playbook, each), last)) : [];
  const { text } = message;
  const choices = choicesAt(playbook, before);
  const isNamed = namesPerson(
    before.isOffering ? [] : choices,
    languages.map((each) => phrasesFor(playbook, each).person),
    last,
  );
  // what was said before in this turn was looked at then, and held nothing
  if (readSignals(text.slice(-(last.length + BEFORE))).isRisk) return lettingGo(playbook, place, 'risk');
  if (wants.includes('person') || isNamed || asks >= 2) return lettingGo(playbook, place, 'asked');
  if (playbook === null || place.turns > MOST_TURNS) return lettingGo(playbook, place, 'stuck');
  if (found === null && isStranger(playbook, before, text, languages)) return lettingGo(playbook, place, 'stuck');
  if (isAsking) return offering(playbook, place);
  return goingOn(book, playbook, { ...place, isOffering: false }, text, languages, wants.includes('go-on'));
}

/** What stands below the bot's last words. */
function optionsAt(book: PlaybookBook, state: Place): readonly string[] {
  const playbook = book.get(state.playbook) ?? null;
  const language = languageOf(state);
  const { person, goOn } = phrasesFor(playbook, language);
  if (state.isOffering) return [person, goOn];
  const choices = choicesAt(playbook, state);
  return choices.length === 0 ? [] : [...choices.map(({ label }) => label[language] ?? ''), person];
}

function choicesAt(playbook: Playbook | null, { step }: Place): Step['choices'] {
  return playbook?.steps[step ?? '']?.choices ?? [];
}

/** Whether somebody chooses what stands below every question, by its words or by its number. */
function namesPerson(choices: Step['choices'], labels: readonly string[], text: string): boolean {
  return isOneOf(text, labels) || isPersonsNumber(choices, text);
}

/** Whether somebody who begins or goes on in a language that the playbook does not speak is a person's: languages of short answers are guesses. */
function isStranger(playbook: Playbook, before: Place, text: string, languages: readonly string[]): boolean {
  if (playbook.otherLanguages !== HAND_OVER) return false;
  if (before.turns === 0) return true;
  // numbers and transaction ids are of no language
  const words = text.replaceAll(/\S*\d\S*/gu, '').trim();
  if (words.length < LONG_ENOUGH && !OWN_SCRIPT.test(words)) return false;
  return languages.every((each) => chosen(choicesAt(playbook, before), text, each) === null);
}

function offering(playbook: Playbook, place: Place): Moved {
  const language = languageOf(place);
  const { offer, person, goOn } = phrasesFor(playbook, language);
  return { place: { ...place, isOffering: true }, reply: { text: offer, options: [person, goOn], language }, end: null };
}

function goingOn(
  book: PlaybookBook,
  playbook: Playbook,
  place: Place,
  text: string,
  languages: readonly string[],
  isGoingOn: boolean,
): Moved {
  if (place.step === null) return beginning(book, playbook, place, isGoingOn ? '' : text);
  if (isGoingOn) return saying(book, place, { kind: 'step', step: place.step }, '');
  return answered(book, playbook, place, text, languages);
}

function fallbackLanguage(playbook: Playbook | null, wanted: string | null): string {
  if (playbook === null) return wanted ?? 'en';
  return playbook.otherLanguages === HAND_OVER ? (playbook.languages[0] ?? 'en') : playbook.otherLanguages;
}

function languageOf({ language }: Place): string {
  return language ?? 'en';
}

/** The bot's first words. Whoever says at once what it is about is not asked for it again. */
function beginning(book: PlaybookBook, playbook: Playbook, place: Place, text: string): Moved {
  const greeting = playbook.greeting[languageOf(place)] ?? '';
  const choice = chosen(playbook.steps[playbook.start]?.choices ?? [], text, languageOf(place), true);
  return saying(book, place, choice?.go ?? { kind: 'step', step: playbook.start }, greeting);
}

function answered(book: PlaybookBook, playbook: Playbook, place: Place, text: string, languages: readonly string[]): Moved {
  const step = playbook.steps[place.step ?? ''];
  // the playbook has changed under the conversation
  if (step === undefined) return lettingGo(playbook, place, 'stuck');
  const phrases = phrasesFor(playbook, languageOf(place));
  const choice = languages.map((each) => chosen(step.choices, text, each)).find((each) => each !== null) ?? null;
  if (choice !== null) return saying(book, { ...place, misses: 0 }, choice.go, '');
  if (step.keep !== null && step.go !== null) {
    if (isOneOf(text, phrases.skip)) return saying(book, { ...place, misses: 0 }, step.go, '');
    const kept = keptPart(step, text);
    if (kept !== null) return saying(book, { ...place, misses: 0, slots: withSlot(place.slots, step.keep, kept) }, step.go, '');
  }
  const misses = place.misses + 1;
  if (misses > playbook.patience) return lettingGo(playbook, place, 'stuck');
  return saying(book, { ...place, misses }, { kind: 'step', step: place.step ?? '' }, phrases.notUnderstood);
}

function withSlot(slots: Intake, field: IntakeField, text: string): Intake {
  return { ...slots, [field]: text };
}

function keptPart({ find }: Step, text: string): string | null {
  const trimmed = text.trim().slice(0, LONGEST_SLOT);
  if (trimmed === '') return null;
  if (find === null) return trimmed;
  const found = find(trimmed);
  return found === '' ? null : found;
}

/** Says what a target says, and all that follows without waiting. */
function saying(book: PlaybookBook, place: Place, target: Target, before: string): Moved {
  const said = before === '' ? [] : [before];
  let here = place;
  let next: Target | null = target;
  for (let count = 0; count < LONGEST_CHAIN && next !== null; count += 1) {
    const playbook: Playbook | null = book.get(here.playbook) ?? null;
    if (next.kind === 'solved' || next.kind === 'hand-over') {
      return lettingGo(playbook, here, next.kind === 'solved' ? 'solved' : 'stuck', said);
    }
    if (next.kind === 'playbook') {
      const other = book.get(next.playbook);
      if (other === undefined) break;
      here = { ...here, playbook: other.id, step: null };
      next = { kind: 'step', step: other.start };
      continue;
    }
    const step: Step | undefined = playbook?.steps[next.step];
    const language = languageOf(here);
    const text = step?.say[language];
    if (step === undefined || text === undefined) break;
    said.push(text);
    here = { ...here, step: next.step };
    if (step.choices.length > 0 || step.keep !== null) {
      const options = [...step.choices.map(({ label }) => label[language] ?? ''), phrasesFor(playbook, language).person];
      return { place: here, reply: { text: said.join('\n\n'), options, language }, end: null };
    }
    next = step.go;
  }
  return lettingGo(book.get(here.playbook) ?? null, here, 'stuck', said);
}

function lettingGo(
  playbook: Playbook | null,
  place: Place,
  end: 'asked' | 'risk' | 'stuck' | 'solved',
  said: readonly string[] = [],
): Moved {
  const language = languageOf(place);
  const text = [...said, phrasesFor(playbook, language)[end]].join('\n\n');
  return { place: { ...place, isOffering: false }, reply: { text, options: [], language }, end };
}
