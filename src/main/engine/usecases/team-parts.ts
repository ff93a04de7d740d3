import { mergeIntoTold } from './team-merge.ts';
import { makeParts } from './team-parts-of.ts';
import type { EventToSend, SizeOf } from './team-parts-of.ts';
import { misfitOf } from './team-parts-fit.ts';
import { answersFor, bindToldKeys } from '../store/mail-answers.store.ts';
import { tokenKey } from './token-keys.ts';
import { messageIdFor, sha256Hex } from '../identity.ts';
import { caseByUid } from '../store/cases.store.ts';
import { setContactTier } from '../store/contacts.store.ts';
import { markGone, markReadUpTo, saveEdit } from '../store/conversations.store.ts';
import { insertMessage, markBounced, messageByUid, setSentAt } from '../store/messages.store.ts';
import { lastQueued, touchOutbox } from '../store/outbox.store.ts';
import { linkToldRef } from '../store/remote-refs.store.ts';
import { placeMessage } from '../store/repair.store.ts';
import type { ReadDb, WriteDb } from '../store/sql.ts';
import {
  addAttachments,
  caseRow,
  completeRow,
  ensureContact,
  hasEventsIn,
  mergeContact,
  noteFactsOfMessages,
  placeOfMessage,
  queueTeamOutbox,
  saveTeamAccount,
  settleOutbox,
  waitingToMerge,
  wiresOfMessage,
} from '../store/team-rows.store.ts';
import { readParts, readWholeMessage } from '../../../shared/contract/team-parts.ts';
import type { Checked, MessagePart, TeamParts } from '../../../shared/contract/team-parts.ts';
import { readWire } from '../../../shared/contract/team-wire.ts';
import { STATUSES } from '../../../shared/domain/case.ts';
import { isId } from '../../../shared/domain/ids.ts';
import type { AgentId, CaseId, MessageId } from '../../../shared/domain/ids.ts';
import type { Instant } from '../../../shared/domain/time.ts';

/**
 * Events name messages, contacts, accounts and replies by id; the rows are on the workstation that fetched or wrote them. Parts
 * bring them to the others. The order for an event of somebody else, all in the transaction that stores it:
 *
 * 1. `applyParts`: the contact and the account, which the fold of the case looks up;
 * 2. the fold, which makes the row of the case;
 * 3. `afterFold`: the message and the reply, which point at that row, what became of replies, and merges.
 *
 * Everything is idempotent. Parts that are malformed, or are not those of their event, are refused as a whole with a reason: the
 * event stands, and what is here already stays. What an event has told first (in the order of the log) nobody moves by force.
 * The key that signs the tokens in reply addresses does not travel; see `token-keys.ts`.
 */

/** An event of somebody else, with the name its stream has here. */
export interface ToldEvent extends EventToSend {
  readonly id: string;
  readonly actor: AgentId | null;
  readonly at: Instant;
}

export type WireParts = Readonly<Record<string, unknown>>;

/** What travels with an event, as the tables have it at the moment of sending; null when nothing does. */
export function partsOf(db: ReadDb, event: EventToSend, sizeOf: SizeOf = () => null): WireParts | null {
  return makeParts(db, event, sizeOf)?.parts ?? null;
}

export interface TeamFile {
  readonly sha256: string;
  /** Null where nobody said it. */
  readonly sizeBytes: number | null;
  readonly kind: 'attachment' | 'source' | 'message';
  /** A receiver fetches it with the event; else when somebody opens it. Replies cannot be sent without theirs. */
  readonly isWantedAtOnce: boolean;
}

const LARGE_SOURCE_BYTES = 1024 * 1024;
const SMALL_FILE_BYTES = 256 * 1024;

/** The files that parts speak of: the sender's must be among the team's before the event is sent. Parts that are refused have none. */
export function filesOf(parts: unknown): readonly TeamFile[] {
  const checked = readParts(parts);
  if (!checked.ok) return [];
  const { message, outbox, whole } = checked.value;
  const attachments = (message?.attachments ?? []).filter((each) => !each.inSource);
  const { source } = message ?? {};
  return [
    ...(whole === undefined ? [] : [{ ...whole, kind: 'message' as const, isWantedAtOnce: true }]),
    ...attachments.map(({ sha256, sizeBytes }): TeamFile => {
      return { sha256, sizeBytes, kind: 'attachment', isWantedAtOnce: outbox !== undefined || sizeBytes <= SMALL_FILE_BYTES };
    }),
    ...(source === undefined || source === null
      ? []
      : [{ ...source, kind: 'source' as const, isWantedAtOnce: source.sizeBytes !== null && source.sizeBytes < LARGE_SOURCE_BYTES }]),
  ];
}

