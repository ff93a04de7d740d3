import type { ExpungeEvent, FlagsEvent, ImapFlow, MailboxObject } from 'imapflow';
import type { ChannelEvent } from '../connector.ts';
import { fetchMail, fetchMeta, fitting, type MailMeta, type ReadingContext } from './fetch-mail.ts';
import { remotePrefix, remoteRef, type FolderCursor } from './folder-cursor.ts';
import type { ImapSession } from './imap-session.ts';
import { compactUids, expandUids } from './uid-set.ts';

/** What one look at a folder gave. */
export interface FolderStep {
  readonly events: readonly ChannelEvent[];
  readonly cursor: FolderCursor;
  readonly messages: number;
  readonly more: boolean;
}

/** UIDs that backfill has still to read, ascending, under the UIDVALIDITY they belong to. Found again after a restart. */
export interface Remaining {
  readonly uidValidity: string;
  /** The cursor's mark that belongs to `uids`. */
  lowUid: number;
  uids: number[];
}

interface Changes {
  readonly vanished: Set<number>;
  readonly flags: Map<number, boolean>;
}

/** Selects the folder and collects what the server reports as changed meanwhile (QRESYNC reports it inside SELECT). */
async function select(
  session: ImapSession,
  path: string,
  cursor: FolderCursor | null,
): Promise<{ mailbox: MailboxObject; changes: Changes }> {
  const { client } = session;
  const changes: Changes = { vanished: new Set(), flags: new Map() };
  const isOurs = (uid: number | undefined): uid is number =>
    uid !== undefined && cursor !== null && uid >= cursor.lowUid && uid <= cursor.lastUid;
  const onExpunge = (event: ExpungeEvent): void => {
    if (event.path === path && isOurs(event.uid)) changes.vanished.add(event.uid);
  };
  const onFlags = (event: FlagsEvent): void => {
    if (event.path === path && isOurs(event.uid)) changes.flags.set(event.uid, hasSeen(event.flags));
  };
  client.on('expunge', onExpunge);
  client.on('flags', onFlags);
  try {
    const resume =
      cursor?.modseq === undefined || cursor.modseq === null || !session.hasQresync
        ? {}
        : { changedSince: BigInt(cursor.modseq), uidValidity: BigInt(cursor.uidValidity) };
    const mailbox = await client.mailboxOpen(path, { readOnly: true, ...resume });
    return { mailbox, changes };
  } finally {
    client.off('expunge', onExpunge);
    client.off('flags', onFlags);
  }
}

function hasSeen(flags: ReadonlySet<string>): boolean {
  return [...flags].some((flag) => flag.toLowerCase() === '\\seen');
}

async function searchUids(client: ImapFlow, range: string): Promise<number[]> {
  const found = await client.search({ uid: range }, { uid: true });
  if (!Array.isArray(found)) throw new Error('the server refused SEARCH UID');
  return found.sort((left, right) => left - right);
}

/** `null` where the server did not say: then the highest UID there is counts. */
async function uidNextOf(client: ImapFlow, mailbox: MailboxObject): Promise<number> {
  const told: number | undefined = mailbox.uidNext;
  if (told !== undefined && told > 0) return told;
  const last = mailbox.exists === 0 ? false : await client.fetchOne('*', { uid: true });
  return last === false ? 1 : last.uid + 1;
}

/** Without QRESYNC: what of the mails we hold is not there any more. */
async function findVanished(client: ImapFlow, cursor: FolderCursor, changes: Changes): Promise<void> {
  if (cursor.known === null || cursor.known === '') return;
  const present = new Set(await searchUids(client, `${Math.max(1, cursor.lowUid)}:${cursor.lastUid}`));
  for (const uid of expandUids(cursor.known)) if (!present.has(uid)) changes.vanished.add(uid);
}

