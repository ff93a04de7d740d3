import type { CasePlan, ReplyStep, Step } from './case-script.ts';
import type { ContactPlan, WorkspacePlan } from './plan.ts';
import { sampleAccount, sampleStoredAccounts } from './sample-accounts.ts';
import { partsOfPlan, writeRoster } from './write-team.ts';
import { contactIdFor } from '../identity.ts';
import { saveAccount } from '../store/accounts.store.ts';
import type { StoredAccount } from '../store/accounts.store.ts';
import { setRead } from '../store/cases.store.ts';
import { contactByUid, setContactTier, setContactZone, upsertContact } from '../store/contacts.store.ts';
import { saveDraft } from '../store/drafts.store.ts';
import { insertMessage } from '../store/messages.store.ts';
import { changeOutbox, insertOutbox } from '../store/outbox.store.ts';
import type { WriteDb } from '../store/sql.ts';
import { bindKeys } from '../store/threads.store.ts';
import type { UseCaseContext } from '../usecases/context.ts';
import { ingestBatch } from '../usecases/ingest-batch.ts';
import type { IngestDeps } from '../usecases/ingest-batch.ts';
import { glance } from '../usecases/send-reply.ts';
import { makeId, ulid } from '../../../shared/domain/ids.ts';
import { CHANNELS } from '../../../shared/domain/message.ts';
import type { Channel, NormalizedMessage } from '../../../shared/domain/message.ts';
import { after, DAY_MS, instant, SECOND_MS } from '../../../shared/domain/time.ts';
import type { Instant } from '../../../shared/domain/time.ts';

/** Steps that are written together: as many as keep the process answering in between. */
const STEPS_A_CHUNK = 60;
/** What a part of the shifts takes, in steps of cases. */
const SHIFT_STEPS = 15;

export type SampleDeps = UseCaseContext & Pick<IngestDeps, 'probe'>;

/** A part of the work that is committed as one. */
export interface Chunk {
  readonly steps: number;
  /** @param finish called inside the last transaction of the chunk; what it writes is committed with it */
  write(finish: (tx: WriteDb) => void): Promise<void>;
}

type ActStep = Exclude<Step, { kind: 'in' }>;

interface Act {
  readonly plan: CasePlan;
  readonly step: ActStep;
}

/**
 * The whole plan as chunks in an order that keeps the steps of every case in theirs. Cases advance side by side, one run of
 * the customer's or of our steps at a time, so that a chunk holds messages of many cases.
 */
export function chunksOf(deps: SampleDeps, plan: WorkspacePlan, seed: string): Chunk[] {
  const chunks: Chunk[] = [teamChunk(deps, plan, seed), ...shiftChunks(deps, plan)];
  const accounts = new Map(sampleStoredAccounts(seed, plan.now).map((account) => [account.uid, account]));
  let round = plan.cases.map((each) => ({ plan: each, position: 0 }));
  while (round.length > 0) {
    const incoming = new Map<Channel, NormalizedMessage[]>();
    const acts: Act[] = [];
    for (const place of round) place.position = takeRun(place.plan, place.position, incoming, acts);
    for (const channel of CHANNELS) {
      const account = accounts.get(sampleAccount(channel).accountId);
      if (account === undefined) throw new Error(`no account for ${channel}`);
      for (const part of slices(incoming.get(channel) ?? [])) chunks.push(incomingChunk(deps, account, part));
    }
    for (const part of slices(acts)) chunks.push(actsChunk(deps, part));
    round = round.filter((place) => place.position < place.plan.steps.length);
  }
  return [...chunks, lastChunk(deps, plan)];
}

/** Moves the next steps of one case that are all of one sort into their pile; returns where the case goes on. */
function takeRun(plan: CasePlan, from: number, incoming: Map<Channel, NormalizedMessage[]>, acts: Act[]): number {
  let position = from;
  const isIncoming = plan.steps[position]?.kind === 'in';
  for (;;) {
    const step = plan.steps[position];
    if (step === undefined || (step.kind === 'in') !== isIncoming) return position;
    if (step.kind === 'in') incoming.set(step.message.channel, [...(incoming.get(step.message.channel) ?? []), step.message]);
    else acts.push({ plan, step });
    position += 1;
  }
}

function slices<T>(list: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(list.length / STEPS_A_CHUNK) }, (_part, index) =>
    list.slice(index * STEPS_A_CHUNK, (index + 1) * STEPS_A_CHUNK),
  );
}

