import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import type { LaneRow } from '../../../shared/contract/handoff.contract.ts';
import { changedSinceRead, currentVersion } from '../../../shared/domain/handoff/handoff.ts';
import type { ChangedSinceRead } from '../../../shared/domain/handoff/handoff.ts';
import type { AgentId, CaseId, HandoffId, MessageId } from '../../../shared/domain/ids.ts';
import type { Instant } from '../../../shared/domain/time.ts';

/** What the screen of handoffs is looking at, and what its person has read; the handoffs themselves live in the engine. */

/** What of a handoff was on screen. */
export interface Read {
  readonly packetVersion: number;
  /** The customer's newest message then. */
  readonly lastInboundId: MessageId | null;
}

export type FormKind = 'accept' | 'read-again' | 'decline' | 'give-back' | 'ask' | 'answer';

interface HandoffsState {
  /** Whose all of this is: another person at this desk has read and chosen nothing. */
  readonly of: AgentId | null;
  readonly selectedId: HandoffId | null;
  /** Chosen to be accepted at once, as they were on screen then. */
  readonly checked: ReadonlyMap<HandoffId, Read>;
  readonly form: { readonly kind: FormKind; readonly handoffId: HandoffId } | null;
  readonly sweepCaseId: CaseId | null;
  readonly isTeamSweep: boolean;
  /** A case of the sweep that is being left where it is. */
  readonly parkingId: CaseId | null;
  /** Whom a case of the sweep is offered to instead of the suggested one. */
  readonly receivers: ReadonlyMap<CaseId, AgentId>;
  readonly briefRow: string | null;
  /** What was read of each handoff, the latest last. */
  readonly reads: Readonly<Record<HandoffId, Read>>;
  /** Steps of the brief that were looked at, and the turn that they are of. */
  readonly ticks: { readonly turn: Instant | null; readonly keys: readonly string[] };
}

const MOST_READS = 500;

export const useHandoffs = create<HandoffsState>()(
  persist(
    (): HandoffsState => ({
      of: null,
      selectedId: null,
      checked: new Map(),
      form: null,
      sweepCaseId: null,
      isTeamSweep: false,
      parkingId: null,
      receivers: new Map(),
      briefRow: null,
      reads: {},
      ticks: { turn: null, keys: [] },
    }),
    { name: 'meridian.handoffs', version: 1, partialize: ({ of, reads, ticks }) => ({ of, reads, ticks }) },
  ),
);

/** Says who sits at this desk; what the person before them has read and chosen is forgotten. */
export function belongTo(me: AgentId): void {
  const { of } = useHandoffs.getState();
  if (of === me) return;
  useHandoffs.setState({
    of: me,
    ...(of === null
      ? {}
      : { checked: new Map(), form: null, parkingId: null, receivers: new Map(), reads: {}, ticks: { turn: null, keys: [] } }),
  });
}

/** Shows a handoff; a form of another one is closed, its words are not kept. */
export function selectHandoff(selectedId: HandoffId | null): void {
  useHandoffs.setState(({ form }) => ({ selectedId, form: form?.handoffId === selectedId ? form : null }));
}

export function openForm(kind: FormKind, handoffId: HandoffId): void {
  useHandoffs.setState({ form: { kind, handoffId }, selectedId: handoffId });
}

export function closeForm(): void {
  useHandoffs.setState({ form: null });
}

/** What of a row is on screen now. */
export function readOf(row: LaneRow): Read {
  return { packetVersion: currentVersion(row.handoff).version, lastInboundId: row.lastInboundId };
}

/** Remembers that a handoff has been read as it is now. */
export function markRead(row: LaneRow): void {
  const { handoffId } = row.handoff;
  useHandoffs.setState(({ reads }) => {
    const others = Object.entries(reads).filter(([id]) => id !== handoffId);
    return { reads: Object.fromEntries([...others.slice(1 - MOST_READS), [handoffId, readOf(row)]]) };
  });
}

/** Remembers what is on screen when a handoff is shown for the first time; later changes are marked against it. */
export function markFirstRead(row: LaneRow): void {
  if (useHandoffs.getState().reads[row.handoff.handoffId] === undefined) markRead(row);
}

/** What has changed since a row was read; null when nothing has, or when it was never read. */
export function changeOf(row: LaneRow, read: Read | undefined): ChangedSinceRead | null {
  if (read === undefined) return null;
  const isSame = read.packetVersion === currentVersion(row.handoff).version && read.lastInboundId === row.lastInboundId;
  return isSame ? null : changedSinceRead(row.handoff, read);
}

export function toggleCheck(row: LaneRow): void {
  const { handoffId } = row.handoff;
  useHandoffs.setState(({ checked, reads }) => {
    const next = new Map(checked);
    if (!next.delete(handoffId)) next.set(handoffId, reads[handoffId] ?? readOf(row));
    return { checked: next };
  });
}

export function checkRows(rows: readonly LaneRow[]): void {
  useHandoffs.setState(({ reads }) => ({
    checked: new Map(rows.map((row) => [row.handoff.handoffId, reads[row.handoff.handoffId] ?? readOf(row)])),
  }));
}

export function keepChecked(ids: readonly HandoffId[]): void {
  useHandoffs.setState(({ checked }) => ({ checked: new Map([...checked].filter(([id]) => ids.includes(id))) }));
}

/** Ticks a step of the brief of a turn off, or takes the tick back. Ticks of another turn are over. */
export function toggleTick(turn: Instant, key: string): void {
  useHandoffs.setState(({ ticks }) => {
    const keys = ticks.turn === turn ? ticks.keys : [];
    return { ticks: { turn, keys: keys.includes(key) ? keys.filter((each) => each !== key) : [...keys, key] } };
  });
}