/** Without QRESYNC: flags that changed since; without CONDSTORE: all of them, to be compared. */
async function findFlagChanges(client: ImapFlow, cursor: FolderCursor, changes: Changes, since: bigint | null): Promise<void> {
  if (cursor.lastUid < cursor.lowUid) return;
  const range = `${Math.max(1, cursor.lowUid)}:${cursor.lastUid}`;
  const options = since === null ? { uid: true } : { uid: true, changedSince: since };
  const before = cursor.seen === null ? null : new Set(expandUids(cursor.seen));
  for await (const each of client.fetch(range, { uid: true, flags: true }, options)) {
    const seen = hasSeen(each.flags ?? new Set());
    const isNews = since !== null || before === null || before.has(each.uid) !== seen;
    if (isNews && each.uid >= cursor.lowUid && each.uid <= cursor.lastUid) changes.flags.set(each.uid, seen);
  }
}

function changeEvents(path: string, cursor: FolderCursor, changes: Changes): ChannelEvent[] {
  const ref = (uid: number): string => remoteRef(path, cursor.uidValidity, uid);
  const removed = [...changes.vanished].sort((left, right) => left - right);
  const flagged = [...changes.flags].filter(([uid]) => !changes.vanished.has(uid));
  return [
    ...flagged.map(([uid, seen]) => ({ kind: 'seen' as const, remoteRef: ref(uid), seen })),
    ...removed.map((uid) => ({ kind: 'removed' as const, remoteRef: ref(uid) })),
  ];
}

/** The sets of a server that has no QRESYNC or CONDSTORE, after these mails came and went. */
function updatedSets(
  cursor: FolderCursor,
  changes: Changes,
  added: readonly { uid: number; seen: boolean }[],
  session: ImapSession,
): Pick<FolderCursor, 'known' | 'seen'> {
  if (session.hasQresync) return { known: null, seen: null };
  const known = new Set(expandUids(cursor.known ?? ''));
  for (const { uid } of added) known.add(uid);
  for (const uid of changes.vanished) known.delete(uid);
  const ascending = (uids: Iterable<number>): string => compactUids([...uids].sort((left, right) => left - right));
  if (session.hasCondstore) return { known: ascending(known), seen: null };
  const seen = new Set(expandUids(cursor.seen ?? ''));
  for (const each of [...added, ...[...changes.flags].map(([uid, isSeen]) => ({ uid, seen: isSeen }))]) {
    if (each.seen) seen.add(each.uid);
    else seen.delete(each.uid);
  }
  return { known: ascending(known), seen: ascending([...seen].filter((uid) => known.has(uid))) };
}

function freshCursor(mailbox: MailboxObject, uidNext: number): FolderCursor {
  const modseq = mailbox.highestModseq === undefined ? null : `${mailbox.highestModseq}`;
  return { uidValidity: `${mailbox.uidValidity}`, modseq, lastUid: uidNext - 1, lowUid: uidNext, backfilled: 0, known: null, seen: null };
}

export type FolderContext = Omit<ReadingContext, 'session' | 'uidValidity'>;

/**
 * Brings a folder up to date: removals, read marks, and the new mails (oldest first, at most `maxMessages`). A folder met for
 * the first time, or under a new UIDVALIDITY, only gets its marks set: all its mails then come by backfill.
 * @param compareFlags whether all flags may be compared now, where the server cannot tell changes
 */
export async function syncFolder(
  session: ImapSession,
  context: FolderContext,
  stored: FolderCursor | null,
  options: { readonly maxMessages: number; readonly compareFlags: boolean },
): Promise<FolderStep> {
  const { client } = session;
  const { path } = context;
  const { mailbox, changes } = await select(session, path, stored);
  const uidNext = await uidNextOf(client, mailbox);
  const uidValidity = `${mailbox.uidValidity}`;
  if (stored === null || stored.uidValidity !== uidValidity) {
    const reset: ChannelEvent[] = stored === null ? [] : [{ kind: 'reset', remotePrefix: remotePrefix(path, stored.uidValidity) }];
    return { events: reset, cursor: freshCursor(mailbox, uidNext), messages: 0, more: uidNext > 1 };
  }

  const hasModseq = session.hasCondstore && mailbox.highestModseq !== undefined && mailbox.noModseq !== true;
  await findOtherChanges(session, stored, changes, hasModseq ? (mailbox.highestModseq ?? null) : null, options.compareFlags);
  const news = await readNew({ ...context, session, uidValidity }, stored, uidNext, options.maxMessages);
  return {
    events: [...changeEvents(path, stored, changes), ...news.events],
    cursor: {
      ...stored,
      modseq: hasModseq ? `${mailbox.highestModseq}` : null,
      lastUid: news.lastUid,
      ...updatedSets(stored, changes, news.metas, session),
    },
    messages: news.events.length,
    more: news.lastUid < uidNext - 1,
  };
}

