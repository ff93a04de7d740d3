import type { Acknowledger, Received } from './acknowledge.ts';
import type { Bot } from './bot.ts';
import type { CaseLedger } from './case-ledger.ts';
import { eraseRewritten, noteFinding } from './guard-ingest.ts';
import { fillLanguages } from './fill-languages.ts';
import { followedCase, followUpOf } from './follow-up.ts';
import { caseToldOf, findCase } from './find-case.ts';
import { bounceEventId, byMail } from './ingest-ids.ts';
import { applyEdit, applyLaterNews } from './later-news.ts';
import type { CustomerWarner } from './warn-customer.ts';
import type { OfficialWarnings } from './official-warnings.ts';
import { meetContact } from './meet-contact.ts';
import { ownByWords } from './own-words.ts';
import { recordSent } from './record-sent.ts';
import { writeInSlices } from './write-in-slices.ts';
import type { Slices } from './write-in-slices.ts';
import type { Finding, Redactor } from './redactor.ts';
import { caseIdFor, messageIdFor, sha256Hex } from '../identity.ts';
import type { IdSource } from '../identity.ts';
import type { Batch, ChannelEvent, InboundFile } from '../channels/connector.ts';
import type { LanguageGuesser } from '../ports/language-port.ts';
import type { Log } from '../log.ts';
import type { Probe } from '../probe.ts';
import { quarantine, saveCursor } from '../store/accounts.store.ts';
import type { StoredAccount } from '../store/accounts.store.ts';
import { packBlob } from '../store/blobs.store.ts';
import type { BlobStore } from '../store/blobs.store.ts';
import { caseByUid, caseKeyByUid, currentCaseUid, noteMessageFacts, readUntil } from '../store/cases.store.ts';
import { caseOfConversation } from '../store/conversations.store.ts';
import { contactByUid } from '../store/contacts.store.ts';
import {
  insertFiles,
  insertSourceAttachments,
  insertMessage,
  markBounced,
  messageKeyByUid,
  outboundByOwnKey,
} from '../store/messages.store.ts';
import type { NewMessage } from '../store/messages.store.ts';
import { dropRemotePrefix, linkRemoteRef, markPresent, messageOfRemoteRef } from '../store/remote-refs.store.ts';
import { outboxOfCase } from '../store/outbox.store.ts';
import { storageFailure } from '../store/sql.ts';
import type { Store, WriteDb } from '../store/sql.ts';
import { bareKey, bindKeys, casesOfKeys, isParticipant } from '../store/threads.store.ts';
import type { CaseEventBody } from '../../../shared/domain/case.ts';
import type { AccountId, CaseId, ContactId, MessageId } from '../../../shared/domain/ids.ts';
import type { NormalizedMessage, Party } from '../../../shared/domain/message.ts';
import type { Clock, Instant } from '../../../shared/domain/time.ts';

export interface IngestDeps {
  readonly store: Store;
  readonly blobs: BlobStore;
  readonly ledger: CaseLedger;
  readonly ids: IdSource;
  readonly clock: Clock;
  readonly probe: Probe;
  /** The case that a signed token names, or null when the signature is not ours. */
  readonly verifyToken: (account: StoredAccount, token: string) => string | null;
  /** Hears of messages that could not be stored. */
  readonly log?: Log;
  /** Takes secrets out of what comes in before it is stored; simulations and invented data do without. */
  readonly redactor?: Redactor;
  /** Names languages that a channel's own look could not; they stay unknown without it. */
  readonly guessLanguages?: LanguageGuesser;
  /** Judges who looks like us; nobody does without it. */
  readonly officials?: OfficialWarnings;
  /** Tells customers what to do who have sent a secret; nobody is told without it. */
  readonly warner?: CustomerWarner;
  /** Answers customers automatically, where the team wants that; nobody is answered without it. */
  readonly acknowledger?: Acknowledger;
  /** Answers first in chats of accounts that have a playbook; nobody is answered without it. */
  readonly bot?: Bot;
  /** How a batch is cut where others wait for the thread; without it a batch is one transaction. */
  readonly slices?: Slices;
}

/** A message that is new to us and came from somebody else, for notifications. */
export interface Arrival {
  readonly caseUid: CaseId;
  readonly from: Party;
  readonly subject: string;
  readonly at: Instant;
  readonly seen: boolean;
}

