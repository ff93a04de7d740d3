import { tokenSha } from './token-keys.ts';
import { sha256Hex } from '../identity.ts';
import { accountByUid } from '../store/accounts.store.ts';
import { caseByUid, currentCaseUid } from '../store/cases.store.ts';
import { contactByUid } from '../store/contacts.store.ts';
import { attachmentsOfMessage, messageByUid } from '../store/messages.store.ts';
import { outboxByUid } from '../store/outbox.store.ts';
import type { OutboxEntry } from '../store/outbox.store.ts';
import { refsOfMessage } from '../store/remote-refs.store.ts';
import type { ReadDb } from '../store/sql.ts';
import { contactSeenAt, outboxRowOf, receivedAtOf, strangeKeys } from '../store/team-rows.store.ts';
import {
  MOST_REFS,
  LONGEST_ADDRESS,
  LONGEST_NAME,
  MOST_ATTACHMENTS,
  MOST_KEYS,
  MOST_PARTIES,
  writeWholeMessage,
} from '../../../shared/contract/team-parts.ts';
import type {
  AccountPart,
  AttachmentPart,
  ContactPart,
  MessagePart,
  OutboxPart,
  SettlingPart,
  TeamParts,
} from '../../../shared/contract/team-parts.ts';
import { isId } from '../../../shared/domain/ids.ts';
import type { AccountId, CaseId, ContactId, IdKinds, MessageId } from '../../../shared/domain/ids.ts';
import { THREAD_HOLD_REASONS } from '../../../shared/domain/outbox.ts';
import type { Party } from '../../../shared/domain/message.ts';

/** An event of which the parts are wanted. */
export interface EventToSend {
  readonly stream: string;
  readonly type: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Parts as they travel, and the file that holds what did not fit. */
export interface MadeParts {
  readonly parts: TeamParts;
  /** The whole message, where it does not fit into the event: must be among the team's files before the event is sent. */
  readonly file: { readonly sha256: string; readonly bytes: Uint8Array } | null;
}

/** How large a stored file is; null when it is not here. */
export type SizeOf = (sha256: string) => number | null;

/** An event fits into 64 KiB with everything around it; this much is left for its body and its parts. */
const ROOM_BYTES = 58 * 1024;

/** What must travel with an event, as the tables have it now; null when nothing must. */
export function makeParts(db: ReadDb, event: EventToSend, sizeOf: SizeOf): MadeParts | null {
  const wanted = wantedParts(db, event, sizeOf);
  if (wanted === null || Object.keys(wanted).length === 0) return null;
  const parts: TeamParts = wanted.message === undefined ? wanted : { ...wanted, isGuarded: true };
  return fitted(parts, ROOM_BYTES - bytesOf(event.body));
}

function wantedParts(db: ReadDb, { stream, type, body }: EventToSend, sizeOf: SizeOf): TeamParts | null {
  const of = <Kind extends keyof IdKinds>(prefix: Kind, name: string): IdKinds[Kind] | null => {
    const value = body[name];
    return isId(prefix, value) ? value : null;
  };
  const contact = (uid: ContactId | null): Pick<TeamParts, 'contact'> => optional('contact', uid === null ? null : contactPart(db, uid));
  const messageId = of('msg', 'messageId');
  if (stream.startsWith('contact.')) return contact(of('con', 'contactId'));
  if (!stream.startsWith('case.')) return null;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- streams of cases end with the id of one
  const caseUid = currentCaseUid(db, stream.slice('case.'.length) as CaseId);
  const message = (): Pick<TeamParts, 'message'> => optional('message', messageId === null ? null : messagePart(db, messageId, sizeOf));
  switch (type) {
    case 'case.opened':
      return { ...contact(of('con', 'contactId')), ...optional('account', accountPart(db, of('acc', 'accountId'))) };
    case 'case.messageReceived':
    case 'case.messageImported':
      return { ...contact(of('con', 'contactId')), ...message() };
    case 'case.noteAdded':
      return message();
    case 'case.replyQueued':
      return { ...message(), ...optional('outbox', outboxPart(db, of('out', 'outboxId'))) };
    case 'case.replySent':
    case 'case.replyFailed':
      return optional('settling', messageId === null ? null : settlingPart(db, messageId));
    case 'case.attributesChanged':
      return body['tier'] === undefined ? null : contact(caseByUid(db, caseUid)?.state.contactId ?? null);
    default:
      return null;
  }
}

function optional<Name extends keyof TeamParts>(name: Name, part: TeamParts[Name] | null): Pick<TeamParts, Name> | Record<string, never> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- an object with this one key
  return part === null || part === undefined ? {} : ({ [name]: part } as unknown as Pick<TeamParts, Name>);
}

