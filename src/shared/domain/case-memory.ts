import type { MessageId } from './ids.ts';
import { chasersAmong } from './intake/chasers.ts';
import type { Instant } from './time.ts';

/** How often, and when last, the customer has asked again since our last answer, without new facts. */
export interface AskedAgain {
  readonly count: number;
  readonly lastAt: Instant;
}

/** Of previews as long as this the rest is not known. */
const WHOLE_PREVIEW = 190;
/** Nobody asks so often; whoever floods us costs no more than this. */
const MOST_UNANSWERED = 50;

/**
 * What the fold must remember besides the state: the customer's messages that no reply has answered. A reply answers
 * what came before the moment it was sent; a failed send gives them back, because the customer never got it.
 */
export class FoldMemory {
  /** Previews of replies that are queued; shown in the list once they are sent. */
  readonly previews = new Map<MessageId, string>();
  private readonly inbound: { readonly at: Instant; readonly preview: string }[] = [];
  private readonly answers = new Map<string, Instant>();
  /** Decisions that no reply is needed, by the event. */
  private readonly settling: string[] = [];

  received(at: Instant, preview: string): void {
    this.inbound.push({ at, preview: preview.length > WHOLE_PREVIEW ? '' : preview });
  }
  answered(by: string, at: Instant): void {
    this.answers.set(by, at);
  }
  failed(by: string): void {
    this.answers.delete(by);
  }
  settled(by: string, at: Instant): void {
    this.answered(by, at);
    this.settling.push(by);
  }
  /** Takes back the last one that is not taken back. */
  unsettled(): void {
    this.answers.delete(this.settling.pop() ?? '');
  }
  /** Oldest customer message later than the latest answer; null when everything is answered. */
  since(): Instant | null {
    const lastAnswer = this.lastAnswer();
    let oldest: Instant | null = null;
    for (const { at } of this.inbound) {
      if (at > lastAnswer && (oldest === null || at < oldest)) oldest = at;
    }
    return oldest;
  }
  /** Null while nobody has asked again. Files are not known here: whoever asks again with one has asked again all the same. */
  asked(): AskedAgain | null {
    const lastAnswer = this.lastAnswer();
    const open = this.inbound.filter(({ at }) => at > lastAnswer).slice(-MOST_UNANSWERED);
    const messages = open.map(({ at, preview }) => ({ at, text: preview, hasFiles: false })).sort((a, b) => a.at - b.at);
    const chasers = chasersAmong(messages);
    const last = messages[chasers.at(-1) ?? -1];
    return last === undefined ? null : { count: chasers.length, lastAt: last.at };
  }
  private lastAnswer(): number {
    let last = Number.NEGATIVE_INFINITY;
    for (const at of this.answers.values()) if (at > last) last = at;
    return last;
  }
}