/** Runs `work` in a transaction; the ledger forgets what a failed one had appended. */
function inTransaction(deps: SampleDeps, work: (tx: WriteDb) => void): void {
  try {
    deps.store.write(work);
  } catch (error) {
    deps.ledger.forget();
    throw error;
  }
}

const KNOWN_FOR_MS = 60 * DAY_MS;

function teamChunk(deps: SampleDeps, plan: WorkspacePlan, seed: string): Chunk {
  return {
    steps: 1,
    write: async (finish) => {
      inTransaction(deps, (tx) => {
        writeRoster(deps, tx, plan.me.agentId, plan.now);
        for (const account of sampleStoredAccounts(seed, plan.now)) saveAccount(tx, account);
        // VIPs are known before they write: their cases are promised what a VIP is promised.
        for (const contact of plan.contacts) if (contact.tier !== 'standard') expectVip(tx, contact, plan.now);
        finish(tx);
      });
      return Promise.resolve();
    },
  };
}

/** The shifts of the team; they are written faster than cases. */
function shiftChunks(deps: SampleDeps, plan: WorkspacePlan): Chunk[] {
  return partsOfPlan(deps, plan.now).map((part) => ({
    steps: SHIFT_STEPS,
    write: async (finish) => {
      inTransaction(deps, (tx) => {
        part.write(tx);
        finish(tx);
      });
      return Promise.resolve();
    },
  }));
}

/** The same way in as real messages: `ingestBatch`. It knows messages it has seen, so the chunk may be written again. */
function incomingChunk(deps: SampleDeps, account: StoredAccount, messages: readonly NormalizedMessage[]): Chunk {
  return {
    steps: messages.length,
    write: async (finish) => {
      const batch = {
        events: messages.map((message) => ({ kind: 'message', message, remoteRef: `made/${message.nativeKey}` }) as const),
        cursor: '',
        more: false,
        backfill: null,
      };
      await ingestBatch({ ...deps, verifyToken: () => null }, account, batch, `sample:${account.uid}`);
      inTransaction(deps, finish);
    },
  };
}

function actsChunk(deps: SampleDeps, acts: readonly Act[]): Chunk {
  return {
    steps: acts.length,
    write: async (finish) => {
      inTransaction(deps, (tx) => {
        for (const { plan, step } of acts) writeStep(deps, tx, plan, step);
        finish(tx);
      });
      return Promise.resolve();
    },
  };
}

function writeStep(deps: SampleDeps, tx: WriteDb, plan: CasePlan, step: ActStep): void {
  switch (step.kind) {
    case 'events':
      deps.ledger.append(tx, plan.caseUid, step.bodies, { actor: step.agent, at: step.at });
      return;
    case 'reply':
      writeReply(deps, tx, plan, step);
      return;
    case 'hold':
      changeOutbox(tx, step.outboxId, { state: 'held', at: step.at, holdReason: step.reason });
      return;
    case 'note': {
      const { id } = deps.ledger.append(tx, plan.caseUid, [{ type: 'case.noteAdded', messageId: step.messageId }], {
        actor: step.agent,
        at: step.at,
      });
      insertMessage(tx, {
        ...ownMessage(step, id),
        kind: 'note',
        ownKey: null,
        from: { address: '', name: step.agentName },
        recipients: { to: [], cc: [], replyTo: [] },
        subject: '',
      });
      return;
    }
  }
}

/** What every message of ours has in common. */
function ownMessage(
  step: Extract<ActStep, { kind: 'reply' | 'note' }>,
  caseId: number,
): Omit<Parameters<typeof insertMessage>[1], 'kind' | 'ownKey' | 'from' | 'recipients' | 'subject'> {
  return {
    uid: step.messageId,
    caseId,
    sentAt: step.at,
    receivedAt: step.at,
    agent: step.agent,
    language: null,
    offsetMinutes: null,
    auto: 'none',
    sourceSha: null,
    hasHtml: false,
    warnings: [],
    text: step.text,
  };
}

/** Time between writing a reply and its acceptance by the channel: the undo time and a little. */
const SENDING_MS = 12 * SECOND_MS;