export function contactPart(db: ReadDb, uid: ContactId): ContactPart | null {
  const row = contactByUid(db, uid);
  if (row === undefined) return null;
  const { address, name, firstSeenAt, offsetMinutes, language, tier, tierReason, tierUntil, zone } = row;
  return {
    contactId: uid,
    address,
    name: name.slice(0, LONGEST_NAME),
    firstSeenAt,
    seenAt: contactSeenAt(db, uid),
    offsetMinutes,
    language,
    tier,
    tierReason: tierReason.slice(0, 1_000),
    tierUntil,
    zone,
  };
}

export function accountPart(db: ReadDb, uid: AccountId | null): AccountPart | null {
  const account = uid === null ? undefined : accountByUid(db, uid);
  if (account === undefined) return null;
  const { kind, address, name, createdAt } = account;
  return { accountId: account.uid, kind, address, name: name.slice(0, LONGEST_NAME), createdAt };
}

function partyPart({ address, name }: Party): Party {
  return { address: address.slice(0, LONGEST_ADDRESS), name: name.slice(0, LONGEST_NAME) };
}

function partiesPart(parties: readonly Party[]): readonly Party[] {
  return parties.slice(0, MOST_PARTIES).map(partyPart);
}

function messagePart(db: ReadDb, uid: MessageId, sizeOf: SizeOf): MessagePart | null {
  const row = messageByUid(db, uid);
  if (row === undefined) return null;
  const {
    kind,
    sentAt,
    agent,
    language,
    offsetMinutes,
    auto,
    ownKey,
    sourceSha,
    hasHtml,
    warnings,
    from,
    recipients,
    subject,
    text,
    origin,
  } = row;
  const accountId = caseByUid(db, row.caseUid)?.state.accountId;
  const strange = accountId === undefined || kind === 'note' ? [] : strangeKeys(db, accountId, row.caseUid, MOST_KEYS - 1);
  return {
    messageId: uid,
    kind,
    sentAt,
    receivedAt: receivedAtOf(db, row.id),
    agent,
    language,
    offsetMinutes,
    auto,
    ownKey,
    source: sourceSha === null ? null : { sha256: sourceSha, sizeBytes: sizeOf(sourceSha) },
    hasHtml,
    warnings: warnings.slice(0, 50),
    from: partyPart(from),
    recipients: { to: partiesPart(recipients.to), cc: partiesPart(recipients.cc), replyTo: partiesPart(recipients.replyTo) },
    subject: subject.slice(0, 100_000),
    text,
    ...(origin === null ? {} : { origin }),
    keys: [...(ownKey === null ? [] : [ownKey]), ...strange.filter((key) => key !== ownKey && !key.startsWith('token '))],
    attachments: attachmentsOfMessage(db, row.id)
      .slice(0, MOST_ATTACHMENTS)
      .map((each): AttachmentPart => ({
        attachmentId: each.uid,
        position: each.position,
        inline: each.inline,
        sizeBytes: each.sizeBytes,
        sha256: each.sha256,
        inSource: each.inSource,
        contentId: each.contentId?.slice(0, 1_000) ?? null,
        embedded: each.embedded === null ? null : shortened(each.embedded),
        type: each.type.slice(0, 300),
        name: each.name.slice(0, 1_000),
      })),
  };
}

function shortened({ subject, from, summary }: NonNullable<AttachmentPart['embedded']>): AttachmentPart['embedded'] {
  return { subject: subject.slice(0, 4_000), from: from.slice(0, 4_000), summary: summary.slice(0, 4_000) };
}

