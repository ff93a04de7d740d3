import type { PromiseId } from '../ids.ts';
import type { LocalDateTime } from '../time/local-time.ts';
import { toLocal } from '../time/zone.ts';
import { firstAction, nextPromise } from './packet.ts';
import type { Packet } from './packet.ts';

/** What the receiver repeats when they accept: the synthesis, the part that people skip. */
export interface ReadBack {
  /** What they will do first, in their words or as the packet has it. */
  readonly firstAction: string;
  /** The next promise as their own clock shows it; null: there is none. */
  readonly nextPromise: {
    readonly promiseId: PromiseId;
    /** The receiver's zone. */
    readonly zone: string;
    /** To the minute. */
    readonly local: LocalDateTime;
  } | null;
  /** What they do if it turns bad; asked of who takes a case that is not stable. */
  readonly contingency: string | null;
  /** Goes to the sender; the case changes hands all the same. */
  readonly question: string | null;
}

/** The read-back that says just what the packet says; what a page fills in for the receiver to confirm. */
export function readBackOf(packet: Packet, zone: string): ReadBack {
  const promise = nextPromise(packet);
  return {
    firstAction: firstAction(packet)?.what ?? '',
    nextPromise: promise === null ? null : { promiseId: promise.promiseId, zone, local: toLocal(zone, promise.dueAt) },
    contingency: packet.severity === 'stable' ? null : (packet.ifThen[0]?.action ?? null),
    question: null,
  };
}

/** Where a read-back differs from what was handed over. */
export type Mismatch =
  /** The first action is another of the packet's, or none of them. */
  | { readonly kind: 'first-action'; readonly isListed: boolean }
  | { readonly kind: 'no-first-action' }
  /** There is a promise and the receiver knows of none; they know of one that there is not; they took another for the next. */
  | { readonly kind: 'promise-overlooked' | 'promise-invented' | 'other-promise' }
  /** Their clock shows another time when it falls due. */
  | { readonly kind: 'promise-time'; readonly said: LocalDateTime; readonly is: LocalDateTime }
  | { readonly kind: 'no-contingency' };

/** All that does not fit; empty when the receiver has understood. Words are compared without regard to case, width and spaces. */
export function mismatches(packet: Packet, readBack: ReadBack): readonly Mismatch[] {
  const found: Mismatch[] = [];
  const said = plain(readBack.firstAction);
  const first = firstAction(packet);
  if (said === '') found.push({ kind: 'no-first-action' });
  else if (first !== null && said !== plain(first.what)) {
    found.push({ kind: 'first-action', isListed: packet.actions.some((each) => plain(each.what) === said) });
  }
  const promise = promiseMismatch(packet, readBack);
  if (promise !== null) found.push(promise);
  if (packet.severity !== 'stable' && plain(readBack.contingency ?? '') === '') found.push({ kind: 'no-contingency' });
  return found;
}

function promiseMismatch(packet: Packet, readBack: ReadBack): Mismatch | null {
  const promise = nextPromise(packet);
  const said = readBack.nextPromise;
  if (said === null) return promise === null ? null : { kind: 'promise-overlooked' };
  if (promise === null) return { kind: 'promise-invented' };
  if (said.promiseId !== promise.promiseId) return { kind: 'other-promise' };
  const is = toLocal(said.zone, promise.dueAt);
  return isSameMinute(said.local, is) ? null : { kind: 'promise-time', said: said.local, is };
}

function isSameMinute(one: LocalDateTime, other: LocalDateTime): boolean {
  return (
    one.year === other.year && one.month === other.month && one.day === other.day && one.hour === other.hour && one.minute === other.minute
  );
}

function plain(text: string): string {
  return text.normalize('NFKC').toLowerCase().replaceAll(/\s+/gu, ' ').trim();
}