/** What QRESYNC would have told inside SELECT, where the server does not have it. */
async function findOtherChanges(
  session: ImapSession,
  stored: FolderCursor,
  changes: Changes,
  modseq: bigint | null,
  compareFlags: boolean,
): Promise<void> {
  if (session.hasQresync && stored.modseq !== null) return;
  await findVanished(session.client, stored, changes);
  const since = modseq === null || stored.modseq === null ? null : BigInt(stored.modseq);
  if (since === null ? compareFlags : since < (modseq ?? 0n)) await findFlagChanges(session.client, stored, changes, since);
}

/** The mails above the mark, oldest first. The mark only passes what was read or has gone. */
async function readNew(
  reading: ReadingContext,
  stored: FolderCursor,
  uidNext: number,
  maxMessages: number,
): Promise<{ readonly events: readonly ChannelEvent[]; readonly metas: readonly MailMeta[]; readonly lastUid: number }> {
  if (uidNext <= stored.lastUid + 1) return { events: [], metas: [], lastUid: stored.lastUid };
  // `n:*` names the last mail even when nothing is new, hence the filter
  const fresh = (await searchUids(reading.session.client, `${stored.lastUid + 1}:*`)).filter((uid) => uid > stored.lastUid);
  const wanted = fresh.slice(0, maxMessages);
  const present = wanted.length === 0 ? [] : await fetchMeta(reading, wanted);
  const metas = fitting(present);
  const events = metas.length === 0 ? [] : await fetchMail(reading, metas);
  const reached = metas.length < present.length ? metas.at(-1)?.uid : wanted.at(-1);
  const isThrough = wanted.length === fresh.length && metas.length === present.length;
  return { events, metas, lastUid: isThrough ? Math.max(uidNext - 1, reached ?? 0) : (reached ?? stored.lastUid) };
}

/** The mails that backfill has still to read; asked from the server once per session. Selects nothing. */
export async function remainingBelow(client: ImapFlow, cursor: FolderCursor): Promise<Remaining> {
  const uids = cursor.lowUid <= 1 ? [] : await searchUids(client, `1:${cursor.lowUid - 1}`);
  return { uidValidity: cursor.uidValidity, lowUid: cursor.lowUid, uids: uids.filter((uid) => uid < cursor.lowUid) };
}

/** Reads the next older slice of a selected folder, newest first. */
export async function backfillFolder(
  session: ImapSession,
  context: FolderContext,
  cursor: FolderCursor,
  remaining: Remaining,
  maxMessages: number,
): Promise<FolderStep> {
  const reading = { ...context, session, uidValidity: cursor.uidValidity };
  const slice = remaining.uids.slice(-maxMessages);
  const newestFirst = slice.length === 0 ? [] : (await fetchMeta(reading, slice)).reverse();
  const metas = fitting(newestFirst);
  const events = metas.length === 0 ? [] : await fetchMail(reading, metas);
  const lowest = metas.length < newestFirst.length ? (metas.at(-1)?.uid ?? 1) : (slice[0] ?? 1);
  remaining.uids = remaining.uids.filter((uid) => uid < lowest);
  const isDone = remaining.uids.length === 0;
  const lowUid = isDone ? 1 : lowest;
  remaining.lowUid = lowUid;
  return {
    // newest first, like the slices themselves
    events: events.reverse(),
    cursor: {
      ...cursor,
      lowUid,
      backfilled: cursor.backfilled + metas.length,
      ...updatedSets(cursor, { vanished: new Set(), flags: new Map() }, metas, session),
    },
    messages: metas.length,
    more: !isDone,
  };
}
