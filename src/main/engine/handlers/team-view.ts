import type { EngineServices } from './services.ts';
import { listAccounts } from '../store/accounts.store.ts';
import type { Membership } from '../store/membership.store.ts';
import { listAgents } from '../store/settings.store.ts';
import type { ReadDb } from '../store/sql.ts';
import { logCursor, openConflictCount, pendingSummary, teamValue } from '../store/team.store.ts';
import { teamUsers } from '../store/team-people.store.ts';
import type { SyncStatus } from '../jobs/team-sync.ts';
import { channelLease } from '../team/hub-link.ts';
import type { TeamChannel, TeamLink, TeamLinkCode, TeamRegion, TeamView } from '../../../shared/contract/team.contract.ts';
import type { Instant } from '../../../shared/domain/time.ts';

/** How the workspace stands with its team; null while it belongs to none. */
export function teamView(services: EngineServices, db: ReadDb): TeamView | null {
  const { team } = services;
  const membership = team.membership();
  if (membership === null) return null;
  const session = team.session();
  const { regions, at } = team.measured();
  const settings = session?.link.directory.settings() ?? null;
  return {
    hub: { id: membership.hub.id, name: settings?.hubName ?? membership.hub.name },
    user: membership.user,
    workstation: membership.workstation,
    joinedAt: membership.joinedAt,
    ended: membership.ended,
    link: linkOf(services, membership.joinedAt),
    ...syncOf(services, db, membership),
    pending: pendingSummary(db),
    rewound: teamValue<NonNullable<TeamView['rewound']>>(db, 'rewound'),
    regions: regions.length > 0 ? regions : membership.servers.map(unmeasured),
    measuredAt: at,
    channels: channels(services, db),
    holdsChannels: membership.holdsChannels,
    mayHoldChannels: mayHold(db, membership.user.name),
    onLeave: settings?.onLeave ?? teamValue<'keep' | 'erase'>(db, 'on-leave') ?? 'keep',
    openConflicts: openConflictCount(db),
  };
}

function syncOf(
  { team }: EngineServices,
  db: ReadDb,
  membership: Membership,
): Pick<TeamView, 'cursor' | 'lastSequence' | 'lastSyncAt' | 'phase' | 'progress'> {
  const status = team.session()?.sync.status() ?? null;
  const phase = phaseOf(membership, status);
  if (status === null) {
    const { sequence: cursor } = logCursor(db) ?? { sequence: 0 };
    return { phase, progress: null, cursor, lastSequence: cursor, lastSyncAt: null };
  }
  const { progress, cursor, lastSequence, lastSyncAt } = status;
  return { phase, progress, cursor, lastSequence, lastSyncAt };
}

function phaseOf(membership: Membership, status: SyncStatus | null): TeamView['phase'] {
  if (membership.phase === 'ended') return 'read-only';
  if (membership.phase === 'joining') return 'joining';
  const what = status?.progress?.what;
  const isBehind = status !== null && (!status.isLive || what === 'reading' || what === 'folding');
  return isBehind ? 'catching-up' : 'live';
}

function unmeasured(server: string): TeamRegion {
  return { address: server.replace(/^tls:\/\//u, ''), roundTripMs: null };
}

function mayHold(db: ReadDb, user: string): boolean {
  return teamUsers(db).find((each) => each.name === user)?.entry.holdsChannels === true;
}

function linkOf(services: EngineServices, since: Instant): TeamLink {
  const { team } = services;
  const state = team.linkState();
  const problem = team.session()?.sync.status().pushProblem ?? null;
  if (state === null) {
    const code: TeamLinkCode | null = team.absence();
    const nothing = { detail: '', server: null, version: null, address: null, roundTripMs: null, clockAheadMs: null };
    return { state: code === 'app-too-old' ? 'refused' : 'offline', since, code, ...nothing };
  }
  const { server, address, roundTripMs, clockAheadMs, detail } = state;
  const [name = null, version = null] = server === null ? [] : server.split(' ');
  const common = { since: state.since, detail, server: name, version, address, roundTripMs, clockAheadMs };
  // it is the same hub by its name, and another log
  if (team.session()?.sync.status().isEstranged === true) return { state: 'refused', code: 'other-hub', ...common };
  return { state: state.state, code: state.code ?? problem, ...common };
}

function channels(services: EngineServices, db: ReadDb): readonly TeamChannel[] {
  const session = services.team.session();
  const users = teamUsers(db);
  const names = new Map(listAgents(db).map((agent) => [agent.agentId, agent.name]));
  return listAccounts(db).map((account): TeamChannel => {
    const holder = session?.link.leases.holder(channelLease(account.uid)) ?? null;
    const user = users.find((each) => each.name === holder?.user);
    const agentName = user?.agentId === null || user === undefined ? undefined : names.get(user.agentId);
    return {
      accountId: account.uid,
      address: account.address,
      canHold: account.settings !== null || account.kind !== 'email',
      holder:
        holder === null || session === null
          ? null
          : {
              name: agentName ?? holder.user,
              workstation: holder.workstation,
              isMe: holder.user === session.membership.user.name && holder.workstation === session.membership.workstation,
              isGateway: user?.role === 'gateway',
            },
    };
  });
}
