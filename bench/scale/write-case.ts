import type { CaseLife, Step, Team } from './case-life.ts';
import { messageIdFor } from '../../src/main/engine/identity.ts';
import type { IdSource } from '../../src/main/engine/identity.ts';
import { noteMessageFacts, readUntil } from '../../src/main/engine/store/cases.store.ts';
import { setContactTier } from '../../src/main/engine/store/contacts.store.ts';
import { saveDraft } from '../../src/main/engine/store/drafts.store.ts';
import { insertMessage, insertSourceAttachments } from '../../src/main/engine/store/messages.store.ts';
import { changeOutbox, insertOutbox } from '../../src/main/engine/store/outbox.store.ts';
import { linkRemoteRef } from '../../src/main/engine/store/remote-refs.store.ts';
import type { WriteDb } from '../../src/main/engine/store/sql.ts';
import { bindKeys } from '../../src/main/engine/store/threads.store.ts';
import type { Authorship, CaseLedger } from '../../src/main/engine/usecases/case-ledger.ts';
import { ingestEventId } from '../../src/main/engine/usecases/ingest-ids.ts';
import { meetContact } from '../../src/main/engine/usecases/meet-contact.ts';
import type { CaseEventBody } from '../../src/shared/domain/case.ts';

import { makeId } from '../../src/shared/domain/ids.ts';
import type { AgentId, ContactId, EventId } from '../../src/shared/domain/ids.ts';
import { replySubject } from '../../src/shared/domain/mail-headers.ts';
import type { Instant } from '../../src/shared/domain/time.ts';

export interface WriteDeps {
  readonly ledger: CaseLedger;
  readonly ids: IdSource;
  readonly team: Team;
  /** Customers who have been met: their tier is known. */
  readonly met: Set<ContactId>;
}

/** One event with who tells it and when. */
interface Told {
  readonly at: Instant;
  readonly actor: AgentId | null;
  readonly body: CaseEventBody;
  /** What a channel brings has an id that follows from it. */
  readonly isDerived: boolean;
}

/**
 * Writes a whole case as the app would have, by the app's own stores and its own ledger, with two appends for all of its events. What is
 * saved is time alone: the case is projected twice and not once an event. `checkWorkspace` holds the rows against those of an ingest.
 */
export function writeCase(tx: WriteDb, deps: WriteDeps, life: CaseLife): void {
  const { caseId, steps } = life;
  const stream = `case.${caseId}`;
  const told: Told[] = [];
  let contactId: ContactId | null = null;
  for (const step of steps) {
    if (step.kind === 'arrival') {
      const met = meetContact(tx, step.message, step.at);
      if (contactId === null) {
        contactId = met;
        if (!deps.met.has(met)) setContactTier(tx, met, life.tier, '', null);
        deps.met.add(met);
        told.push({ at: step.at, actor: null, isDerived: true, body: openedBody(life, step, met) });
      }
      told.push({ at: step.at, actor: null, isDerived: true, body: arrivedBody(life, step, met) });
    } else told.push(...toldOf(step));
  }
  const bodies = told.map(({ body }) => body);
  const authors = authorsInTurn(stream, told);
  // what a case asks of people follows from its language, which is known as soon as its first message is
  const { id } = deps.ledger.append(tx, caseId, bodies.slice(0, 2), authors);
  if (noteMessageFacts(tx, id, { language: life.language, hasAttachments: hasFiles(steps), isNewestInbound: true }))
    deps.ledger.noteLanguage(tx, id);
  if (bodies.length > 2) deps.ledger.append(tx, caseId, bodies.slice(2), authors);
  for (const step of steps) writeMessage(tx, deps, life, id, step);
  finishCase(tx, life, id);
}

/** What belongs to this desk alone: what was read, and a draft. */
export function finishCase(tx: WriteDb, life: CaseLife, id: number): void {
  const last = life.steps.findLast((step) => step.kind === 'arrival' && step.message.direction === 'in');
  if (last !== undefined && life.isRead) readUntil(tx, id, last.at);
  if (life.draft === null || last === undefined) return;
  saveDraft(tx, {
    uid: makeId('drf', `b${id}`),
    caseUid: life.caseId,
    kind: 'reply',
    text: life.draft,
    to: [life.customer],
    cc: [],
    savedAt: last.at,
  });
}

function hasFiles(steps: readonly Step[]): boolean {
  return steps.some((step) => step.kind === 'arrival' && step.message.attachments.length > 0);
}

/** Asked anew for every event: one append tells what several people did at several times. */
function authorsInTurn(stream: string, told: readonly Told[]): Authorship {
  let place = -1;
  return {
    get actor() {
      return told[Math.max(0, place)]?.actor ?? null;
    },
    get at() {
      const at = told[Math.max(0, place)]?.at;
      if (at === undefined) throw new RangeError('more events than were told');
      return at;
    },
    eventId: (type, body): EventId | null => {
      place += 1;
      return told[place]?.isDerived === true ? ingestEventId(stream, { ...body, type }) : null;
    },
  };
}

