import { isTakeOver } from '../case.ts';
import type { CaseEvent } from '../case.ts';
import type { MessageId } from '../ids.ts';
import type { Instant } from '../time.ts';
import type { SlaEventBody } from './sla-event.ts';

/**
 * What the bot's interval means for the clocks. A person is asked for when the bot lets go, or when somebody takes the case from it. A
 * person who simply answers settles the first reply without a clock (semantics of the vectors); only if that answer never leaves does
 * somebody owe one after all.
 */
export class BotReader {
  #isHeld = false;
  /** Answers of people by which they took the case from the bot, while it is open whether those arrive. */
  readonly #answers = new Set<MessageId>();

  /** What the event means; null for most. */
  read({ body, actor }: CaseEvent): { readonly body: SlaEventBody; readonly at?: Instant } | null {
    switch (body.type) {
      case 'case.botStarted':
        this.#isHeld = true;
        return { body: { type: 'bot-started' }, at: body.at };
      case 'case.botEnded':
        // what is solved is told by the status, and what a person has answered by their answer
        return this.#letGo() && body.reason !== 'solved' ? { body: { type: 'human-requested' }, at: body.at } : null;
      case 'case.replyFailed':
      case 'case.replyCancelled':
        return this.#answers.delete(body.messageId) ? { body: { type: 'human-requested' } } : null;
      case 'case.deliveryFailed':
        return body.permanent && this.#answers.delete(body.messageId) ? { body: { type: 'human-requested' } } : null;
      default:
        break;
    }
    if (!isTakeOver({ body, actor }) || !this.#letGo()) return null;
    if (body.type === 'case.replyQueued') {
      this.#answers.add(body.messageId);
      return null;
    }
    return body.type === 'case.statusChanged' || body.type === 'case.messageImported' ? null : { body: { type: 'human-requested' } };
  }

  /** False when the bot had let go before. */
  #letGo(): boolean {
    const wasHeld = this.#isHeld;
    this.#isHeld = false;
    return wasHeld;
  }
}
