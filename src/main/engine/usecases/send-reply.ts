import { CommandFailure, once, requireMe } from './context.ts';
import type { UseCaseContext } from './context.ts';
import { confirmedEpoch } from './case-ownership.ts';
import { replyKey } from './client-keys.ts';
import { applyMacroSteps } from './apply-action.ts';
import { afterAct } from './handoff-acts.ts';
import { askedBy } from './intake.ts';
import { tellStandingOffer } from './handoff-promises.ts';
import { mailAnswerOf } from '../store/mail-answers.store.ts';
import type { MailAnswer } from '../store/mail-answers.store.ts';
import { promiseMade, promisesTakenBack } from './promise-commands.ts';
import { MAX_ATTACHMENTS_BYTES } from './write-draft.ts';
import { guardedReply } from './outbound-guard.ts';
import type { ReplyGuard } from './outbound-guard.ts';
import { messageIdFor } from '../identity.ts';
import { answerTarget } from '../store/conversations.store.ts';
import { accountByUid } from '../store/accounts.store.ts';
import type { StoredAccount } from '../store/accounts.store.ts';
import { caseByUid, currentCaseUid, setRead } from '../store/cases.store.ts';
import { deleteDraft, draftByUid, draftOfCase, saveDraft } from '../store/drafts.store.ts';
import { attachmentsOfDraft, insertMessage, messagesOfCase, moveAttachments } from '../store/messages.store.ts';
import { changeOutbox, insertOutbox, noticeOwnChange, outboxByUid } from '../store/outbox.store.ts';
import { membership } from '../store/membership.store.ts';
import { toldSend } from '../store/told-sends.store.ts';
import { readSettings } from '../store/settings.store.ts';
import type { ReadDb, WriteDb } from '../store/sql.ts';
import { bareKey, bindKeys } from '../store/threads.store.ts';
import type { Input } from '../../../shared/contract/contract.ts';
import type { CallError } from '../../../shared/contract/define.ts';
import type { CaseEventBody, CaseState, Status } from '../../../shared/domain/case.ts';
import { mailSubject } from '../../../shared/domain/chat/mail-answer.ts';
import { makeId } from '../../../shared/domain/ids.ts';
import type { AgentId, CaseId, DraftId, MessageId, OperationId, OutboxId } from '../../../shared/domain/ids.ts';
import { capabilitiesFor } from '../../../shared/domain/channel/capabilities.ts';
import { outboundProblems } from '../../../shared/domain/channel/outbound-limits.ts';
import type { OutgoingShape } from '../../../shared/domain/channel/outbound-limits.ts';
import { gapsIn } from '../../../shared/domain/macro/fill-macro.ts';
import type { MacroAction } from '../../../shared/domain/macro/macro.ts';
import type { Channel, Party } from '../../../shared/domain/message.ts';
import type { ThreadGlance } from '../../../shared/domain/outbox.ts';
import { replySubject } from '../../../shared/domain/mail-headers.ts';
import { sendTimeProblem } from '../../../shared/domain/send-later/send-later.ts';
import type { Result } from '../../../shared/domain/result.ts';
import { after, SECOND_MS } from '../../../shared/domain/time.ts';
import type { Instant } from '../../../shared/domain/time.ts';

export interface ReplyDeps extends UseCaseContext {
  /** Signs the thread token for the plus-address; null where the account does without. */
  readonly signToken: (account: StoredAccount, caseUid: CaseId) => string | null;
  readonly guard?: ReplyGuard;
}

/**
 * Queues a draft as a reply: message, outbox row, case events and the end of the draft in one transaction. It leaves after
 * the undo time. The Message-ID is chosen here and never again, so that every later attempt is the same message.
 */
export function sendReply(deps: ReplyDeps, input: QueuedReply & { readonly opId: OperationId }): Result<Queued, CallError> {
  return once(deps, input.opId, 'cases.reply', (tx) => {
    const value = queueReply(deps, tx, input);
    // what a macro does comes with its words; undoing the operation takes it back, and leaves the reply to `outbox.cancel`
    const undone = applyMacroSteps(deps, tx, [input.caseId], input.actions ?? []);
    return { value, ...(undone.undoable ? { inverse: undone.inverse } : {}) };
  });
}