function outboxPart(db: ReadDb, uid: IdKinds['out'] | null): OutboxPart | null {
  const entry = uid === null ? undefined : outboxByUid(db, uid);
  if (entry === undefined) return null;
  const { to, cc, parentKeys, automatic, allowed } = entry.payload;
  // what a thread began with, and what came last: more of it no mail program needs (RFC 5322, 3.6.4)
  const keys = parentKeys.length <= 100 ? parentKeys : [...parentKeys.slice(0, 1), ...parentKeys.slice(-99)];
  return {
    outboxId: entry.uid,
    accountId: entry.account,
    clientKey: entry.clientKey,
    sendAt: entry.sendAt,
    writtenAt: entry.writtenAt,
    state: stateToTell(entry),
    holdReason: entry.state === 'held' ? (THREAD_HOLD_REASONS.find((each) => each === entry.holdReason) ?? null) : null,
    ...laterToTell(entry),
    to,
    cc,
    parentKeys: keys,
    seen: entry.seen,
    ...(automatic === undefined ? {} : { automatic }),
    ...(allowed === undefined ? {} : { allowed }),
  };
}

function laterToTell({ state, laterAt, holdReason }: OutboxEntry): Pick<OutboxPart, 'later'> {
  if (laterAt === null) return {};
  const isHeld = state === 'held';
  return { later: { at: laterAt, isHeld, holdReason: isHeld ? holdReason : null } };
}

/** What was handed over may have arrived: whoever holds the channel next must look for it, and not send it again. */
function stateToTell({ state, handedOver, laterAt }: Pick<OutboxEntry, 'state' | 'handedOver' | 'laterAt'>): OutboxPart['state'] {
  if (state === 'queued' && laterAt !== null) return 'held';
  if (state === 'cancelled' || state === 'held' || state === 'unknown') return state;
  return state === 'sending' && handedOver ? 'unknown' : 'queued';
}

function settlingPart(db: ReadDb, uid: MessageId): SettlingPart | null {
  const message = messageByUid(db, uid);
  const row = message === undefined ? undefined : outboxRowOf(db, message.id);
  if (message === undefined || row === undefined) return null;
  const { threadToken } = row.payload;
  const refs = caseByUid(db, message.caseUid)?.state.channel === 'telegram' ? refsOfMessage(db, message.id, MOST_REFS) : [];
  return {
    sentAt: message.sentAt,
    code: row.code,
    detail: row.detail.slice(0, 4_000),
    ...(threadToken === null ? {} : { tokenSha: tokenSha(threadToken) }),
    ...(refs.length === 0 ? {} : { refs }),
  };
}

function bytesOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}

/** Cuts a message down to its beginning when it does not fit, and makes a file of the whole. */
function fitted(parts: TeamParts, room: number): MadeParts {
  const { message } = parts;
  if (message === undefined || bytesOf(parts) <= room) return { parts, file: null };
  const bytes = new TextEncoder().encode(writeWholeMessage(message));
  const whole = { sha256: sha256Hex(bytes), sizeBytes: bytes.length };
  for (const most of [50, 10, 0]) {
    const { to, cc, replyTo } = message.recipients;
    const short: MessagePart = {
      ...message,
      recipients: { to: to.slice(0, most), cc: cc.slice(0, most), replyTo: replyTo.slice(0, most) },
      subject: most === 0 ? message.subject.slice(0, 1_000) : message.subject,
      keys: message.keys.slice(0, most + 1),
      attachments: message.attachments.slice(0, most),
      text: '',
    };
    const left = room - bytesOf({ ...parts, message: short, whole });
    if (left < 1_000 && most > 0) continue;
    return {
      parts: { ...parts, message: { ...short, text: beginning(message.text, Math.max(0, left)) }, whole },
      file: { sha256: whole.sha256, bytes },
    };
  }
  return { parts, file: null };
}

/** As much of a text as fits into so many bytes of JSON, ending with a whole character. */
function beginning(text: string, room: number): string {
  let low = 0;
  let high = Math.min(text.length, room);
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (bytesOf(text.slice(0, middle)) - 2 <= room) low = middle;
    else high = middle - 1;
  }
  const end = text.charCodeAt(low - 1);
  return text.slice(0, end >= 0xd8_00 && end <= 0xdb_ff ? low - 1 : low);
}