/**
 * Stores what a channel gave us: rows and events, and the cursor with the last of them, in one transaction or in several short ones. Everything
 * is idempotent, so a batch that is delivered again after a crash changes nothing. Throws when the storage fails; the cursor then stays where it was.
 */
export async function ingestBatch(given: IngestDeps, account: StoredAccount, pulled: Batch, source: string): Promise<readonly Arrival[]> {
  given.probe('ingest:pulled');
  const spoken = given.guessLanguages === undefined ? pulled : await fillLanguages(given.store, given.guessLanguages, pulled);
  const { batch, findings } = (await given.redactor?.batch(account, spoken)) ?? { batch: spoken, findings: NO_FINDINGS };
  const deps: GuardedDeps = { ...given, findings };
  // Sources first: a row must never name a source that a crash has lost.
  const sources = batch.events.flatMap((event) => {
    if (event.kind !== 'message') return [];
    const files = (event.files ?? []).map(({ bytes }) => bytes);
    return [...(event.message.raw === null ? [] : [event.message.raw]), ...files];
  });
  const rewritten = [...findings.values()].flatMap(({ earlier }) => earlier.flatMap((part) => part.source?.bytes ?? []));
  const packed = await Promise.all([...sources, ...rewritten].map(async (bytes) => packSource(deps.blobs, bytes)));
  deps.blobs.put(packed.filter((blob) => blob !== null));
  deps.probe('ingest:sources-stored');
  // in one breath with what follows: nothing indexes the old words in between
  given.redactor?.forgetEarlier(findings);
  const arrivals = await writeBatch(deps, account, batch, source);
  deps.probe('ingest:committed');
  if (findings.size > 0) eraseRewritten(deps.store, deps.blobs);
  return arrivals;
}

/** What was found in this batch. */
interface GuardedDeps extends IngestDeps {
  readonly findings: ReadonlyMap<ChannelEvent, Finding>;
}

const NO_FINDINGS: ReadonlyMap<ChannelEvent, Finding> = new Map();
async function packSource(blobs: BlobStore, raw: Uint8Array): Promise<Awaited<ReturnType<typeof packBlob>> | null> {
  const sha = sha256Hex(raw);
  return blobs.has(sha) ? null : packBlob(sha, raw);
}

async function writeBatch(deps: GuardedDeps, account: StoredAccount, batch: Batch, source: string): Promise<readonly Arrival[]> {
  // What was found out about earlier messages is stored before anybody else has a turn: nothing indexes their old words in between.
  const slices = deps.findings.size === 0 ? deps.slices : undefined;
  const arrivals: Arrival[] = [];
  const written = await writeInSlices(deps.store, batch.events, slices, {
    one: (tx, event) => {
      const arrival = applyChannelEvent(deps, tx, account, event);
      return arrival === null ? [] : [arrival];
    },
    end: (tx, isLast) => {
      // Cursor and rows commit together, else a crash loses mail.
      if (isLast) saveCursor(tx, source, batch.cursor, deps.clock.now());
      deps.probe('ingest:rows-written');
    },
    committed: (made) => arrivals.push(...made),
  });
  if (written.error === null) return arrivals;
  deps.ledger.forget();
  // A full or broken disk is everybody's problem; one message that can not be stored must not stop the channel.
  if (storageFailure(written.error) !== null || batch.events.length === 0) throw written.error;
  return [...arrivals, ...writeOneByOne(deps, account, { ...batch, events: batch.events.slice(written.count) }, source)];
}

function writeOneByOne(deps: GuardedDeps, account: StoredAccount, batch: Batch, source: string): readonly Arrival[] {
  const arrivals: Arrival[] = [];
  for (const event of batch.events) {
    try {
      const arrival = deps.store.write((tx) => applyChannelEvent(deps, tx, account, event));
      if (arrival !== null) arrivals.push(arrival);
    } catch (error) {
      deps.ledger.forget();
      if (storageFailure(error) !== null) throw error;
      const raw = event.kind === 'message' ? event.message.raw : null;
      const ref = 'remoteRef' in event ? event.remoteRef : event.remotePrefix;
      deps.log?.('error', 'a message could not be stored and was set aside', { account: account.uid, ref, error });
      deps.store.write((tx) =>
        quarantine(tx, {
          account: account.uid,
          ref,
          at: deps.clock.now(),
          sourceSha: raw === null ? null : sha256Hex(raw),
          reason: deps.redactor?.text(String(error)).text ?? String(error),
        }),
      );
    }
  }
  deps.store.write((tx) => saveCursor(tx, source, batch.cursor, deps.clock.now()));
  return arrivals;
}