export interface QueuedReply {
  readonly caseId: CaseId;
  readonly draftId: DraftId;
  /** What the case becomes: at once, or of what leaves later when it has left. */
  readonly thenStatus: Status | null;
  /** When it is to leave; left out: after the time to take it back. */
  readonly sendAt?: Instant | undefined;
  /** What the text promises. */
  readonly promises?: Input<'cases.reply'>['promises'];
  readonly overrideReason?: string | undefined;
  readonly actions?: readonly MacroAction[] | undefined;
}

interface Queued {
  readonly outboxId: OutboxId;
  readonly messageId: MessageId;
  readonly sendAt: Instant;
}

/** The same within a transaction, without the actions. Throws a CommandFailure for what can not be sent. */
export function queueReply(deps: ReplyDeps, tx: WriteDb, input: QueuedReply): Queued {
  const agent = requireMe(tx);
  const caseUid = currentCaseUid(tx, input.caseId);
  const saved = caseByUid(tx, caseUid);
  const draft = draftByUid(tx, input.draftId);
  if (saved === undefined || draft === undefined) throw new CommandFailure('not-found', 'case or draft');
  const caseAccount = accountByUid(tx, saved.state.accountId);
  if (caseAccount === undefined || caseAccount.removedAt !== null) throw new CommandFailure('account-removed');
  const byMail = mailAnswerOf(tx, saved.id, caseAccount.uid);
  const account = byMail?.account ?? caseAccount;
  const attachments = attachmentsOfDraft(tx, draft.uid);
  refuseIncomplete(draft, attachments);
  const { overrideReason } = input;
  const now = deps.clock.now();
  const laterAt = input.sendAt ?? null;
  refuseTime(laterAt, deps.ledger.trueTime());
  const { text, allowed } = guardedReply(deps, tx, { text: draft.text, caseUid, author: agent.agentId, overrideReason });
  obeyChannel(tx, saved, { text, attachments, now: laterAt ?? now });

  const outboxId = deps.ids.next('out');
  const clientKey = replyKey(outboxId, account);
  const messageUid = messageIdFor(account.uid, clientKey);
  const sendAt = laterAt ?? after(now, undoMs(tx, byMail === null ? saved.state.channel : 'email'));
  const subject = subjectOf(saved.state.subject, byMail);
  // a form is answered at the address that it names, whatever a draft says
  const { to, cc } = byMail === null ? draft : { to: [byMail.to], cc: [] };
  const preview = text.trim().replaceAll(/\s+/gu, ' ').slice(0, 200);

  const { atOnce, afterwards } = statusesOf(input);
  const planned = laterAt === null ? {} : { sendAt: laterAt, ...afterwards };
  const bodies: CaseEventBody[] = [
    { type: 'case.replyQueued', messageId: messageUid, outboxId, preview, ...planned },
    ...withReply(atOnce, saved.state, agent.agentId),
  ];
  for (const draft of input.promises ?? []) {
    const making = { promiseId: deps.ids.next('prm'), toldAt: sendAt, pastCode: 'promise-in-the-past' };
    bodies.push(promiseMade(draft, messageUid, making));
  }
  bodies.push(...askedBy(tx, text, messageUid));
  const { id: caseId, state } = deps.ledger.append(tx, caseUid, bodies, { actor: agent.agentId });

  const epoch = confirmedEpoch(deps.ledger, tx, caseUid);
  noticeOwnChange(tx, caseId, { ...state, epoch }, agent.agentId);
  afterAct(deps.ledger, tx, { id: caseId, uid: caseUid, state }, agent.agentId);
  tellStandingOffer(deps, tx, caseUid, agent.agentId);
  const messageId = insertMessage(tx, {
    uid: messageUid,
    caseId,
    kind: 'out',
    sentAt: now,
    receivedAt: now,
    agent: agent.agentId,
    language: null,
    offsetMinutes: null,
    auto: 'none',
    ownKey: bareKey(clientKey),
    sourceSha: null,
    hasHtml: false,
    warnings: [],
    from: { address: account.address, name: agent.name },
    // Whoever answers is compared with these; the mail itself is addressed as it was typed.
    recipients: { to: to.map(lowerCased), cc: cc.map(lowerCased), replyTo: [] },
    subject,
    text,
  });
  if (messageId === null) throw new Error('the reply is already there');
  moveAttachments(tx, { fromDraft: draft.uid, toMessage: messageId });
  insertOutbox(tx, {
    uid: outboxId,
    caseId,
    messageId,
    account: account.uid,
    clientKey,
    sendAt,
    laterAt,
    writtenAt: now,
    seen: { ...glance(state), epoch },
    payload: {
      subject,
      to,
      cc,
      text,
      ...afterwards,
      ...(allowed.length === 0 ? {} : { allowed }),
      parentKeys: parentKeys(tx, caseId, messageUid, byMail?.account.address ?? null),
      threadToken: deps.signToken(account, caseUid),
    },
  });
  // The customer's answer will name this id: bind it before anybody can answer.
  bindKeys(tx, account.uid, [bareKey(clientKey)], caseUid);
  setRead(tx, caseUid, true);
  deleteDraft(tx, draft.uid);
  return { outboxId, messageId: messageUid, sendAt };
}

