import type { Acknowledger, ReadyAcknowledgement, Received } from './acknowledge.ts';
import type { ComposingDeps } from './acknowledge-compose.ts';
import { whenSomebodyReads } from './bot-sentence.ts';
import { endTurn, TurnReader, wordsFor } from './bot-turn.ts';
import { byMail } from './ingest-ids.ts';
import { isAnsweredBy, queueMachineMessage } from './machine-message.ts';
import { refusalOf } from './outbound-guard.ts';
import type { ReplyGuard } from './outbound-guard.ts';
import type { Log } from '../log.ts';
import type { StoredAccount } from '../store/accounts.store.ts';
import { rewriteAnswer } from '../store/acknowledgements.store.ts';
import { messagesOfInterval, personWroteSince, saveIntake, wordsTo } from '../store/bot.store.ts';
import { storageFailure } from '../store/sql.ts';
import { caseByUid } from '../store/cases.store.ts';
import { changeOutbox, outboxByUid } from '../store/outbox.store.ts';
import type { BotWords, OutboxEntry } from '../store/outbox.store.ts';
import type { ReadDb, Store, WriteDb } from '../store/sql.ts';
import { readSignals } from '../../../shared/domain/bot/ask-for-human.ts';
import type { BotTurn } from '../../../shared/domain/bot/next-step.ts';
import { phrasesFor } from '../../../shared/domain/bot/playbook.ts';
import type { PlaybookBook } from '../../../shared/domain/bot/playbook.ts';
import type { BotEnd, BotInterval, CaseEventBody, CaseState } from '../../../shared/domain/case.ts';
import type { CaseId, MessageId } from '../../../shared/domain/ids.ts';
import type { NormalizedMessage } from '../../../shared/domain/message.ts';
import { isStale } from '../../../shared/domain/promise/acknowledge.ts';
import type { AcknowledgementFacts } from '../../../shared/domain/promise/acknowledge.ts';
import { MINUTE_MS } from '../../../shared/domain/time.ts';
import type { Instant } from '../../../shared/domain/time.ts';

/**
 * The bot of live chats and private Telegram chats. It acts in the transaction that stores the customer's message, and speaks through
 * the outbox. Where a conversation stands follows from its messages, so nothing is lost with the process, and whoever holds the account
 * next goes on. What it says is looked at again right before it leaves: a person who has taken the case is never talked over.
 */
export interface Bot {
  /** What the log is told before a customer's first message: the bot has the conversation. Empty where it has not. */
  begins(account: StoredAccount, message: NormalizedMessage, messageUid: MessageId): readonly CaseEventBody[];
  /** Answers, or lets go; in the transaction that stored the message. True while it has the conversation. */
  received(tx: WriteDb, received: Received): boolean;
  /** The customer has changed a message of theirs: danger or a wish in it brings a person. True when the bot let go. */
  edited(tx: WriteDb, edited: Edited): boolean;
  /** What it says as it may leave now; null when it has been dropped. */
  prepare(tx: WriteDb, entry: OutboxEntry): ReadyAcknowledgement | null;
  /** Its words will not arrive: a person is needed, because the customer waits for something that never comes. */
  failed(tx: WriteDb, entry: OutboxEntry, code: string, detail: string): void;
}

export interface Edited {
  readonly caseUid: CaseId;
  readonly caseId: number;
  readonly messageUid: MessageId;
  readonly text: string;
  readonly at: Instant;
}

export interface BotDeps extends ComposingDeps {
  readonly store: Store;
  readonly log: Log;
  /** The playbooks as their files are now. */
  readonly playbooks: () => { readonly book: PlaybookBook };
  /** Judges what it says as replies of people are judged, by the rules of that moment; tests that are about something else go without. */
  readonly guard?: Pick<ReplyGuard, 'outbound'>;
}

/** Who waited longer is not greeted by a machine: what comes is history, or we were away. */
const PATIENCE_MS = 30 * MINUTE_MS;
/** RFC 3834 names what keeps other machines quiet; chats have no such headers, and their connectors pass them over. */
const HEADERS = { 'Auto-Submitted': 'auto-replied' } as const;

/** The playbook of an account that has a bot; null for all others. */
export function playbookOf({ channel }: Pick<StoredAccount, 'channel'>): string | null {
  return channel?.kind === 'chat' || channel?.kind === 'telegram' ? channel.playbook : null;
}

