import { caseByUid } from './cases.store.ts';
import { countCasesOfContact, otherCases, rowsOfCases } from './case-list.store.ts';
import { contactByUid } from './contacts.store.ts';
import { accountByUid } from './accounts.store.ts';
import { answerTarget, versionsOf } from './conversations.store.ts';
import { eventsOfCase } from './events.store.ts';
import { mailAnswerOf } from './mail-answers.store.ts';
import type { MailAnswer } from './mail-answers.store.ts';
import { isDropped, toDeliveryRow } from './deliveries.store.ts';
import { attachmentsOfCase, messagesOfCase } from './messages.store.ts';
import type { MessageRow, StoredAttachment } from './messages.store.ts';
import { outboxByUid, outboxOfCase } from './outbox.store.ts';
import type { OutboxEntry } from './outbox.store.ts';
import type { ReadDb } from './sql.ts';
import { toldEvents } from './told-sends.store.ts';
import type { AttachmentRow, CaseDetail, TimelineItem } from '../../../shared/contract/cases.contract.ts';
import { isRiskyAttachment } from '../../../shared/domain/attachments.ts';
import { offerTaken } from '../../../shared/domain/bot/answers.ts';
import type { CaseEvent, CaseEventType } from '../../../shared/domain/case.ts';
import { overtakenFacts } from '../../../shared/domain/intake/overtaken-facts.ts';
import type { CaseId } from '../../../shared/domain/ids.ts';
import type { Party } from '../../../shared/domain/message.ts';
import type { Instant } from '../../../shared/domain/time.ts';
import { outcomeOf } from '../../../shared/domain/team/send-settling.ts';
import type { SettlingOutcome } from '../../../shared/domain/team/send-settling.ts';

/** Events that the messages themselves already show. */
const SHOWN_AS_MESSAGES: ReadonlySet<CaseEventType> = new Set<CaseEventType>([
  'case.opened',
  'case.messageReceived',
  'case.messageImported',
  'case.replyQueued',
  'case.replySent',
  'case.replyFailed',
  'case.replyCancelled',
  'case.deliveryFailed',
  'case.noteAdded',
  'case.messageEdited',
  'case.messageRemoved',
  'case.replyRead',
]);

/** The row that the page shows for an attachment. */
export function toAttachmentRow(attachment: StoredAttachment): AttachmentRow {
  return {
    attachmentId: attachment.uid,
    name: attachment.name,
    type: attachment.type,
    sizeBytes: attachment.sizeBytes,
    inline: attachment.inline,
    risky: isRiskyAttachment(attachment.name, attachment.type),
    embedded: attachment.embedded,
  };
}

/** Everything that happened in a case, oldest first. Replies that were taken back are left out. */
export function timelineOf(db: ReadDb, caseUid: CaseId): TimelineItem[] {
  const saved = caseByUid(db, caseUid);
  if (saved === undefined) return [];
  const outbox = new Map(outboxOfCase(db, saved.id).map((entry) => [entry.messageId, entry]));
  const attachments = byMessage(attachmentsOfCase(db, saved.id));
  const items: TimelineItem[] = [];
  for (const message of messagesOfCase(db, saved.id)) {
    const entry = outbox.get(message.id);
    if (entry?.state === 'cancelled' && !isDropped(db, entry)) continue;
    items.push(message.kind === 'note' ? toNote(message) : toMessageItem(db, message, entry, attachments.get(message.id) ?? []));
  }
  const events = eventsOfCase(db, caseUid);
  const overtaken = overtakenFacts(events);
  for (const event of events) {
    if (SHOWN_AS_MESSAGES.has(event.body.type)) continue;
    const { id, at, actor, body } = event;
    const other = overtaken.get(id);
    items.push({
      kind: 'event',
      id,
      at,
      agentId: actor,
      body,
      ...settlingOf(db, event),
      ...(other === undefined ? {} : { overtaken: other }),
    });
  }
  return withOffers(items.sort((a, b) => a.at - b.at));
}

/** What came of a decision about a reply of unknown fate. */
function settlingOf(db: ReadDb, { body }: CaseEvent): { readonly outcome?: SettlingOutcome } {
  if (body.type !== 'case.replySettled') return {};
  const events = toldEvents(db, body.outboxId);
  // where there is no team it was carried out at once
  return events.length === 0 && outboxByUid(db, body.outboxId)?.state !== 'unknown' ? {} : { outcome: outcomeOf(events, body) };
}

/** What the customer took of what the bot offered: what they wrote next, before anybody else said something. */
function withOffers(items: readonly TimelineItem[]): TimelineItem[] {
  const next = new Map<TimelineItem, string>();
  let offer: TimelineItem | null = null;
  for (const item of items) {
    if (item.kind !== 'message') continue;
    if (item.direction === 'in' && offer !== null) next.set(offer, item.text);
    offer = item.direction === 'out' && item.offered !== undefined ? item : null;
  }
  return items.map((item) => {
    const answer = next.get(item);
    if (item.kind !== 'message' || item.offered === undefined || answer === undefined) return item;
    const taken = offerTaken(
      item.offered.map(({ label }) => label),
      answer,
    );
    return { ...item, offered: item.offered.map(({ label }, index) => ({ label, isTaken: index === taken })) };
  });
}

function offeredBy(entry: OutboxEntry | undefined): {
  readonly offered?: readonly { readonly label: string; readonly isTaken: boolean }[];
} {
  const options = entry?.payload.automatic?.bot?.options ?? [];
  return options.length === 0 ? {} : { offered: options.map((label) => ({ label, isTaken: false })) };
}