/** A reply as `sendReply` queues it and the outbox sends it, at a time that has passed. */
function writeReply(deps: SampleDeps, tx: WriteDb, plan: CasePlan, step: ReplyStep): void {
  const account = sampleAccount(plan.person.channel);
  const who = { actor: step.agent, at: step.at };
  const sentAt = instant(Math.min(step.at + SENDING_MS, deps.clock.now()));
  const preview = step.text.trim().replaceAll(/\s+/gu, ' ').slice(0, 200);
  const queued = deps.ledger.append(
    tx,
    plan.caseUid,
    [{ type: 'case.replyQueued', messageId: step.messageId, outboxId: step.outboxId, preview }],
    who,
  );
  const messageKey = insertMessage(tx, {
    ...ownMessage(step, queued.id),
    kind: 'out',
    sentAt: step.fate.kind === 'sent' ? sentAt : step.at,
    ownKey: bare(step.clientKey),
    from: { address: account.address, name: step.agentName },
    recipients: { to: step.to, cc: step.cc, replyTo: [] },
    subject: step.subject,
  });
  if (messageKey === null) throw new Error(`the reply ${step.messageId} is already there`);
  insertOutbox(tx, {
    uid: step.outboxId,
    caseId: queued.id,
    messageId: messageKey,
    account: account.accountId,
    clientKey: step.clientKey,
    sendAt: sentAt,
    writtenAt: step.at,
    seen: glance(queued.state),
    payload: { subject: step.subject, to: step.to, cc: step.cc, text: step.text, parentKeys: step.parentKeys, threadToken: null },
  });
  bindKeys(tx, account.accountId, [bare(step.clientKey)], plan.caseUid);
  settleReply(deps, tx, plan, step, sentAt);
}

function bare(clientKey: string): string {
  return clientKey.replace(/^<(.*)>$/u, '$1');
}

function settleReply(deps: SampleDeps, tx: WriteDb, plan: CasePlan, step: ReplyStep, sentAt: Instant): void {
  const { fate, outboxId, messageId } = step;
  switch (fate.kind) {
    case 'sent':
      changeOutbox(tx, outboxId, { state: 'sent', at: sentAt, sentAt, attempts: 1, handedOver: true });
      deps.ledger.append(tx, plan.caseUid, [{ type: 'case.replySent', messageId, at: sentAt }], { actor: null, at: sentAt });
      return;
    case 'failed':
      changeOutbox(tx, outboxId, { state: 'failed', at: sentAt, attempts: 1, code: fate.code, detail: fate.detail });
      deps.ledger.append(tx, plan.caseUid, [{ type: 'case.replyFailed', messageId, reason: fate.code }], { actor: null, at: sentAt });
      return;
    case 'unknown':
      changeOutbox(tx, outboxId, { state: 'unknown', at: sentAt, attempts: 1, handedOver: true, code: fate.code, detail: fate.detail });
      return;
    case 'retrying':
      changeOutbox(tx, outboxId, {
        state: 'queued',
        at: sentAt,
        attempts: 4,
        nextAttemptAt: fate.nextAttemptAt,
        code: fate.code,
        detail: fate.detail,
      });
      return;
    case 'waiting':
  }
}

/** What is known about contacts, drafts, and what this desk has read. */
function lastChunk(deps: SampleDeps, plan: WorkspacePlan): Chunk {
  return {
    steps: plan.contacts.length,
    write: async (finish) => {
      inTransaction(deps, (tx) => {
        for (const contact of plan.contacts) writeContact(tx, contact);
        for (const [index, draft] of plan.drafts.entries()) {
          const body = ulid(draft.savedAt, new Uint8Array(10).fill(index));
          const to = draft.kind === 'reply' ? [draft.person.party] : [];
          saveDraft(tx, {
            uid: makeId('drf', body),
            caseUid: draft.caseUid,
            kind: draft.kind,
            text: draft.text,
            to,
            cc: [],
            savedAt: draft.savedAt,
          });
          setRead(tx, draft.caseUid, true);
        }
        finish(tx);
      });
      return Promise.resolve();
    },
  };
}

/** Somebody who has been a customer for longer than the history goes back. */
function expectVip(tx: WriteDb, contact: ContactPlan, now: Instant): void {
  const { channel, party } = contact.person;
  const uid = contactIdFor(channel, party.address);
  upsertContact(tx, {
    uid,
    address: party.address,
    name: party.name,
    seenAt: after(now, -KNOWN_FOR_MS),
    offsetMinutes: null,
    language: null,
  });
  setContactTier(tx, uid, contact.tier, contact.reason, contact.until);
}

function writeContact(tx: WriteDb, contact: ContactPlan): void {
  const uid = contactIdFor(contact.person.channel, contact.person.party.address);
  if (contactByUid(tx, uid) === undefined) throw new Error(`the contact ${contact.person.party.address} has never written`);
  if (contact.zone !== null) setContactZone(tx, uid, contact.zone);
  if (contact.tier !== 'standard') setContactTier(tx, uid, contact.tier, contact.reason, contact.until);
}
