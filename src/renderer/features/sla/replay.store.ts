import { create } from 'zustand';
import { call, newOperationId } from '../../bridge/client.ts';
import type { Answer } from '../../../shared/contract/contract.ts';
import type { SlaConfig, TierRule } from '../../../shared/contract/sla.contract.ts';
import type { Instant } from '../../../shared/domain/time.ts';
import { proposalOf } from './rules-draft.ts';
import type { RulesDraft } from './rules-draft.ts';

/** Stretches of history that can be replayed. */
export const DAYS = [7, 30, 90] as const;

/** What a replay is asked for, besides the rules. */
export interface ReplayChoice {
  readonly days: (typeof DAYS)[number];
  readonly tiers: TierRule;
}

/** A replay of history by edited rules: while it runs, and what came of it. */
export interface Replay extends ReplayChoice {
  readonly run: string;
  readonly draft: RulesDraft;
  /** Null while it runs. */
  readonly answer: Answer<'sla.simulate'> | null;
}

/** Kept for as long as the window lives: going to look at a case neither ends a replay nor loses its result. */
export const useReplay = create<{ readonly choice: ReplayChoice; readonly replay: Replay | null }>()(() => ({
  choice: { days: 90, tiers: {} },
  replay: null,
}));

/** A name for work over many cases, by which it is watched and cancelled. */
export function newRun(): string {
  return crypto.randomUUID();
}

/** Ends work that nobody waits for any more. */
export function cancelRun(run: string): void {
  void call('sla.cancel', { opId: newOperationId(), run });
}

/** Replays history by the draft. Nothing is saved. */
export async function startReplay(draft: RulesDraft, config: SlaConfig, now: Instant): Promise<void> {
  const { choice } = useReplay.getState();
  const run = newRun();
  useReplay.setState({ replay: { ...choice, run, draft, answer: null } });
  const answer = await call('sla.simulate', { proposal: proposalOf(draft, config, now), run, ...choice });
  useReplay.setState(({ replay }) => (replay?.run === run ? { replay: { ...replay, answer } } : {}));
}

/** Ends the replay that runs and forgets it. */
export function cancelReplay(): void {
  const { replay } = useReplay.getState();
  if (replay === null) return;
  cancelRun(replay.run);
  useReplay.setState({ replay: null });
}

/** Forgets choice and result, as for another workspace. */
export function forgetReplay(): void {
  useReplay.setState({ choice: { days: 90, tiers: {} }, replay: null });
}