/** `Map.groupBy` came with Node 21; the fallback runtime has Node 20. */
function byMessage(attachments: readonly StoredAttachment[]): Map<number | null, StoredAttachment[]> {
  const map = new Map<number | null, StoredAttachment[]>();
  for (const each of attachments) {
    const list = map.get(each.messageId);
    if (list === undefined) map.set(each.messageId, [each]);
    else list.push(each);
  }
  return map;
}

function toNote(message: MessageRow): TimelineItem {
  return { kind: 'note', messageId: message.uid, at: message.sentAt, agentId: message.agent, text: message.text };
}

function toMessageItem(
  db: ReadDb,
  message: MessageRow,
  entry: OutboxEntry | undefined,
  attachments: readonly StoredAttachment[],
): TimelineItem {
  return {
    kind: 'message',
    messageId: message.uid,
    direction: message.kind === 'in' ? 'in' : 'out',
    at: waitsUntil(entry) ?? message.sentAt,
    from: message.from,
    to: message.recipients.to,
    cc: message.recipients.cc,
    agentId: message.agent,
    text: message.text,
    hasHtml: message.hasHtml,
    language: message.language,
    senderOffsetMinutes: message.offsetMinutes,
    auto: message.auto,
    warnings: message.warnings,
    attachments: attachments.map(toAttachmentRow),
    delivery: entry === undefined ? null : toDeliveryRow(db, entry, message.bounced),
    hasSource: message.sourceSha !== null,
    removedOnServer: message.removed,
    origin: message.origin,
    readAt: message.readAt,
    editedAt: message.editedAt,
    versions: message.editedAt === null ? [] : versionsOf(db, message.id),
    ...offeredBy(entry),
  };
}

/** What waits for its time stands where it will be read. */
function waitsUntil(entry: OutboxEntry | undefined): Instant | null {
  return entry !== undefined && (entry.state === 'queued' || entry.state === 'held') ? entry.laterAt : null;
}

/** A case with its customer, for the panes beside the list. Follows merges; null when there is no such case. */
export function detailOf(db: ReadDb, caseUid: CaseId): CaseDetail | null {
  const saved = caseByUid(db, caseUid);
  const row = rowsOfCases(db, [caseUid])[0];
  if (saved === undefined || row === undefined) return null;
  const contact = contactByUid(db, saved.state.contactId);
  const account = accountByUid(db, saved.state.accountId);
  if (contact === undefined) return null;
  const recipients = replyRecipients(messagesOfCase(db, saved.id), contact, account?.address ?? '');
  const removed = account === undefined || account.removedAt !== null;
  return {
    ...row,
    contact: {
      contactId: contact.uid,
      name: contact.name,
      address: contact.address,
      tier: contact.tier,
      tierReason: contact.tierReason,
      tierUntil: contact.tierUntil,
      zone: contact.zone,
      offsetMinutes: contact.offsetMinutes,
      language: contact.language,
      firstSeenAt: contact.firstSeenAt,
      caseCount: countCasesOfContact(db, contact.id),
    },
    openedAt: saved.state.openedAt,
    solvedAt: saved.state.solvedAt,
    ownerId: saved.state.ownerId,
    epoch: saved.state.epoch,
    pendingEvents: pendingEventsOfCase(db, caseUid),
    accountId: saved.state.accountId,
    accountAddress: account?.address ?? '',
    origin: answerTarget(db, saved.id),
    lastInboundAt: saved.state.lastInboundAt,
    noReply: saved.state.noReply ?? null,
    bot: saved.state.bot,
    otherCases: otherCases(db, contact.id, caseUid),
    ...recipients,
    byMail: mailDetail(mailAnswerOf(db, saved.id, saved.state.accountId)),
    canReply: !removed,
    cannotReplyCode: removed ? 'account-removed' : null,
  };
}

function mailDetail(answer: MailAnswer | null): CaseDetail['byMail'] {
  return answer === null ? null : { address: answer.to.address, from: answer.account.address, isVerified: answer.isVerified };
}

/** How many events of a case, and of the streams merged into it, wait for the log. */
function pendingEventsOfCase(db: ReadDb, caseUid: CaseId): number {
  return (
    db.get<{ count: number }>(
      `SELECT count(*) AS count FROM case_streams s JOIN events e ON e.stream = s.stream
       WHERE s.case_uid = @case AND e.sequence IS NULL AND e.void IS NULL`,
      { case: caseUid },
    )?.count ?? 0
  );
}

/** To whom an answer goes: the last customer message's Reply-To, else its sender; to all: everybody but us, once. */
function replyRecipients(
  messages: readonly MessageRow[],
  contact: { readonly address: string; readonly name: string },
  own: string,
): Pick<CaseDetail, 'replyTo' | 'replyAllTo' | 'replyAllCc'> {
  const last = messages.findLast((message) => message.kind === 'in' && message.auto !== 'bounce');
  const sender =
    last === undefined
      ? [{ address: contact.address, name: contact.name }]
      : last.recipients.replyTo.length > 0
        ? last.recipients.replyTo
        : [last.from];
  const seen = new Set<string>([own.toLowerCase()]);
  const unique = (parties: readonly Party[]): Party[] =>
    parties.filter((party) => {
      const address = party.address.toLowerCase();
      // Our own plus-addresses are us, too.
      if (address === '' || seen.has(address) || isOwnPlusAddress(address, own)) return false;
      seen.add(address);
      return true;
    });
  const replyTo = unique(sender);
  return { replyTo, replyAllTo: [...replyTo, ...unique(last?.recipients.to ?? [])], replyAllCc: unique(last?.recipients.cc ?? []) };
}

/** `support+anything@team.example` is the mailbox `support@team.example`. */
function isOwnPlusAddress(address: string, own: string): boolean {
  const at = own.lastIndexOf('@');
  return at > 0 && address.startsWith(`${own.slice(0, at).toLowerCase()}+`) && address.endsWith(own.slice(at).toLowerCase());
}
