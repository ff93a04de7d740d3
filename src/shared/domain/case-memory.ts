import type { MessageId } from './ids.ts';
import type { Instant } from './time.ts';

/**
 * What the fold must remember besides the state: the customer's messages that no reply has answered. A reply answers
 * what came before the moment it was sent; a failed send gives them back, because the customer never got it.
 */
export class FoldMemory {
  /** Previews of replies that are queued; shown in the list once they are sent. */
  readonly previews = new Map<MessageId, string>();
  private readonly inbound: Instant[] = [];
  private readonly answers = new Map<string, Instant>();

  received(at: Instant): void {
    this.inbound.push(at);
  }
  answered(by: string, at: Instant): void {
    this.answers.set(by, at);
  }
  failed(by: string): void {
    this.answers.delete(by);
  }
  /** Oldest customer message later than the latest answer; null when everything is answered. */
  since(): Instant | null {
    let lastAnswer = Number.NEGATIVE_INFINITY;
    for (const at of this.answers.values()) if (at > lastAnswer) lastAnswer = at;
    let oldest: Instant | null = null;
    for (const at of this.inbound) {
      if (at > lastAnswer && (oldest === null || at < oldest)) oldest = at;
    }
    return oldest;
  }
}
