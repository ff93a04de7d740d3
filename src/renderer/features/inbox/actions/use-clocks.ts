import { useMemo } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import type { CaseRow } from '../../../../shared/contract/cases.contract.ts';
import type { AgentId } from '../../../../shared/domain/ids.ts';
import { offsetFace, zoneFace } from '../../../../shared/domain/reminder/clock-face.ts';
import type { ClockFace } from '../../../../shared/domain/reminder/clock-face.ts';
import { isKnownZone } from '../../../../shared/domain/time/zone.ts';
import { useRosterIndex } from '../../../state/roster.ts';
import { useSession } from '../../../state/session.ts';
import { useTeamNames } from '../../../state/team-names.ts';
import { placeOf } from '../format/zone-time.ts';
import type { Place } from '../format/zone-time.ts';

/** A clock that a time may be chosen on. */
export interface ClockChoice {
  /** `mine`, `customer`, or the id of a person or a hub. */
  readonly id: string;
  readonly label: string;
  readonly place: Place;
  readonly face: ClockFace;
}

export interface Clocks {
  readonly all: readonly ClockChoice[];
  readonly mine: ClockChoice;
  /** Null where it is not known, or the cases are of customers with different clocks. */
  readonly customer: ClockChoice | null;
  /** Whoever has all of the cases, when that is a colleague. */
  readonly assignee: (ClockChoice & { readonly name: string }) | null;
}

/** Whose clock a time can be told by: mine, the customer's, that of whoever has the case, of anybody in the team, and of hubs. */
export function useClocks(rows: readonly CaseRow[]): Clocks {
  const t = useWords('reminders');
  const zone = useSession((state) => state.zone);
  const { agents, hubs } = useRosterIndex();
  const { me } = useTeamNames();
  return useMemo(() => {
    const clockOf = (id: string, label: string, place: Place): ClockChoice => ({
      id,
      label,
      place,
      face: 'zone' in place ? zoneFace(place.zone) : offsetFace(place.offsetMinutes),
    });
    const mine = clockOf('mine', t('clock.mine'), { zone });
    const place = commonPlace(rows);
    const customer = place === null ? null : clockOf('customer', t('clock.customer'), place);
    const assigneeId = commonAssignee(rows);
    const colleague = assigneeId === null || assigneeId === me ? undefined : agents.get(assigneeId);
    const assignee =
      colleague === undefined || !isKnownZone(colleague.zone)
        ? null
        : {
            ...clockOf(colleague.agentId, t('clock.assignee', { name: colleague.name }), { zone: colleague.zone }),
            name: colleague.name,
          };
    const people = [...agents.values()]
      .filter((agent) => agent.isActive && agent.agentId !== me && agent.agentId !== assigneeId && isKnownZone(agent.zone))
      .sort((a, b) => a.name.localeCompare(b.name))
      .map((agent) => clockOf(agent.agentId, agent.name, { zone: agent.zone }));
    const places = [...hubs.values()]
      .filter((hub) => hub.isActive && isKnownZone(hub.zone))
      .map((hub) => clockOf(hub.hubId, hub.name, { zone: hub.zone }));
    const all = [mine, ...(customer === null ? [] : [customer]), ...(assignee === null ? [] : [assignee]), ...places, ...people];
    return { all, mine, customer, assignee };
  }, [t, zone, rows, agents, hubs, me]);
}

/** Where the customers of all these cases are; null when that is not known, or not the same place. */
function commonPlace(rows: readonly CaseRow[]): Place | null {
  const [first] = rows;
  if (first === undefined) return null;
  const isCommon = rows.every((row) => row.contactZone === first.contactZone && row.contactOffsetMinutes === first.contactOffsetMinutes);
  return isCommon ? placeOf(first.contactZone, first.contactOffsetMinutes) : null;
}

function commonAssignee(rows: readonly CaseRow[]): AgentId | null {
  const [first] = rows;
  return first !== undefined && rows.every((row) => row.assigneeId === first.assigneeId) ? first.assigneeId : null;
}
