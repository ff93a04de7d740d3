import type { TimelineItem } from '../../../../shared/contract/cases.contract.ts';
import type { MessageId } from '../../../../shared/domain/ids.ts';
import { chasersAmong } from '../../../../shared/domain/intake/chasers.ts';
import { isOnlyThanks } from '../../../../shared/domain/intake/thanks.ts';
import { visibleText } from '../../../../shared/domain/quotes.ts';
import type { Instant } from '../../../../shared/domain/time.ts';
import { wallTime } from '../format/zone-time.ts';
import type { Place } from '../format/zone-time.ts';

/** One calendar day of a conversation, on the viewer's calendar. */
export interface DayGroup {
  /** `2026-05-06`; equal for equal days. */
  readonly day: string;
  /** A moment of that day, to be formatted as its name. */
  readonly at: Instant;
  readonly items: readonly TimelineItem[];
}

/** What a timeline item is known by; stable while the conversation grows. */
export function itemKey(item: TimelineItem): string {
  return item.kind === 'event' ? item.id : item.messageId;
}

/** Events that say nothing which the message beside them does not say already. */
const SILENT_EVENTS: ReadonlySet<string> = new Set([
  'case.messageReceived',
  'case.messageImported',
  'case.replyQueued',
  'case.replySent',
  'case.noteAdded',
  'case.replyFailed',
  'case.deliveryFailed',
]);

/** True for what is shown as a row of its own. */
export function isShown(item: TimelineItem): boolean {
  return item.kind !== 'event' || !SILENT_EVENTS.has(item.body.type);
}

/** Messages that their case was told to hold a secret: in the text, or in a file where no placeholder is seen. */
export function secretIds(items: readonly TimelineItem[]): ReadonlySet<MessageId> {
  return new Set(items.flatMap((item) => (item.kind === 'event' && item.body.type === 'case.secretFound' ? [item.body.messageId] : [])));
}

/** Items by day, both in the order they came in (oldest first). */
export function groupByDay(items: readonly TimelineItem[], place: Place): readonly DayGroup[] {
  const groups: { day: string; at: Instant; items: TimelineItem[] }[] = [];
  for (const item of items) {
    const wall = wallTime(place, item.at);
    const day = `${String(wall.year)}-${String(wall.month).padStart(2, '0')}-${String(wall.day).padStart(2, '0')}`;
    const last = groups.at(-1);
    if (last?.day === day) last.items.push(item);
    else groups.push({ day, at: item.at, items: [item] });
  }
  return groups;
}

/** How many messages and notes at the end of a long conversation are drawn at once. */
export const NEWEST_SHOWN = 30;

/**
 * Splits a conversation so that at most `shown` messages and notes are drawn; the events between them come along.
 * `hidden` counts the messages and notes that were left out.
 */
export function newestOf(
  items: readonly TimelineItem[],
  shown: number,
): { readonly items: readonly TimelineItem[]; readonly hidden: number } {
  let left = shown;
  let from = items.length;
  while (from > 0 && left > 0) {
    from -= 1;
    if (items[from]?.kind !== 'event') left -= 1;
  }
  const hidden = items.slice(0, from).filter((item) => item.kind !== 'event').length;
  return hidden === 0 ? { items, hidden: 0 } : { items: items.slice(from), hidden };
}

export type MessageItem = Extract<TimelineItem, { kind: 'message' }>;

/** The customer's messages since the answers before them, in the order of time; the last list is what waits for us now, and may be empty. */
function rounds(items: readonly TimelineItem[]): readonly (readonly MessageItem[])[] {
  const found: MessageItem[][] = [[]];
  for (const item of items) {
    if (isSettling(item)) found.push([]);
    else if (item.kind === 'message' && item.direction === 'in' && (item.auto === 'none' || item.auto === 'list')) found.at(-1)?.push(item);
  }
  return found;
}

/** Whether it settles what the customer wrote before. */
function isSettling(item: TimelineItem): boolean {
  if (item.kind === 'event') return item.body.type === 'case.noReplyNeeded';
  return item.kind === 'message' && isAnswer(item);
}

function isAnswer(item: MessageItem): boolean {
  return item.direction === 'out' && item.auto === 'none' && isSent(item);
}

/** Messages with which the customer only asked again before somebody answered. Items are in the order of time. */
export function chaserIds(items: readonly TimelineItem[]): ReadonlySet<MessageId> {
  return new Set(
    rounds(items).flatMap((round) => {
      const messages = round.map(({ at, text, attachments }) => ({ at, text: visibleText(text), hasFiles: attachments.length > 0 }));
      return chasersAmong(messages).flatMap((index) => round[index]?.messageId ?? []);
    }),
  );
}

/**
 * Whether all that waits for us are thanks for an answer of ours. Who has never been answered has nothing to thank for.
 * @param names of the customer and of our people, who may be thanked by name
 */
export function isThanksAtEnd(items: readonly TimelineItem[], names: readonly string[]): boolean {
  const waiting = rounds(items).at(-1) ?? [];
  const isAnswered = items.some((item) => item.kind === 'message' && isAnswer(item));
  return (
    isAnswered &&
    waiting.length > 0 &&
    waiting.every(({ text, attachments }) => attachments.length === 0 && isOnlyThanks(visibleText(text), names))
  );
}

/** What is on its way, failed or bounced has answered nobody. */
function isSent({ delivery }: MessageItem): boolean {
  return delivery === null || (delivery.state === 'sent' && delivery.bounced === null);
}

/** One who asks again and again says it once: such messages in a row, at least two of them, become one line. */
export type TimelineLine = TimelineItem | { readonly kind: 'chasers'; readonly items: readonly MessageItem[] };

export function foldChasers(items: readonly TimelineItem[], chasers: ReadonlySet<MessageId>): readonly TimelineLine[] {
  const lines: TimelineLine[] = [];
  let run: MessageItem[] = [];
  const settle = (): void => {
    if (run.length > 1) lines.push({ kind: 'chasers', items: run });
    else lines.push(...run);
    run = [];
  };
  for (const item of items) {
    if (item.kind === 'message' && chasers.has(item.messageId)) run.push(item);
    else {
      settle();
      lines.push(item);
    }
  }
  settle();
  return lines;
}