function applyChannelEvent(deps: GuardedDeps, tx: WriteDb, account: StoredAccount, event: ChannelEvent): Arrival | null {
  switch (event.kind) {
    case 'reset':
      dropRemotePrefix(tx, account.uid, event.remotePrefix);
      return null;
    case 'edited':
      return applyEdit(deps, tx, account, event, deps.findings.get(event));
    case 'removed':
    case 'read':
      applyLaterNews(deps, tx, account, event);
      return null;
    case 'seen': {
      const found = messageOfRemoteRef(tx, account.uid, event.remoteRef);
      if (found !== undefined && event.seen) readUntil(tx, found.caseId, found.sentAt);
      return null;
    }
    case 'message':
      return ingestMessage(deps, tx, account, event);
  }
}

type MessageEvent = Extract<ChannelEvent, { readonly kind: 'message' }>;

/** Where the conversation of a chat-like channel went on last. */
function conversationCase(tx: WriteDb, account: StoredAccount, message: NormalizedMessage): CaseId | null {
  const { origin } = message;
  const uid = origin === undefined ? undefined : caseOfConversation(tx, account.uid, origin.conversation);
  return uid === undefined ? null : currentCaseUid(tx, uid);
}

function ingestMessage(deps: GuardedDeps, tx: WriteDb, account: StoredAccount, event: MessageEvent): Arrival | null {
  const { message, remoteRef } = event;
  const uid = messageIdFor(account.uid, message.nativeKey);
  const known = messageKeyByUid(tx, uid);
  if (known !== undefined) {
    linkRemoteRef(tx, account.uid, remoteRef, known.id);
    markPresent(tx, known.id);
    if (message.seen && known.kind === 0) readUntil(tx, known.caseId, message.receivedAt);
    return null;
  }
  const echoed = echoOf(tx, message);
  if (echoed !== null) {
    linkRemoteRef(tx, account.uid, remoteRef, echoed);
    return null;
  }
  if (isTrustedCopy(message) && recogniseOwn(deps, tx, account.uid, message, remoteRef)) return null;
  // what we said somewhere without anybody having asked us is no case
  if (message.direction === 'out' && message.origin !== undefined && conversationCase(tx, account, message) === null) return null;
  if (message.bounce !== null && attachBounce(deps, tx, account.uid, message, remoteRef)) return null;
  return storeNew(deps, tx, account, event, uid);
}

/** Our own message that comes back to us (a list, a copy to ourselves) is no news. It proves nothing either: the address may be forged. */
function echoOf(tx: WriteDb, message: NormalizedMessage): number | null {
  if (message.thread.ownKey === null || !message.warnings.includes('claims-own-address')) return null;
  return outboundByOwnKey(tx, bareKey(message.thread.ownKey))?.id ?? null;
}

/** Anybody can write our address into From: only what lies where we file our own mail proves that we sent it. */
function isTrustedCopy(message: NormalizedMessage): boolean {
  return message.direction === 'out' && message.thread.ownKey !== null && !message.warnings.includes('claims-own-address');
}

/** A copy of what we sent ourselves came back from the Sent folder: proof that it left, and not a new message. */
function recogniseOwn(deps: IngestDeps, tx: WriteDb, account: AccountId, message: NormalizedMessage, remoteRef: string): boolean {
  const byKey = message.thread.ownKey === null ? undefined : outboundByOwnKey(tx, bareKey(message.thread.ownKey));
  const own = byKey ?? ownByWords(tx, account, message);
  if (own === undefined) return false;
  linkRemoteRef(tx, account, remoteRef, own.id);
  const saved = caseByUid(tx, own.caseUid);
  const entry = saved === undefined ? undefined : outboxOfCase(tx, saved.id).find((each) => each.messageUid === own.uid);
  // A machine's answer has the same id on every workstation: a colleague's was first.
  const isColleagues = entry?.state === 'queued' && entry.payload.automatic !== undefined;
  if (entry !== undefined && (entry.state === 'unknown' || isColleagues))
    recordSent(deps.ledger, tx, entry, { at: message.receivedAt, now: deps.clock.now() });
  return true;
}

