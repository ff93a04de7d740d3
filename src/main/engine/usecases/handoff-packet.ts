import type { HandoffWords } from './handoff-words.ts';
import type { Status } from '../../../shared/domain/case.ts';
import { EMPTY_PACKET } from '../../../shared/domain/handoff/packet.ts';
import type { Packet, PacketAction, Severity, Tried } from '../../../shared/domain/handoff/packet.ts';
import type { CustomerPromise } from '../../../shared/domain/promise/promise.ts';
import { after, HOUR_MS } from '../../../shared/domain/time.ts';
import type { Instant } from '../../../shared/domain/time.ts';

/** What a packet is filled in with before anybody types: nothing here is a guess about what the sender thinks. */

export interface PacketFacts {
  readonly now: Instant;
  readonly subject: string;
  readonly status: Status;
  readonly snoozedUntil: Instant | null;
  readonly isVip: boolean;
  readonly waitingSince: Instant | null;
  /** The beginning of the last message. */
  readonly preview: string;
  readonly lastMessageAt: Instant;
  readonly lastDirection: 'in' | 'out';
  readonly failedReplies: number;
  readonly dueAt: Instant | null;
  /** Milliseconds until then for which somebody qualified is on; null: not known. */
  readonly runwayMs: number | null;
  /** When the first of those who could take it can begin; null when nobody comes. */
  readonly nextAt: Instant | null;
  readonly promises: readonly CustomerPromise[];
  /** What whoever answers for the case is to be reminded of; it goes along by itself. */
  readonly reminders: readonly { readonly at: Instant; readonly note: string }[];
  /** What the customer has told, and what is needed and missing; left out where nobody asks for it. */
  readonly intake?:
    | { readonly known: readonly { readonly field: string; readonly value: string }[]; readonly missing: readonly string[] }
    | undefined;
  /** Messages and notes, oldest first; empty when nobody asks what was tried. */
  readonly said: readonly { readonly kind: 'in' | 'out' | 'note'; readonly text: string }[];
}

/** Within this time a VIP's due time that nobody covers is critical. */
const NEXT_HOURS_MS = 8 * HOUR_MS;
const MOST_TRIED = 3;
const SNIPPET = 110;
/** A packet is read on one screen. */
const MOST_KNOWN = 6;
const LONGEST_KNOWN = 44;

/** Everything of a packet that the case itself tells. The plan for what may happen is the sender's to make. */
export function prefilledPacket(facts: PacketFacts, words: HandoffWords): Packet {
  const open = openOf(facts);
  return {
    ...EMPTY_PACKET,
    severity: severityOf(facts),
    goal: withoutPrefixes(facts.subject) || snippet(firstInbound(facts)) || words.goalUnknown,
    state: stateOf(facts, words),
    tried: triedOf(facts, words),
    actions: actionsOf(facts, words),
    promises: open.map(({ promiseId, text, dueAt, zone }) => ({ promiseId, text, dueAt, zone })),
    waitingOn: waitingOn(facts, words),
  };
}

/**
 * critical: something is overdue, or a VIP's case falls due within hours in which nobody qualified is on; watcher: a VIP,
 * something promised, or due before the next one can begin; else stable.
 */
export function severityOf(facts: PacketFacts): Severity {
  const { now, isVip, dueAt, runwayMs, nextAt } = facts;
  const isOverdue = dueAt !== null && dueAt <= now;
  const isNobodys = dueAt !== null && dueAt <= after(now, NEXT_HOURS_MS) && runwayMs !== null && runwayMs <= 0;
  if (isOverdue || openOf(facts).some((each) => each.dueAt <= now) || (isVip && isNobodys)) return 'critical';
  const isBeforeNext = dueAt !== null && nextAt !== null && dueAt <= nextAt;
  return isVip || isBeforeNext || isNobodys || openOf(facts).length > 0 ? 'watcher' : 'stable';
}

function openOf({ promises }: PacketFacts): readonly CustomerPromise[] {
  return promises.filter((each) => each.state === 'open');
}

