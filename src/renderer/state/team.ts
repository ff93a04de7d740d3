import { useMemo, useSyncExternalStore } from 'react';
import type { TeamPerson, TeamView } from '../../shared/contract/team.contract.ts';
import type { CaseId } from '../../shared/domain/ids.ts';
import { liveQueries } from '../bridge/client.ts';
import type { Live } from '../bridge/live-queries.ts';
import { useLiveValue } from '../bridge/use-live.ts';

/** The team on a hub that this workspace belongs to; one live query for all who ask. */

/** Null while the workspace belongs to no team, and until that is known. */
export function useTeam(): TeamView | null {
  return useLiveValue('team.get', {}, null);
}

/** Whether this workspace is, or was, one of a team. */
export function useIsInTeam(): boolean {
  return useTeam() !== null;
}

/** Somebody else who has a case on screen. */
export interface Viewer {
  readonly user: string;
  readonly name: string;
  readonly writing: boolean;
  readonly replying: boolean;
}

const NOBODY: readonly Viewer[] = [];

/**
 * Who else has this case on screen, for a row of a list. The component renders again when that changes and not whenever anybody
 * in the team does something.
 */
export function useViewers(caseId: CaseId): readonly Viewer[] {
  const people = useMemo(() => liveQueries.open('team.people', {}), []);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the contract types what comes back for a name; the store in between keeps plain data
  const key = useSyncExternalStore(people.subscribe, () => viewersKey(people.snapshot() as Live<readonly TeamPerson[]>, caseId));
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by the function below
  return useMemo(() => (key === '' ? NOBODY : (JSON.parse(key) as readonly Viewer[])), [key]);
}

/** Text, because equal text is the same snapshot. */
function viewersKey(people: Live<readonly TeamPerson[]>, caseId: CaseId): string {
  if (people.state !== 'ready') return '';
  const viewers = people.value
    .filter((person) => !person.isMe && person.viewing?.caseId === caseId)
    .map((person): Viewer => ({ user: person.user, name: person.name ?? person.user, writing: person.writing, replying: person.replying }));
  const rank = (viewer: Viewer): number => (viewer.writing ? 0 : viewer.replying ? 1 : 2);
  return viewers.length === 0 ? '' : JSON.stringify(viewers.sort((a, b) => rank(a) - rank(b)));
}