/** The files of an event that is to be sent. `bytes`: of what is not among the stored files, because it is made from rows. */
export function filesToSend(
  db: ReadDb,
  event: EventToSend,
  sizeOf: SizeOf = () => null,
): readonly (TeamFile & { readonly bytes: Uint8Array | null })[] {
  const made = makeParts(db, event, sizeOf);
  if (made === null) return [];
  // what was cut from the parts is in the whole message
  const whole = made.file === null ? null : readWholeMessage(new TextDecoder().decode(made.file.bytes));
  const parts = whole?.ok === true ? { ...made.parts, message: whole.value } : made.parts;
  return filesOf(parts).map((file) => ({ ...file, bytes: file.kind === 'message' ? (made.file?.bytes ?? null) : null }));
}

// one event is looked at before and after its fold
const CHECKED = new WeakMap<object, Checked<TeamParts>>();

function checkedParts(event: ToldEvent, parts: unknown): Checked<TeamParts> {
  const key = typeof parts === 'object' && parts !== null ? parts : null;
  const known = key === null ? undefined : CHECKED.get(key);
  if (known !== undefined) return known;
  const shape = readParts(parts);
  const misfit = shape.ok ? misfitOf(event, shape.value) : null;
  const checked: Checked<TeamParts> = misfit === null ? shape : { ok: false, reason: misfit };
  if (key !== null) CHECKED.set(key, checked);
  return checked;
}

/**
 * Before the fold: whom and what the case names.
 * @returns why the parts were refused; null when they were not
 */
export function applyParts(tx: WriteDb, event: ToldEvent, parts: unknown): string | null {
  const checked = checkedParts(event, parts);
  const { contact, account }: TeamParts = checked.ok ? checked.value : {};
  const told = event.body['tier'];
  if (account !== undefined) saveTeamAccount(tx, account);
  if (contact !== undefined) {
    mergeContact(tx, contact);
    // from before contacts had events of their own
    if (event.type === 'case.attributesChanged' && told === contact.tier && !hasEventsIn(tx, `contact.${contact.contactId}`))
      setContactTier(tx, contact.contactId, contact.tier, contact.tierReason, contact.tierUntil);
  }
  const named = event.body['contactId'];
  if (event.stream.startsWith('case.') && isId('con', named)) ensureContact(tx, named, event.at);
  return checked.ok ? null : checked.reason;
}

/**
 * After the fold: what hangs on the row of the case.
 * @param caseId the local key of the case that the event's stream belongs to now
 * @returns cases that must be folded once more, because of what came to them
 */
export function afterFold(tx: WriteDb, event: ToldEvent, caseId: number, parts: unknown): readonly CaseId[] {
  const place = caseRow(tx, caseId);
  if (place === undefined) return [];
  const checked = checkedParts(event, parts);
  const told: TeamParts = checked.ok ? checked.value : {};
  switch (event.type) {
    case 'case.opened':
      return waitingToMerge(tx, place.uid).flatMap(({ id }) => mergeIntoTold(tx, id));
    case 'case.merged':
      return mergeIntoTold(tx, caseId);
    case 'case.messageReceived':
    case 'case.messageImported':
    case 'case.noteAdded':
      if (told.message === undefined) return [];
      takeMessage(tx, caseId, told.message);
      noteFactsOfMessages(tx, caseId);
      return [];
    case 'case.replyQueued': {
      const { message, outbox, whole } = told;
      if (message === undefined) return [];
      const messageId = takeMessage(tx, caseId, message);
      // half a text is not to be sent
      if (messageId === null || outbox === undefined || whole !== undefined || !answersFor(tx, place.accountId, outbox.accountId))
        return [];
      const isWaiting = caseByUid(tx, place.uid)?.state.queuedReplies.includes(message.messageId) === true;
      const { subject, text } = message;
      const last = lastQueued(tx, { uid: outbox.outboxId, caseUid: place.uid });
      // what was made of it here and waits for the log stands on top of what others say
      const wanted = { laterAt: last?.sendAt ?? null, isNewest: last?.eventId === event.id };
      const thenStatus = STATUSES.find((each) => each === event.body['thenStatus']);
      queueTeamOutbox(tx, outbox, { caseId, messageId, subject, text, at: event.at, isWaiting, thenStatus, ...wanted });
      bindToldKeys(tx, { ...place, id: caseId }, message.keys);
      return [];
    }
    case 'case.messageEdited':
    case 'case.messageRemoved':
    case 'case.replyRead':
      noteLater(tx, event);
      return [];
    case 'case.replySettled': {
      const { outboxId } = event.body;
      if (isId('out', outboxId)) touchOutbox(tx, outboxId);
      return [];
    }
    case 'case.replySent':
    case 'case.replyFailed':
    case 'case.replyCancelled':
    case 'case.deliveryFailed':
      settle(tx, event, caseId, told);
      return [];
    default:
      return [];
  }
}