function stateOf(facts: PacketFacts, words: HandoffWords): string {
  const { status, snoozedUntil, waitingSince, lastMessageAt, lastDirection, failedReplies } = facts;
  const said = snippet(facts.preview);
  const parts = [words.status[status]];
  if (snoozedUntil !== null) parts.push(words.snoozed(words.moment(snoozedUntil)));
  if (waitingSince !== null) parts.push(words.waits(words.moment(waitingSince), said));
  else if (lastDirection === 'out') parts.push(words.answered(words.moment(lastMessageAt), said));
  if (failedReplies > 0) parts.push(words.unsent);
  const { known = [], missing = [] } = facts.intake ?? {};
  if (known.length > 0)
    parts.push(
      words.known(known.slice(0, MOST_KNOWN).map(({ field, value }) => `${words.factName(field)} ${value.slice(0, LONGEST_KNOWN)}`)),
    );
  if (missing.length > 0) parts.push(words.missing(missing.slice(0, MOST_KNOWN).map(words.factName)));
  return parts.join(' ');
}

/** Our last replies with what came of them, and notes. */
function triedOf({ said }: PacketFacts, words: HandoffWords): readonly Tried[] {
  const tried = said.flatMap((each, index): Tried[] => {
    const text = snippet(each.text);
    if (text === '' || each.kind === 'in') return [];
    if (each.kind === 'note') return [{ what: words.noted(text), result: '' }];
    const next = said.slice(index + 1).find((later) => later.kind !== 'note');
    return [{ what: words.replied(text), result: next?.kind === 'in' ? words.customerSaid(snippet(next.text)) : words.noAnswer }];
  });
  return tried.slice(-MOST_TRIED);
}

/** What waits for us, first what is due first; something is always there to begin with. */
function actionsOf(facts: PacketFacts, words: HandoffWords): readonly PacketAction[] {
  const { waitingSince, failedReplies, dueAt, status } = facts;
  const actions: PacketAction[] = openOf(facts).map((each) => ({ what: words.keep(snippet(each.text)), dueAt: each.dueAt }));
  if (waitingSince !== null) actions.push({ what: words.answer(snippet(lastInbound(facts))), dueAt });
  for (const { at, note } of facts.reminders)
    actions.push({ what: note === '' ? words.lookAgain : words.remember(snippet(note)), dueAt: at });
  if (failedReplies > 0) actions.push({ what: words.seeToUnsent, dueAt: null });
  if (actions.length === 0) actions.push({ what: words.next[status], dueAt });
  return actions.sort((a, b) => (a.dueAt ?? Number.POSITIVE_INFINITY) - (b.dueAt ?? Number.POSITIVE_INFINITY));
}

function waitingOn({ status, waitingSince }: PacketFacts, words: HandoffWords): readonly string[] {
  if (waitingSince !== null) return [];
  if (status === 'pending') return [words.waitingOnCustomer];
  return status === 'hold' ? [words.waitingOnOthers] : [];
}

function firstInbound({ said, preview }: PacketFacts): string {
  return said.find((each) => each.kind === 'in')?.text ?? preview;
}

function lastInbound({ said, preview }: PacketFacts): string {
  return said.findLast((each) => each.kind === 'in')?.text ?? preview;
}

/** `Re:`, `Fwd:` and what other languages put before a subject. */
const PREFIXES = /^(?:(?:re|aw|antw|sv|rv|res|fwd?|wg|enc|tr|回复|答复|转发|回覆|轉寄)\s*[:：]\s*)+/iu;

function withoutPrefixes(subject: string): string {
  return subject.trim().replace(PREFIXES, '').trim();
}

/** The beginning of a text on one line, without what it quotes. */
export function snippet(text: string): string {
  const own = text
    .split('\n')
    .filter((line) => !line.trimStart().startsWith('>'))
    .join(' ');
  const plain = own.replaceAll(/\s+/gu, ' ').trim();
  if ([...plain].length <= SNIPPET) return plain;
  const cut = [...plain].slice(0, SNIPPET).join('');
  const space = cut.lastIndexOf(' ');
  return `${(space > SNIPPET / 2 ? cut.slice(0, space) : cut).trimEnd()}…`;
}