function openedBody(life: CaseLife, { message }: Extract<Step, { kind: 'arrival' }>, contactId: ContactId): CaseEventBody {
  const { channel, subject, language } = message;
  return { type: 'case.opened', channel, accountId: life.account.uid, contactId, subject, tier: life.tier, language };
}

function arrivedBody({ account }: CaseLife, { at, message }: Extract<Step, { kind: 'arrival' }>, contactId: ContactId): CaseEventBody {
  const { auto, preview, subject, direction, nativeKey } = message;
  const type = direction === 'in' ? 'case.messageReceived' : 'case.messageImported';
  return { type, messageId: messageIdFor(account.uid, nativeKey), contactId, at, auto, preview, subject };
}

/** The events of what people do. */
export function toldOf(step: Exclude<Step, { kind: 'arrival' }>): readonly Told[] {
  if (step.kind === 'act') return [{ at: step.at, actor: step.actor, body: step.body, isDerived: false }];
  const { agent: actor, messageId, at } = step;
  if (step.kind === 'note') return [{ at, actor, isDerived: false, body: { type: 'case.noteAdded', messageId } }];
  const preview = step.text.trim().replaceAll(/\s+/gu, ' ').slice(0, 200);
  return [
    { at, actor, isDerived: false, body: { type: 'case.replyQueued', messageId, outboxId: step.outboxId, preview } },
    ...(step.isClaim ? [{ at, actor, isDerived: false, body: { type: 'case.claimed', agentId: actor } } as const] : []),
    { at: step.sentAt, actor, isDerived: false, body: { type: 'case.replySent', messageId, at: step.sentAt } },
  ];
}

/** The rows of a message beside its events. */
export function writeMessage(tx: WriteDb, deps: WriteDeps, life: CaseLife, caseId: number, step: Step): void {
  if (step.kind === 'arrival') writeArrival(tx, life, caseId, step);
  else if (step.kind !== 'act') writeOwn(tx, deps, life, caseId, step);
}

function writeArrival(tx: WriteDb, life: CaseLife, caseId: number, { message, ref }: Extract<Step, { kind: 'arrival' }>): void {
  const { account, caseId: caseUid } = life;
  const uid = messageIdFor(account.uid, message.nativeKey);
  const { ownKey } = message.thread;
  if (ownKey !== null) bindKeys(tx, account.uid, [ownKey], caseUid);
  const key = insertMessage(tx, {
    uid,
    caseId,
    kind: message.direction,
    sentAt: message.receivedAt,
    receivedAt: message.receivedAt,
    agent: null,
    language: message.language,
    offsetMinutes: message.senderOffsetMinutes,
    auto: message.auto,
    ownKey,
    sourceSha: null,
    hasHtml: false,
    warnings: message.warnings,
    from: message.from,
    recipients: { to: message.to, cc: message.cc, replyTo: message.replyTo },
    subject: message.subject,
    text: message.text,
    ...(message.origin === undefined ? {} : { origin: message.origin }),
  });
  if (key === null) throw new Error(`message ${uid} is there already`);
  linkRemoteRef(tx, account.uid, ref, key);
  insertSourceAttachments(tx, uid, key, message.attachments);
}

/** A reply that was written with Meridian, or a note. The outbox has what was written at this desk. */
function writeOwn(tx: WriteDb, deps: WriteDeps, life: CaseLife, caseId: number, step: Extract<Step, { kind: 'reply' | 'note' }>): void {
  const { account, customer } = life;
  const isReply = step.kind === 'reply';
  const subject = isReply ? replySubject(life.subject) : '';
  const name = deps.team.agents.find(({ agentId }) => agentId === step.agent)?.name ?? '';
  const messageId = insertMessage(tx, {
    uid: step.messageId,
    caseId,
    kind: isReply ? 'out' : 'note',
    sentAt: step.at,
    receivedAt: step.at,
    agent: step.agent,
    language: null,
    offsetMinutes: null,
    auto: 'none',
    ownKey: isReply ? step.clientKey : null,
    sourceSha: null,
    hasHtml: false,
    warnings: [],
    from: { address: isReply ? account.address : '', name },
    recipients: { to: isReply ? [customer] : [], cc: [], replyTo: [] },
    subject,
    text: step.text,
  });
  if (messageId === null) throw new Error(`message ${step.messageId} is there already`);
  if (!isReply) return;
  bindKeys(tx, account.uid, [step.clientKey], life.caseId);
  if (step.agent !== deps.team.me) return;
  insertOutbox(tx, {
    uid: step.outboxId,
    caseId,
    messageId,
    account: account.uid,
    clientKey: `<${step.clientKey}>`,
    sendAt: step.sentAt,
    writtenAt: step.at,
    seen: { lastInboundId: null, lastOutboundId: null, epoch: 0, status: 'open' },
    payload: { subject, to: [customer], cc: [], text: step.text, parentKeys: [], threadToken: null },
  });
  changeOutbox(tx, step.outboxId, { state: 'sent', at: step.sentAt, sentAt: step.sentAt });
}