/** How long a reply can be taken back, in milliseconds. What is said in a chat is read at once, or overtaken by what the customer says next. */
function undoMs(db: ReadDb, channel: Channel): number {
  const { undoChatSeconds, undoSendSeconds } = readSettings(db);
  return (channel === 'chat' ? undoChatSeconds : undoSendSeconds) * SECOND_MS;
}

/** What the case becomes at once, and what when the reply has left: of what leaves later nothing becomes of it before. */
function statusesOf({ thenStatus, sendAt }: QueuedReply): {
  readonly atOnce: Status | null;
  readonly afterwards: { readonly thenStatus?: Status };
} {
  if (sendAt === undefined) return { atOnce: thenStatus, afterwards: {} };
  return { atOnce: null, afterwards: thenStatus === null ? {} : { thenStatus } };
}

/** What a reply does to its case at once. Answering an unowned case takes it: somebody must be there when the customer writes back. */
function withReply(thenStatus: Status | null, { assigneeId, status }: CaseState, agentId: AgentId): readonly CaseEventBody[] {
  return [
    ...(assigneeId === null ? [{ type: 'case.claimed', agentId } as const] : []),
    ...(thenStatus !== null && thenStatus !== status ? [{ type: 'case.statusChanged', to: thenStatus } as const] : []),
  ];
}

/** Throws a CommandFailure for a draft that is no reply yet, or too much of one. */
function refuseIncomplete(
  draft: { readonly text: string; readonly to: readonly Party[] },
  attachments: readonly { readonly sizeBytes: number }[],
): void {
  if (draft.text.trim() === '' && attachments.length === 0) throw new CommandFailure('empty');
  if (draft.to.length === 0) throw new CommandFailure('no-recipient');
  if (attachments.reduce((sum, each) => sum + each.sizeBytes, 0) > MAX_ATTACHMENTS_BYTES) throw new CommandFailure('too-large');
}

/** Throws a CommandFailure for a time at which nothing can be sent. */
export function refuseTime(at: Instant | null, now: Instant): void {
  const problem = at === null ? null : sendTimeProblem(at, now);
  if (problem !== null) throw new CommandFailure(problem, `${at} at ${now}`);
}

/** Refuses what is not whole yet, and what the channel would refuse when it is to leave, while the text is still a draft. */
export function obeyChannel(
  db: ReadDb,
  { id, state }: { readonly id: number; readonly state: CaseState },
  shape: Pick<OutgoingShape, 'text' | 'attachments' | 'now'>,
): void {
  const [gap] = gapsIn(shape.text);
  if (gap !== undefined) throw new CommandFailure('macro-gap', gap);
  const origin = answerTarget(db, id);
  const { lastInboundAt } = state;
  const [problem] = outboundProblems(capabilitiesFor(state.channel, origin), {
    ...shape,
    lastInboundAt,
    isSummoned: origin?.isSummon ?? null,
  });
  if (problem !== undefined) throw new CommandFailure(problem.code, `${problem.actual} of ${problem.limit}`);
}

function subjectOf(subject: string, byMail: MailAnswer | null): string {
  return byMail === null || byMail.form === null ? replySubject(subject) : mailSubject(byMail.form.locale, byMail.form.site);
}

function lowerCased(party: Party): Party {
  return { address: party.address.toLowerCase(), name: party.name };
}

/** What the writer of a reply has seen of the thread; compared again before it is sent. */
export function glance(state: CaseState): ThreadGlance {
  return { lastInboundId: state.lastInboundId, lastOutboundId: state.lastOutboundId, epoch: state.epoch, status: state.status };
}

/** Message ids of the thread, oldest first, for References. A person answers the customer, not what a machine of ours said. */
function parentKeys(db: ReadDb, caseId: number, except: MessageId, mailbox: string | null): string[] {
  return messagesOfCase(db, caseId).flatMap((message) => {
    // what stood on a page alone is no mail that another one could name
    const isMail = mailbox === null || message.from.address === mailbox;
    const isOfThread = message.kind === 'in' || (message.kind === 'out' && message.auto === 'none' && isMail);
    return message.ownKey !== null && isOfThread && message.uid !== except ? [`<${message.ownKey}>`] : [];
  });
}

