import type { FetchMessageObject } from 'imapflow';
import { instant, type Clock, type Instant } from '../../../../shared/domain/time.ts';
import type { ChannelEvent, ConnectorIo } from '../connector.ts';
import type { EmailAccount } from './email-account.ts';
import { remoteRef } from './folder-cursor.ts';
import { WHOLE_MAIL_BYTES, type ImapSession } from './imap-session.ts';
import type { MailParser } from './mime/parsed-mail.ts';
import { normalizeMail } from './normalize-mail.ts';
import { partialSource, readableParts, TEXT_PART_BYTES } from './partial-source.ts';
import { compactUids } from './uid-set.ts';

/** Source bytes that may wait for the parser at a time; more downloads wait. */
const WAITING_BYTES = 32 * 1024 * 1024;
/** Source bytes that one batch carries, unless a single mail is larger. */
export const BATCH_BYTES = 32 * 1024 * 1024;

/** One folder under one UIDVALIDITY, as it is being read. */
export interface ReadingContext {
  readonly session: ImapSession;
  readonly account: EmailAccount;
  readonly parser: MailParser;
  readonly clock: Clock;
  readonly log: ConnectorIo['log'];
  readonly path: string;
  readonly uidValidity: string;
  readonly inSentFolder: boolean;
}

/** What a mail costs before it is fetched. */
export interface MailMeta {
  readonly uid: number;
  readonly sizeBytes: number;
  readonly receivedAt: Instant;
  readonly seen: boolean;
}

function timeOf(value: Date | string | undefined, clock: Clock): Instant {
  const ms = value === undefined ? Number.NaN : new Date(value).getTime();
  return Number.isFinite(ms) ? instant(ms) : clock.now();
}

function isSeen(flags: ReadonlySet<string> | undefined): boolean {
  return [...(flags ?? [])].some((flag) => flag.toLowerCase() === '\\seen');
}

/** Size, arrival and flags of these mails, ascending by UID. Those that have gone meanwhile are missing. */
export async function fetchMeta(context: ReadingContext, uids: readonly number[]): Promise<MailMeta[]> {
  const found: MailMeta[] = [];
  const wanted = new Set(uids);
  for await (const each of context.session.client.fetch(
    compactUids(uids),
    { uid: true, flags: true, internalDate: true, size: true },
    { uid: true },
  )) {
    // flag changes of other mails may arrive in between
    if (!wanted.delete(each.uid)) continue;
    found.push({
      uid: each.uid,
      sizeBytes: each.size ?? 0,
      receivedAt: timeOf(each.internalDate, context.clock),
      seen: isSeen(each.flags),
    });
  }
  return found.sort((left, right) => left.uid - right.uid);
}

/** As many from the front as fit into `BATCH_BYTES`, one at least. */
export function fitting(metas: readonly MailMeta[]): MailMeta[] {
  let bytes = 0;
  const end = metas.findIndex((meta, index) => {
    bytes += Math.min(meta.sizeBytes, WHOLE_MAIL_BYTES);
    return index > 0 && bytes > BATCH_BYTES;
  });
  return end === -1 ? [...metas] : metas.slice(0, end);
}

async function readableSource(context: ReadingContext, uid: number): Promise<Buffer | null> {
  const head = await context.session.client.fetchOne(`${uid}`, { uid: true, headers: true, bodyStructure: true }, { uid: true });
  if (head === false || head.headers === undefined) return null;
  const parts = head.bodyStructure === undefined ? [] : readableParts(head.bodyStructure);
  const wanted = parts.map(({ key }) => ({ key, start: 0, maxLength: TEXT_PART_BYTES }));
  const fetched =
    wanted.length === 0 ? false : await context.session.client.fetchOne(`${uid}`, { uid: true, bodyParts: wanted }, { uid: true });
  const bodies = fetched === false ? undefined : fetched.bodyParts;
  return partialSource(
    head.headers,
    parts.flatMap(({ key, node }) => {
      const body = bodies?.get(key.toLowerCase()) ?? bodies?.get(key);
      return body === undefined ? [] : [{ node, body }];
    }),
  );
}

async function* sources(
  context: ReadingContext,
  metas: ReadonlyMap<number, MailMeta>,
): AsyncGenerator<{ meta: MailMeta; raw: Buffer; warnings: readonly string[] }> {
  const all = [...metas.values()];
  const whole = all.filter((meta) => meta.sizeBytes <= WHOLE_MAIL_BYTES).map((meta) => meta.uid);
  const missing = new Set(whole);
  if (whole.length > 0) {
    for await (const each of context.session.client.fetch(compactUids(whole), { uid: true, source: true }, { uid: true })) {
      const meta = metas.get(each.uid);
      const raw = sourceOf(each);
      if (meta === undefined || raw === null || !missing.delete(each.uid)) continue;
      yield { meta, raw, warnings: [] };
    }
  }
  for (const uid of missing) {
    // gone meanwhile; or the server answered without the source, which is worth a second question
    const meta = metas.get(uid);
    const again = await context.session.client.fetchOne(`${uid}`, { uid: true, source: true }, { uid: true });
    const raw = again === false ? null : sourceOf(again);
    if (meta !== undefined && raw !== null) yield { meta, raw, warnings: [] };
    else if (again !== false) context.log('error', 'the server does not give the source of a mail', { path: context.path, uid });
  }
  for (const meta of all.filter((each) => each.sizeBytes > WHOLE_MAIL_BYTES)) {
    const raw = await readableSource(context, meta.uid);
    if (raw !== null) yield { meta, raw, warnings: ['attachments-left-on-server'] };
  }
}

function sourceOf(fetched: FetchMessageObject): Buffer | null {
  return fetched.source ?? null;
}

/**
 * Fetches and parses these mails; while one is parsed the next is already on its way.
 * @returns message events in the order of their arrival on the server (UIDs are not: servers number as they store)
 */
export async function fetchMail(context: ReadingContext, metas: readonly MailMeta[]): Promise<ChannelEvent[]> {
  const parsing: Promise<{ readonly at: Instant; readonly event: ChannelEvent }>[] = [];
  let waitingBytes = 0;
  for await (const { meta, raw, warnings } of sources(context, new Map(metas.map((each) => [each.uid, each])))) {
    waitingBytes += raw.length;
    const work = (async () => {
      const parsed = await context.session.aside(context.parser.parse(raw));
      waitingBytes -= raw.length;
      const place = { raw, receivedAt: meta.receivedAt, seen: meta.seen, inSentFolder: context.inSentFolder, warnings };
      const message = normalizeMail(parsed, place, context.account);
      return {
        at: meta.receivedAt,
        event: { kind: 'message' as const, message, remoteRef: remoteRef(context.path, context.uidValidity, meta.uid) },
      };
    })();
    work.catch(() => {});
    parsing.push(work);
    if (waitingBytes > WAITING_BYTES) await work;
  }
  const events = await Promise.all(parsing);
  return events.sort((left, right) => left.at - right.at).map(({ event }) => event);
}
