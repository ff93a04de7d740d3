import type { Authorship } from './case-ledger.ts';
import type { OutboxEntry } from '../store/outbox.store.ts';
import type { CaseState } from '../../../shared/domain/case.ts';

/**
 * The ownership that a reply counts as written on when it is sent all the same: its sender has looked at the case as it
 * is now, and it is still the answer of somebody whose case it was not.
 */
export function writtenEpoch({ agent, seen }: OutboxEntry, state: Pick<CaseState, 'ownerId' | 'epoch'>): number {
  return agent !== null && state.ownerId === agent ? state.epoch : (seen.writtenEpoch ?? seen.epoch);
}

/** That a reply went out is its writer's doing, on the ownership that they wrote it on: so two answers at once are seen. */
export function sentBy({ agent, seen }: OutboxEntry): Authorship {
  return agent === null ? { actor: null } : { actor: agent, epoch: seen.writtenEpoch ?? seen.epoch };
}