/** A delivery failure belongs to the message that failed, not to the inbox. */
function attachBounce(deps: IngestDeps, tx: WriteDb, account: AccountId, message: NormalizedMessage, remoteRef: string): boolean {
  const { bounce } = message;
  if (bounce === null || bounce.originalMessageId === null) return false;
  const own = outboundByOwnKey(tx, bareKey(bounce.originalMessageId));
  if (own === undefined) return false;
  const repeated =
    tx.get<{ one: number }>('SELECT 1 AS one FROM remote_refs WHERE account_uid = @account AND ref = @ref', { account, ref: remoteRef }) !==
    undefined;
  linkRemoteRef(tx, account, remoteRef, own.id);
  if (repeated) return true;
  if (bounce.permanent) markBounced(tx, own.id, { recipient: bounce.recipient, diagnostic: bounce.diagnostic });
  deps.ledger.append(
    tx,
    own.caseUid,
    [
      {
        type: 'case.deliveryFailed',
        messageId: own.uid,
        recipient: bounce.recipient,
        diagnostic: bounce.diagnostic,
        permanent: bounce.permanent,
      },
    ],
    { actor: null, eventId: () => bounceEventId(own.uid, message.nativeKey) },
  );
  return true;
}

/** What people are told about; machines ring nobody. */
function arrivalOf(message: NormalizedMessage, caseUid: CaseId, at: Instant): Arrival | null {
  const byPerson = message.auto === 'none' || message.auto === 'list';
  return byPerson ? { caseUid, from: message.from, subject: message.subject, at, seen: message.seen } : null;
}

function openingOf(
  tx: WriteDb,
  accountId: AccountId,
  message: NormalizedMessage,
  contactId: ContactId,
  follows: CaseId | null,
): CaseEventBody {
  return {
    type: 'case.opened',
    channel: message.channel,
    accountId,
    contactId,
    subject: message.subject,
    tier: contactByUid(tx, contactId)?.tier ?? 'standard',
    language: message.direction === 'in' ? message.language : null,
    ...(follows === null ? {} : { follows }),
  };
}

/** Somebody who was in the thread neither as a sender nor as a recipient. The contact is one of those of the case's first message. */
function isStranger(tx: WriteDb, known: { readonly id: number; readonly contactAddress: string }, message: NormalizedMessage): boolean {
  const { address } = message.from;
  return message.direction === 'in' && known.contactAddress !== address && !isParticipant(tx, known.id, address);
}

function fileRow({ name, type, bytes }: InboundFile): Parameters<typeof insertFiles>[3][number] {
  return { name, type, sizeBytes: bytes.length, sha256: sha256Hex(bytes) };
}

/** Where a new message goes, and the keys by which later ones find it. */
interface Place {
  readonly caseUid: CaseId;
  /** The case that is over for good and that this one goes on from. */
  readonly follows: CaseId | null;
  readonly ownKey: string | null;
  readonly newKeys: readonly string[];
}

function placeOf(deps: IngestDeps, tx: WriteDb, account: StoredAccount, message: NormalizedMessage, uid: MessageId): Place {
  const ownKey = message.thread.ownKey === null ? null : bareKey(message.thread.ownKey);
  const parentKeys = message.thread.parentKeys.map(bareKey);
  const keys = [...new Set([...parentKeys, ...(ownKey === null ? [] : [ownKey])])];
  const bound = casesOfKeys(tx, account.uid, keys);
  const found = conversationCase(tx, account, message) ?? findCase(deps, tx, account, message, bound.values());
  const follows = found === null ? null : followedCase(deps.ledger, tx, found, message, message.receivedAt);
  const root = parentKeys[0] ?? ownKey ?? message.nativeKey;
  const fresh = follows === null ? (found ?? caseIdFor(account.uid, root)) : followUpOf(tx, account.uid, follows, message.nativeKey);
  const caseUid = caseToldOf(tx, uid, fresh);
  // What was said before stays with a case that is over.
  const newKeys = keys.filter((key) => bound.get(key) !== caseUid && (follows === null || key === ownKey));
  return { caseUid, follows, ownKey, newKeys };
}

