import type { LaneRow, Lanes } from '../../../../shared/contract/handoff.contract.ts';
import type { AgentId, HandoffId } from '../../../../shared/domain/ids.ts';
import { openQuestion } from '../handoff-commands.ts';

export const LANES = ['incoming', 'escalated', 'outgoing', 'accepted'] as const;
export type Lane = (typeof LANES)[number];

/** A row and the lane that it stands in. */
export interface Placed {
  readonly lane: Lane;
  readonly row: LaneRow;
}

/** All rows as they stand below each other; a handoff that is in two lanes stands in the first one only. */
export function placedRows(lanes: Lanes): readonly Placed[] {
  const seen = new Set<HandoffId>();
  const ordered: Lanes = { ...lanes, outgoing: lanes.outgoing.toSorted((a, b) => urgency(a) - urgency(b)) };
  return LANES.flatMap((lane) =>
    ordered[lane].flatMap((row) => {
      if (seen.has(row.handoff.handoffId)) return [];
      seen.add(row.handoff.handoffId);
      return [{ lane, row }];
    }),
  );
}

/** Of what I offered, what came back first, then what is asked, then what waits for others. */
function urgency(row: LaneRow): number {
  const { state } = row.handoff;
  if (state === 'declined' || state === 'returned' || state === 'expired') return 0;
  if (openQuestion(row) !== null) return 1;
  return state === 'offered' ? 2 : 3;
}

/** Where to go when a row leaves its lane: the next one of the lane, else the one before, else wherever. */
export function nextInLane(placed: readonly Placed[], handoffId: HandoffId): HandoffId | null {
  const at = placed.findIndex((each) => each.row.handoff.handoffId === handoffId);
  const here = placed[at];
  if (here === undefined) return null;
  const below = placed.slice(at + 1);
  const above = placed.slice(0, at).toReversed();
  const isSame = (each: Placed): boolean => each.lane === here.lane;
  const next = below.find(isSame) ?? above.find(isSame) ?? below[0] ?? above[0];
  return next?.row.handoff.handoffId ?? null;
}

/** The first row of the lane below or above. */
export function neighbourLane(placed: readonly Placed[], handoffId: HandoffId | null, by: 1 | -1): HandoffId | null {
  const lanes = LANES.filter((lane) => placed.some((each) => each.lane === lane));
  const here = placed.find((each) => each.row.handoff.handoffId === handoffId)?.lane ?? lanes[0];
  const target = lanes[(here === undefined ? -1 : lanes.indexOf(here)) + by];
  return placed.find((each) => each.lane === target)?.row.handoff.handoffId ?? null;
}

/** What can be done to a handoff by the person at this desk. */
export interface Possible {
  readonly accept: boolean;
  readonly decline: boolean;
  readonly ask: boolean;
  readonly answer: boolean;
  readonly giveBack: boolean;
  readonly readAgain: boolean;
  readonly withdraw: boolean;
  readonly editPacket: boolean;
  readonly offerNext: boolean;
  readonly toLead: boolean;
}

const NOTHING: Possible = {
  accept: false,
  decline: false,
  ask: false,
  answer: false,
  giveBack: false,
  readAgain: false,
  withdraw: false,
  editPacket: false,
  offerNext: false,
  toLead: false,
};

export function possibleFor({ lane, row }: Placed, me: AgentId | null, isReadBackDue: boolean): Possible {
  const { state, fromId, acceptance } = row.handoff;
  const isOpen = state === 'offered' || state === 'expired';
  switch (lane) {
    case 'incoming':
      return { ...NOTHING, accept: isOpen, decline: isOpen, ask: isOpen };
    case 'escalated':
      return { ...NOTHING, accept: isOpen, editPacket: true };
    case 'accepted': {
      const isMine = state === 'accepted' && (acceptance === null || acceptance.agentId === me);
      return { ...NOTHING, ask: isMine, giveBack: isMine, readAgain: isMine && isReadBackDue };
    }
    case 'outgoing': {
      const isBack = state === 'declined' || state === 'returned';
      return {
        ...NOTHING,
        answer: openQuestion(row) !== null,
        withdraw: isOpen && (me === null || fromId === me),
        editPacket: isOpen || isBack,
        offerNext: isBack,
        toLead: isBack,
      };
    }
  }
}