/** Takes a reply back that has not left: its text becomes the draft again, in front of anything written since. */
export function cancelReply(
  deps: UseCaseContext,
  input: { readonly opId: OperationId; readonly outboxId: OutboxId },
): Result<{ readonly draftId: DraftId }, CallError> {
  return once(deps, input.opId, 'outbox.cancel', (tx) => ({ value: { draftId: cancelReplyIn(deps, tx, input.outboxId) } }));
}

/** The same within a transaction. Throws a CommandFailure when it is too late. */
export function cancelReplyIn(deps: UseCaseContext, tx: WriteDb, outboxId: OutboxId): DraftId {
  const entry = outboxByUid(tx, outboxId);
  if (entry === undefined) throw new CommandFailure('not-found', `outbox ${outboxId}`);
  if (entry.state !== 'queued' && entry.state !== 'held' && entry.state !== 'failed') throw new CommandFailure('too-late', entry.state);
  refuseUnderway(tx, outboxId);
  // What a machine wrote is no draft of anybody's. It goes by itself as soon as a person answers.
  if (entry.payload.automatic !== undefined) throw new CommandFailure('too-late', 'automatic');
  const now = deps.clock.now();
  const existing = draftOfCase(tx, entry.caseUid, 'reply');
  const text = existing === undefined || existing.text.trim() === '' ? entry.payload.text : `${entry.payload.text}\n\n${existing.text}`;
  const draftId = saveDraft(tx, {
    uid: deps.ids.next('drf'),
    caseUid: entry.caseUid,
    kind: 'reply',
    text,
    to: entry.payload.to,
    cc: entry.payload.cc,
    savedAt: now,
  });
  moveAttachments(tx, { fromMessage: entry.messageId, toDraft: draftId });
  changeOutbox(tx, entry.uid, { state: 'cancelled', at: now });
  const takenBack = promisesTakenBack(deps.ledger.promises(tx, entry.caseUid), entry.messageUid);
  deps.ledger.append(tx, entry.caseUid, [{ type: 'case.replyCancelled', messageId: entry.messageUid }, ...takenBack], {
    actor: requireMe(tx).agentId,
  });
  return draftId;
}

/** What a colleague's workstation or a gateway has begun to send may have reached the customer: it is in nobody's hand any more. */
export function refuseUnderway(db: ReadDb, outboxId: OutboxId): void {
  const told = toldSend(db, outboxId);
  // of what is sent here the outbox knows better
  const isElsewhere = told.kind === 'underway' && told.attempt.workstation !== membership(db)?.workstation;
  if (isElsewhere || told.kind === 'sent') throw new CommandFailure('too-late', told.kind);
}

/** Adds a note that only the team sees. Ends the note draft it was written as. */
export function addNote(
  deps: UseCaseContext,
  input: { readonly opId: OperationId; readonly caseId: CaseId; readonly text: string },
): Result<{ readonly messageId: MessageId }, CallError> {
  return once(deps, input.opId, 'cases.addNote', (tx) => {
    const agent = requireMe(tx);
    const caseUid = currentCaseUid(tx, input.caseId);
    const saved = caseByUid(tx, caseUid);
    if (saved === undefined) throw new CommandFailure('not-found', `case ${input.caseId}`);
    const uid = makeId('msg', deps.ids.next('op').slice(3));
    const now = deps.clock.now();
    insertMessage(tx, {
      uid,
      caseId: saved.id,
      kind: 'note',
      sentAt: now,
      receivedAt: now,
      agent: agent.agentId,
      language: null,
      offsetMinutes: null,
      auto: 'none',
      ownKey: null,
      sourceSha: null,
      hasHtml: false,
      warnings: [],
      from: { address: '', name: agent.name },
      recipients: { to: [], cc: [], replyTo: [] },
      subject: '',
      text: input.text,
    });
    const { state } = deps.ledger.append(tx, caseUid, [{ type: 'case.noteAdded', messageId: uid }], { actor: agent.agentId });
    afterAct(deps.ledger, tx, { id: saved.id, uid: caseUid, state }, agent.agentId);
    const draft = draftOfCase(tx, caseUid, 'note');
    if (draft !== undefined) deleteDraft(tx, draft.uid);
    return { value: { messageId: uid } };
  });
}
