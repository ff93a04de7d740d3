import type { AgentId, MessageId } from './ids.ts';
import { chasersAmong } from './intake/chasers.ts';
import { followUpAt } from './reminder/follow-up.ts';
import type { Instant } from './time.ts';

/** How often, and when last, the customer has asked again since our last answer, without new facts. */
export interface AskedAgain {
  readonly count: number;
  readonly lastAt: Instant;
}

/** That somebody decided that what waits needs no reply. It counts until a reply is sent, and can be taken back. */
export interface NoReplyNeeded {
  /** The event that says so. */
  readonly eventId: string;
  readonly at: Instant;
  readonly by: AgentId | null;
  readonly reason: string | null;
}

/** What waits for us. */
export interface Unanswered {
  /** When the customer's oldest unanswered message came; null when nothing waits for us. */
  readonly waitingSince: Instant | null;
  /** How often the customer has asked again since, without new facts; it moves no clock. Absent in rows from before it was counted. */
  readonly asked?: AskedAgain | null;
  /** From when on the customer has heard nothing for a day and must; null while nothing waits. Absent in rows from before it was worked out. */
  readonly followUpAt?: Instant | null;
  /** The decision that no reply is needed, as long as it counts. Absent in rows from before it was kept. */
  readonly noReply?: NoReplyNeeded | null;
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
  /** Replies that were sent or taken back: whoever wants one of them sent then, or at another time, did not know of it. */
  readonly over = new Set<MessageId>();
  private readonly inbound: { readonly at: Instant; readonly preview: string }[] = [];
  private readonly answers = new Map<string, Instant>();
  /** Decisions that no reply is needed, and are not taken back. */
  private readonly settling: NoReplyNeeded[] = [];

  received(at: Instant, preview: string): void {
    this.inbound.push({ at, preview: preview.length > WHOLE_PREVIEW ? '' : preview });
  }
  answered(by: string, at: Instant): void {
    this.answers.set(by, at);
  }
  failed(by: string): void {
    this.answers.delete(by);
  }
  settled(decision: NoReplyNeeded): void {
    this.answered(decision.eventId, decision.at);
    this.settling.push(decision);
  }
  /** Takes back the last one that is not taken back. */
  unsettled(): void {
    this.answers.delete(this.settling.pop()?.eventId ?? '');
  }
  /** What waits. Files are not known here: whoever asks again with one has asked again all the same. */
  unanswered(): Unanswered {
    const lastAnswer = this.lastAnswer();
    const open = this.inbound.filter(({ at }) => at > lastAnswer);
    const messages = open
      .slice(-MOST_UNANSWERED)
      .map(({ at, preview }) => ({ at, text: preview, hasFiles: false }))
      .sort((a, b) => a.at - b.at);
    const chasers = chasersAmong(messages).flatMap((index) => messages[index]?.at ?? []);
    const firstAskedAt = chasers[0] ?? null;
    const lastAskedAt = chasers.at(-1) ?? null;
    const waitingSince = open.reduce<Instant | null>((oldest, { at }) => (oldest === null || at < oldest ? at : oldest), null);
    return {
      waitingSince,
      asked: lastAskedAt === null ? null : { count: chasers.length, lastAt: lastAskedAt },
      followUpAt: followUpAt({ waitingSince, firstAskedAt, lastAnswerAt: this.lastReplyAt() }),
      noReply: this.noReply(),
    };
  }
  /** The last decision that no reply is needed, unless somebody replied later. */
  private noReply(): NoReplyNeeded | null {
    const last = this.settling.at(-1);
    return last !== undefined && last.at > (this.lastReplyAt() ?? Number.NEGATIVE_INFINITY) ? last : null;
  }
  private lastAnswer(): number {
    let last = Number.NEGATIVE_INFINITY;
    for (const at of this.answers.values()) if (at > last) last = at;
    return last;
  }
  /** When the customer last got a reply: a decision that they need none is no news to them. */
  private lastReplyAt(): Instant | null {
    let last: Instant | null = null;
    for (const [by, at] of this.answers) if ((last === null || at > last) && !this.settling.some((each) => each.eventId === by)) last = at;
    return last;
  }
}