/** Whether a bot may answer: a person's message in a conversation of two, never a ticket and never a group. */
function isForBot({ channel, direction, auto, origin }: NormalizedMessage): boolean {
  return direction === 'in' && auto === 'none' && (channel === 'chat' || channel === 'telegram') && origin?.isPrivate === true;
}

/** Meridian's own words, whatever a playbook says. */
const NO_PLAYBOOKS: PlaybookBook = new Map();

type Spoken = Pick<BotWords, 'template' | 'language' | 'playbook'>;

/** What is said, and why it is not what the playbook says. */
interface Permitted {
  readonly turn: BotTurn;
  readonly refused: string | null;
}

interface Rendered {
  readonly text: string;
  /** What it follows from when somebody reads it; null when it tells no time. */
  readonly facts: AcknowledgementFacts | null;
}

export function createBot(deps: BotDeps): Bot {
  const { ledger, clock, store } = deps;
  const bookNow = (): PlaybookBook => deps.playbooks().book;
  const reader = new TurnReader();

  function render(db: ReadDb, caseUid: CaseId, { template, language, playbook }: Spoken): Rendered {
    if (!template.includes('{sentence}')) return { text: template, facts: null };
    const phrases = phrasesFor(bookNow().get(playbook) ?? null, language);
    try {
      const { sentence, facts } = whenSomebodyReads(db, deps, caseUid, language, phrases);
      return { text: template.replace('{sentence}', sentence), facts };
    } catch (error) {
      // a plan that can not be read keeps no customer from a person
      deps.log('error', 'when a person reads it could not be worked out', { caseUid, error });
      return { text: template.replace('{sentence}', phrases.untimed), facts: null };
    }
  }

  /** Why the guardrails refuse it by now; null when it may be said. What can be pressed below it is said, too. */
  function refusalFor(db: ReadDb, caseUid: CaseId, text: string, options: readonly string[]): string | null {
    return deps.guard === undefined ? null : refusalOf(deps.guard.outbound(db, [text, ...options].join('\n'), caseUid));
  }

  /**
   * What may be said of it. Where the guardrails stop the words of a playbook a person has the conversation, and the customer hears that in
   * Meridian's words, or nothing when the playbook's phrases are in those.
   */
  function permitted(db: ReadDb, { caseUid, message }: Received, turn: BotTurn): Permitted {
    const refusalOfTurn = ({ reply, state }: BotTurn): string | null => {
      if (reply === null) return null;
      const words = { template: wordsFor(reply, message.channel), language: reply.language, playbook: state.playbook };
      return refusalFor(db, caseUid, render(db, caseUid, words).text, reply.options);
    };
    const refused = refusalOfTurn(turn);
    if (refused === null) return { turn, refused };
    deps.log('warn', 'the guardrails stopped what the bot was to say', { caseUid, refused });
    const { end: reason } = turn.state;
    // it helped nobody that was not told
    const ours = endTurn(NO_PLAYBOOKS, turn.state, reason === 'asked' || reason === 'risk' ? reason : 'stuck');
    return { turn: refusalOfTurn(ours) === null ? ours : { ...ours, reply: null }, refused };
  }

  /** Tells why it let go. The words that end the interval are queued after that. */
  function end(tx: WriteDb, caseUid: CaseId, reason: BotEnd, messageId: MessageId, at: Instant, refused: string | null = null): void {
    const bodies: CaseEventBody[] = [{ type: 'case.botEnded', reason, messageId, at, ...(refused === null ? {} : { refused }) }];
    const priority = caseByUid(tx, caseUid)?.state.priority;
    if (reason === 'risk' && (priority === 'low' || priority === 'normal')) bodies.push({ type: 'case.priorityChanged', to: 'high' });
    if (reason === 'solved') bodies.push({ type: 'case.statusChanged', to: 'solved' });
    ledger.append(tx, caseUid, bodies, byMail(`case.${caseUid}`));
  }

  function letGo(tx: WriteDb, { caseUid, messageUid, message }: Received, { turn, refused }: Permitted): void {
    const { end: reason, slots } = turn.state;
    if (reason === null) return;
    end(tx, caseUid, reason, messageUid, message.receivedAt, refused);
    if (Object.keys(slots).length > 0) saveIntake(tx, messageUid, { ...slots, ...message.origin?.intake });
  }

  function speak(tx: WriteDb, received: Received, interval: BotInterval, turn: BotTurn, sameTurn: readonly MessageId[]): void {
    const { reply, state } = turn;
    const { message, caseUid } = received;
    // a colleague's workstation has answered it already, by the same id
    if (reply === null || isAnsweredBy('bot', tx, received)) return;
    const saved = caseByUid(tx, caseUid);
    if (saved === undefined) return;
    const words: BotWords = {
      interval: interval.interval,
      playbook: state.playbook,
      isLast: state.end !== null,
      assignee: saved.state.assigneeId,
      options: reply.options,
      template: wordsFor(reply, message.channel),
      language: reply.language,
    };
    const { text } = render(tx, caseUid, words);
    if (!replaceEarlier(tx, received, sameTurn, text)) return;
    queueMachineMessage({ ledger, clock }, tx, received, {
      machine: 'bot',
      text,
      language: reply.language,
      subject: message.subject,
      to: message.from.address,
      automatic: { headers: HEADERS, bot: words },
    });
  }

  /** More of one thought came: what was to be said to the rest of it is void. False when the same was said already. */
  function replaceEarlier(tx: WriteDb, { caseId }: Received, sameTurn: readonly MessageId[], text: string): boolean {
    const earlier = sameTurn.length === 0 ? undefined : wordsTo(tx, caseId, sameTurn);
    if (earlier === undefined) return true;
    if (earlier.text === text) return false;
    const entry = earlier.state === 'queued' ? outboxByUid(tx, earlier.uid) : undefined;
    if (entry !== undefined) drop(tx, entry);
    return true;
  }

  function drop(tx: WriteDb, entry: OutboxEntry): void {
    changeOutbox(tx, entry.uid, { state: 'cancelled', at: clock.now() });
    ledger.append(tx, entry.caseUid, [{ type: 'case.replyCancelled', messageId: entry.messageUid }], { actor: null });
  }

  /** What it was to say never comes: the interval ends. Where it has, the record still says what was stopped. */
  function needPerson(tx: WriteDb, { caseUid, messageUid, payload }: OutboxEntry, { interval }: BotWords, refused: string | null): void {
    const isOpen = caseByUid(tx, caseUid)?.state.bot?.interval === interval;
    if (!isOpen && refused === null) return;
    const messageId = isOpen ? (payload.automatic?.answers ?? null) : messageUid;
    const why = refused === null ? {} : { refused };
    const body: CaseEventBody = { type: 'case.botEnded', reason: 'stuck', messageId, at: clock.now(), ...why };
    ledger.append(tx, caseUid, [body], byMail(`case.${caseUid}`));
  }

  /** Whether the bot may still say it. */
  function holds(db: ReadDb, entry: OutboxEntry, words: BotWords, at: Instant): boolean {
    const state = caseByUid(db, entry.caseUid)?.state;
    if (state === undefined || at - entry.writtenAt > PATIENCE_MS) return false;
    if (!words.isLast) return state.bot?.interval === words.interval;
    return isUntouched(state, words) && !personWroteSince(db, entry.caseId, entry.writtenAt);
  }

  /** What a message leads to; true while the bot has the conversation. */
  function react(tx: WriteDb, received: Received): boolean {
    const { caseUid, caseId, message, messageUid } = received;
    const interval = caseByUid(tx, caseUid)?.state.bot ?? null;
    if (interval === null || !isForBot(message)) return false;
    const messages = messagesOfInterval(tx, caseId, interval);
    const position = messages.findIndex(({ uid }) => uid === messageUid);
    const { turn, sameTurn } = reader.turnOf(bookNow(), interval, messages);
    if (position === -1 || position < messages.length - 1) return cameLate(tx, received, interval, turn, position === -1);
    // who waited long, or whose playbook has changed under the conversation, is handed over instead of being asked again
    const isLate = clock.now() - message.receivedAt > PATIENCE_MS && turn.state.end === null;
    const isLost = turn.reply === null && turn.state.end !== null;
    const wanted = isLate || isLost ? endTurn(bookNow(), turn.state, 'stuck') : turn;
    const may = permitted(tx, received, wanted);
    letGo(tx, received, may);
    speak(tx, received, interval, may.turn, sameTurn);
    return may.turn.state.end === null;
  }

  /** It came behind what was answered already: it is answered no more, but what is in it counts. */
  function cameLate(tx: WriteDb, received: Received, interval: BotInterval, { state }: BotTurn, isBefore: boolean): boolean {
    const { isRisk, asksForHuman } = readSignals(received.message.text);
    const reason = isRisk ? 'risk' : isBefore && asksForHuman ? 'asked' : state.end;
    if (reason === null) return true;
    const may = permitted(tx, received, endTurn(bookNow(), state, reason === 'agent' ? 'stuck' : reason));
    letGo(tx, received, may);
    speak(tx, received, interval, may.turn, []);
    return false;
  }

  /** Whatever is wrong with the bot, the message is stored and somebody reads it. */
  function giveUp(tx: WriteDb, { caseUid, messageUid, message }: Received, error: unknown): void {
    deps.log('error', 'the bot failed, and a person has the conversation', { caseUid, error });
    ledger.forget();
    if ((caseByUid(tx, caseUid)?.state.bot ?? null) !== null) end(tx, caseUid, 'stuck', messageUid, message.receivedAt);
  }

  return {
    begins: (account, message, messageUid) => {
      const playbook = playbookOf(account);
      if (playbook === null || !isForBot(message) || clock.now() - message.receivedAt > PATIENCE_MS) return [];
      if (!bookNow().has(playbook)) return [];
      return [{ type: 'case.botStarted', playbook, messageId: messageUid, at: message.receivedAt }];
    },
    received: (tx, received) => {
      try {
        return react(tx, received);
      } catch (error) {
        if (storageFailure(error) !== null) throw error;
        giveUp(tx, received, error);
        return false;
      }
    },
    edited: (tx, { caseUid, caseId, messageUid, text, at }) => {
      const interval = caseByUid(tx, caseUid)?.state.bot ?? null;
      if (interval === null) return false;
      const used = messagesOfInterval(tx, caseId, interval).find(({ uid }) => uid === messageUid);
      if (used === undefined) return false;
      const [was, is] = [readSignals(used.text), readSignals(text)];
      const isWish = is.asksForHuman && !was.asksForHuman;
      if (!is.isRisk && !isWish) return false;
      // without a word: what the bot had to say to this message it has said
      end(tx, caseUid, is.isRisk ? 'risk' : 'asked', messageUid, at);
      return true;
    },
    prepare: (tx, entry) => {
      const words = entry.payload.automatic?.bot;
      if (words === undefined || !holds(tx, entry, words, clock.now())) {
        drop(tx, entry);
        return null;
      }
      const { text, facts } = render(tx, entry.caseUid, words);
      // the rules may be others than when it was queued
      const refused = refusalFor(tx, entry.caseUid, text, words.options);
      if (refused !== null) {
        deps.log('warn', 'the guardrails stopped what the bot was to say', { caseUid: entry.caseUid, refused });
        drop(tx, entry);
        needPerson(tx, entry, words, refused);
        return null;
      }
      if (text !== entry.payload.text) rewriteAnswer(tx, entry.messageId, text);
      return {
        entry: outboxByUid(tx, entry.uid) ?? entry,
        isTrueAt: (at) => store.read((db) => holds(db, entry, words, at)) && (facts === null || !isStale(facts, at)),
      };
    },
    failed: (tx, entry, code) => {
      const words = entry.payload.automatic?.bot;
      deps.log('warn', 'what the bot said did not arrive', { caseUid: entry.caseUid, code });
      drop(tx, entry);
      if (words !== undefined) needPerson(tx, entry, words, null);
    },
  };
}

/** Nobody has taken the case since the bot let go of it. */
function isUntouched({ bot, assigneeId }: CaseState, { assignee }: BotWords): boolean {
  return bot === null && assigneeId === assignee;
}

/** One writer of everything that machines say: each entry goes to the one who wrote it. */
export function withBot(acknowledger: Acknowledger, bot: Bot): Acknowledger {
  const isBots = ({ payload }: OutboxEntry): boolean => payload.automatic?.bot !== undefined;
  return {
    received: (tx, received) => acknowledger.received(tx, received),
    prepare: (tx, entry) => (isBots(entry) ? bot.prepare(tx, entry) : acknowledger.prepare(tx, entry)),
    failed: (tx, entry, code, detail) =>
      isBots(entry) ? bot.failed(tx, entry, code, detail) : acknowledger.failed(tx, entry, code, detail),
  };
}
