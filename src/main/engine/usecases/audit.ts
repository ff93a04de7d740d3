import { createHash, createHmac } from 'node:crypto';
import type { CaseLedger } from './case-ledger.ts';
import { auditAfter, auditAnchors, insertAudit, lastAudit } from '../store/audit.store.ts';
import type { ChainedEntry } from '../store/audit.store.ts';
import { me, settingValue } from '../store/settings.store.ts';
import type { ReadDb, WriteDb } from '../store/sql.ts';
import type { AuditVerdict } from '../../../shared/contract/guard.contract.ts';
import type { AuditAction } from '../../../shared/domain/guard/audit.ts';
import type { AgentId, CaseId, MessageId } from '../../../shared/domain/ids.ts';
import { HOUR_MS } from '../../../shared/domain/time.ts';
import type { Clock } from '../../../shared/domain/time.ts';

/**
 * The audit log: each entry's hash covers the entry and the hash before it, by HMAC-SHA-256 with a key of the vault where there is one.
 * Whoever changes or removes an entry breaks the chain; whoever cuts its end leaves less than the team's log was told of.
 */

export const FIRST = '0'.repeat(64);

/** Entries, and time, between two that the team's log hears of; what is revealed it hears of at once. */
const ANCHOR_EVERY = 20;
const ANCHOR_EVERY_MS = HOUR_MS;

export interface NewAudit {
  readonly actor: AgentId | null;
  readonly action: AuditAction;
  readonly caseId?: CaseId | null;
  readonly messageId?: MessageId | null;
  /** Never holds a secret. */
  readonly detail: string;
}

interface AuditDeps {
  readonly ledger: CaseLedger;
  readonly clock: Clock;
}

/** Adds an entry, in the transaction of what it is about. @param key of the vault; null where it can not be had */
export function recordAudit(deps: AuditDeps, tx: WriteDb, entry: NewAudit, key: Uint8Array | null): ChainedEntry {
  const last = lastAudit(tx);
  const bare = {
    number: (last?.number ?? 0) + 1,
    at: deps.clock.now(),
    actor: entry.actor,
    action: entry.action,
    caseId: entry.caseId ?? null,
    messageId: entry.messageId ?? null,
    detail: entry.detail,
    isKeyed: key !== null,
    previous: last?.hash ?? FIRST,
  };
  const chained = { ...bare, hash: auditHash(bare, key) };
  insertAudit(tx, chained);
  anchor(deps, tx, chained);
  return chained;
}

function anchor(deps: AuditDeps, tx: WriteDb, { number: count, hash: head, at, action }: ChainedEntry): void {
  const workstation = settingValue(tx, 'node');
  const agentId = me(tx)?.agentId;
  if (workstation === null || agentId === undefined) return;
  const last = auditAnchors(tx, workstation).at(-1);
  const isDue = last === undefined || count - last.count >= ANCHOR_EVERY || at - last.at >= ANCHOR_EVERY_MS || action === 'secret.revealed';
  if (isDue) deps.ledger.recordTeamEvent(tx, `agent.${agentId}`, 'audit.anchored', { workstation, count, head }, { actor: agentId });
}

/** The hash of an entry. */
export function auditHash(entry: Omit<ChainedEntry, 'hash'>, key: Uint8Array | null): string {
  const { number, at, actor, action, caseId, messageId, detail, isKeyed, previous } = entry;
  const text = JSON.stringify([number, at, actor, action, caseId, messageId, detail, isKeyed, previous]);
  return (key === null || !isKeyed ? createHash('sha256') : createHmac('sha256', key)).update(text).digest('hex');
}

const AT_ONCE = 1_000;

/** Reads the whole log anew. @param key null while the vault can not be read */
export function verifyAudit(db: ReadDb, key: Uint8Array | null): AuditVerdict {
  const anchors = new Map<number, string>();
  /** Entries that were cut off and written anew: the log was told of two at the same place. */
  const twice = new Set<number>();
  for (const { count: place, head } of auditAnchors(db, settingValue(db, 'node') ?? '')) {
    const known = anchors.get(place);
    if (known !== undefined && known !== head) twice.add(place);
    anchors.set(place, head);
  }
  let previous = FIRST;
  let count = 0;
  let unkeyed = 0;
  for (let part = auditAfter(db, 0, AT_ONCE); part.length > 0; part = auditAfter(db, count, AT_ONCE)) {
    for (const entry of part) {
      if (entry.isKeyed && key === null) return { outcome: 'no-key' };
      const anchored = anchors.get(entry.number);
      const isRight =
        entry.number === count + 1 &&
        entry.previous === previous &&
        entry.hash === auditHash(entry, entry.isKeyed ? key : null) &&
        // nothing is shown while the vault is closed
        (entry.isKeyed || entry.action !== 'secret.revealed') &&
        !twice.has(entry.number) &&
        (anchored === undefined || anchored === entry.hash);
      if (!isRight) return { outcome: 'broken', at: count + 1 };
      if (!entry.isKeyed) unkeyed += 1;
      count = entry.number;
      previous = entry.hash;
    }
  }
  const anchored = Math.max(0, ...anchors.keys());
  return anchored > count ? { outcome: 'cut', count, anchored } : { outcome: 'whole', count, anchored, unkeyed };
}
