import type { BotMessageRow } from '../store/bot.store.ts';
import { botBegins, nextStep } from '../../../shared/domain/bot/next-step.ts';
import type { BotReply, BotState, BotTurn } from '../../../shared/domain/bot/next-step.ts';
import { phrasesFor } from '../../../shared/domain/bot/playbook.ts';
import type { PlaybookBook } from '../../../shared/domain/bot/playbook.ts';
import type { BotEnd, BotInterval } from '../../../shared/domain/case.ts';
import type { MessageId } from '../../../shared/domain/ids.ts';
import type { Channel } from '../../../shared/domain/message.ts';

/** What the last message leads to, and the messages before it that it goes on with. */
export interface Turned {
  readonly turn: BotTurn;
  readonly sameTurn: readonly MessageId[];
}

interface Remembered extends Turned {
  readonly book: PlaybookBook;
  readonly read: readonly MessageId[];
}

const MOST_CONVERSATIONS = 200;

/**
 * Reads conversations with the bot. Where one stands follows from its messages alone; what was read of it before is remembered, because
 * somebody who sends hundreds of messages would have them read hundreds of times.
 */
export class TurnReader {
  readonly #known = new Map<string, Remembered>();

  turnOf(book: PlaybookBook, { interval, playbook }: BotInterval, messages: readonly BotMessageRow[]): Turned {
    const known = this.#known.get(interval);
    const isGoingOn =
      known?.book === book && known.read.length <= messages.length && known.read.every((uid, at) => messages[at]?.uid === uid);
    let { turn, sameTurn }: Turned = isGoingOn
      ? known
      : { turn: { state: botBegins(playbook), reply: null, continues: false }, sameTurn: [] };
    let before = isGoingOn ? (known.read.at(-1) ?? null) : null;
    for (const message of messages.slice(isGoingOn ? known.read.length : 0)) {
      turn = nextStep(book, turn.state, message);
      sameTurn = turn.continues && before !== null ? [...sameTurn, before] : [];
      before = message.uid;
    }
    this.#known.delete(interval);
    this.#known.set(interval, { book, turn, sameTurn, read: messages.map(({ uid }) => uid) });
    const [oldest] = this.#known.keys();
    if (this.#known.size > MOST_CONVERSATIONS && oldest !== undefined) this.#known.delete(oldest);
    return { turn, sameTurn };
  }
}

/** Lets go with the words for that, whatever the playbook would say. */
export function endTurn(book: PlaybookBook, state: BotState, end: Exclude<BotEnd, 'agent'>): BotTurn {
  const language = state.language ?? 'en';
  const text = phrasesFor(book.get(state.playbook) ?? null, language)[end];
  return { state: { ...state, end }, reply: { text, options: [], language }, continues: false };
}

/** Whose customers see what the bot offers as buttons; others read it. */
const HAS_BUTTONS: ReadonlySet<Channel> = new Set<Channel>(['chat']);

/** What the customer reads. Where nothing can be pressed the answers stand below, each with the number that chooses it. */
export function wordsFor({ text, options }: BotReply, channel: Channel): string {
  if (HAS_BUTTONS.has(channel) || options.length === 0) return text;
  // to an open question a number may be the answer
  const list = options.map((option, index) => (options.length === 1 ? `• ${option}` : `${String(index + 1)}. ${option}`));
  return `${text}\n\n${list.join('\n')}`;
}