/** What a row takes from a message as it is. */
function rowOf(message: NormalizedMessage): Omit<NewMessage, 'uid' | 'caseId' | 'ownKey' | 'warnings'> {
  return {
    kind: message.direction,
    sentAt: message.receivedAt,
    receivedAt: message.receivedAt,
    agent: null,
    language: message.language,
    offsetMinutes: message.senderOffsetMinutes,
    auto: message.auto,
    sourceSha: message.raw === null ? null : sha256Hex(message.raw),
    hasHtml: message.html !== null,
    from: message.from,
    recipients: { to: message.to, cc: message.cc, replyTo: message.replyTo },
    subject: message.subject,
    text: message.text,
    ...(message.origin === undefined ? {} : { origin: message.origin }),
  };
}

function storeNew(deps: GuardedDeps, tx: WriteDb, account: StoredAccount, event: MessageEvent, uid: MessageId): Arrival | null {
  const { message, remoteRef, files = [] } = event;
  const at = message.receivedAt;
  const inbound = message.direction === 'in';
  const contactUid = meetContact(tx, message, at);
  const { caseUid, follows, ownKey, newKeys } = placeOf(deps, tx, account, message, uid);
  const existing = caseKeyByUid(tx, caseUid);
  const stranger = existing !== undefined && isStranger(tx, existing, message);

  const body: CaseEventBody = {
    type: inbound ? 'case.messageReceived' : 'case.messageImported',
    messageId: uid,
    contactId: contactUid,
    at,
    auto: message.auto,
    preview: message.preview,
    subject: message.subject,
  };
  const opening = existing === undefined ? [openingOf(tx, account.uid, message, contactUid, follows)] : [];
  // told before the message, so that no clock of people starts with it
  const botBegins = existing === undefined ? (deps.bot?.begins(account, message, uid) ?? []) : [];
  const { id: caseId, state } = deps.ledger.append(tx, caseUid, [...opening, ...botBegins, body], byMail(`case.${caseUid}`));
  bindKeys(tx, account.uid, newKeys, caseUid);

  const warnings = [...message.warnings, ...(stranger ? ['new-participant'] : []), ...(deps.officials?.(tx, message) ?? [])];
  const messageKey = insertMessage(tx, { ...rowOf(message), uid, caseId, ownKey, warnings });
  if (messageKey === null) throw new Error(`message ${uid} appeared twice in one transaction`);
  linkRemoteRef(tx, account.uid, remoteRef, messageKey);
  insertSourceAttachments(tx, uid, messageKey, message.attachments);
  insertFiles(tx, uid, messageKey, files.map(fileRow));
  const isOtherLanguage = noteMessageFacts(tx, caseId, {
    language: message.language,
    hasAttachments: files.length > 0 || message.attachments.some((each) => !each.inline),
    isNewestInbound: inbound && state.lastInboundAt === at,
  });
  if (isOtherLanguage) deps.ledger.noteLanguage(tx, caseId);
  const finding = deps.findings.get(event);
  if (finding !== undefined) noteFinding(deps.ledger, tx, { messageUid: uid, caseUid }, finding);
  return inbound ? setGoing(deps, tx, { account, message, messageUid: uid, caseUid, caseId, contactUid }, finding) : null;
}

/** What a customer's message sets going: what they are told about a secret, an acknowledgement, the bot. */
function setGoing(deps: GuardedDeps, tx: WriteDb, received: Received, finding: Finding | undefined): Arrival | null {
  const { message, caseUid, caseId } = received;
  if (message.seen) readUntil(tx, caseId, message.receivedAt);
  if (finding !== undefined) deps.warner?.warn(tx, received, finding.kinds);
  deps.acknowledger?.received(tx, received);
  const isBots = deps.bot?.received(tx, received) ?? false;
  // nobody is rung for what the bot has
  return isBots ? null : arrivalOf(message, caseUid, message.receivedAt);
}