/** Stores a message, or finds it. Null when it is in another case, which the log was told of first. */
function takeMessage(tx: WriteDb, caseId: number, message: MessagePart): number | null {
  const place = caseRow(tx, caseId);
  const known = placeOfMessage(tx, message.messageId);
  if (place === undefined) return null;
  if (known !== undefined && known.caseId !== caseId) {
    if (known.isConfirmed) return null;
    placeMessage(tx, message.messageId, caseId);
  }
  const { messageId: uid, source, attachments, keys, ...row } = message;
  const { origin, ...rest } = row;
  const id =
    known?.id ??
    insertMessage(tx, { ...rest, uid, caseId, sourceSha: source?.sha256 ?? null, ...(origin === undefined ? {} : { origin }) });
  if (id === null) return null;
  addAttachments(tx, id, attachments);
  if (message.kind !== 'note') bindToldKeys(tx, { ...place, id: caseId }, keys);
  // a group that has a new number is known again by what was said in it since
  if (
    message.kind === 'in' &&
    place.channel === 'telegram' &&
    origin !== undefined &&
    messageIdFor(place.accountId, origin.nativeKey) === uid
  )
    linkToldRef(tx, place.accountId, origin.nativeKey, id);
  return id;
}

/** What became of a message later. Its body was checked when the event was taken. */
function noteLater(tx: WriteDb, { type, body }: ToldEvent): void {
  const { messageId, at, text } = body;
  const message = isId('msg', messageId) ? messageByUid(tx, messageId) : undefined;
  if (message === undefined || typeof at !== 'number') return;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- milliseconds
  const when = at as Instant;
  if (type === 'case.messageRemoved') markGone(tx, message.id);
  else if (type === 'case.replyRead') markReadUpTo(tx, message.uid, when);
  else if (typeof text === 'string') saveEdit(tx, message.id, text, when);
}

/** Where a reply is at its channel; of replies alone, because what a customer wrote is where its own key says. */
function linkRefs(
  tx: WriteDb,
  { accountId, channel }: NonNullable<ReturnType<typeof caseRow>>,
  uid: MessageId,
  refs: readonly string[],
): void {
  const message = channel === 'telegram' && refs.length > 0 ? messageByUid(tx, uid) : undefined;
  if (message?.kind === 'out') for (const ref of refs) linkToldRef(tx, accountId, ref, message.id);
}

function settle(tx: WriteDb, { type, body, at }: ToldEvent, caseId: number, { settling = {} }: TeamParts): void {
  const uid = body['messageId'];
  const known = isId('msg', uid) ? placeOfMessage(tx, uid) : undefined;
  if (known === undefined || known.caseId !== caseId) return;
  const { code = null, detail = '', sentAt, tokenSha, refs = [] } = settling;
  switch (type) {
    case 'case.replySent': {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- bodies of events are checked before they are folded
      settleOutbox(tx, known.id, { state: 'sent', at, sentAt: body['at'] as Instant, code, detail });
      if (sentAt !== undefined) setSentAt(tx, known.id, sentAt);
      const place = caseRow(tx, caseId);
      if (tokenSha !== undefined && place !== undefined) bindToldKeys(tx, { ...place, id: caseId }, [tokenKey(tokenSha)]);
      if (place !== undefined && isId('msg', uid)) linkRefs(tx, place, uid, refs);
      return;
    }
    case 'case.replyFailed': {
      const { reason } = body;
      settleOutbox(tx, known.id, { state: 'failed', at, code: typeof reason === 'string' ? reason : code, detail });
      return;
    }
    case 'case.replyCancelled':
      settleOutbox(tx, known.id, { state: 'cancelled', at });
      return;
    default: {
      const { permanent, recipient, diagnostic } = body;
      if (permanent !== true) return;
      markBounced(tx, known.id, {
        recipient: typeof recipient === 'string' ? recipient : null,
        diagnostic: typeof diagnostic === 'string' ? diagnostic : '',
      });
    }
  }
}

/**
 * The rest of a message whose event had no room for it, when its file has come. Anything else than such a file, and one that no event
 * asked for, is left alone.
 * @returns the case that shows more now; null when nothing came of it
 */
export function completeMessage(tx: WriteDb, file: { readonly sha256: string; readonly bytes: Uint8Array }): CaseId | null {
  if (sha256Hex(file.bytes) !== file.sha256) return null;
  const read = readWholeMessage(new TextDecoder().decode(file.bytes));
  if (read === null || !read.ok) return null;
  const message = read.value;
  let completed: CaseId | null = null;
  // what became of the reply since is told again behind it, so that it is not sent once more
  for (const { stream, data, caseId } of wiresOfMessage(tx, message.messageId)) {
    const event = readWire(data);
    const known = placeOfMessage(tx, message.messageId);
    if (event === null || known === undefined || known.caseId !== caseId) continue;
    const told = { ...event, stream };
    const asked = checkedParts(told, event.parts);
    const parts = asked.ok && asked.value.whole?.sha256 === file.sha256 ? wholeParts(asked.value, message) : null;
    if (parts !== null && misfitOf(told, parts) === null) {
      completeRow(tx, known.id, message);
      afterFold(tx, told, caseId, parts);
      completed = caseRow(tx, caseId)?.uid ?? null;
    } else if (completed !== null) afterFold(tx, told, caseId, event.parts);
  }
  return completed;
}

function wholeParts({ whole: _whole, ...parts }: TeamParts, message: MessagePart): TeamParts {
  return { ...parts, message };
}
