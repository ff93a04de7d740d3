import { CommandFailure, once } from './context.ts';
import type { UseCaseContext } from './context.ts';
import { NEWCOMER } from './newcomer.ts';
import { recordTeam } from './team-events.ts';
import { membership } from '../store/membership.store.ts';
import { profileByUid, sitDown } from '../store/roster.store.ts';
import { me } from '../store/settings.store.ts';
import type { CallError } from '../../../shared/contract/define.ts';
import type { AgentCard } from '../../../shared/contract/workspace.contract.ts';
import type { AgentProfile } from '../../../shared/domain/coverage/roster.ts';
import type { AgentId, OperationId } from '../../../shared/domain/ids.ts';
import type { Result } from '../../../shared/domain/result.ts';
import { isKnownZone } from '../../../shared/domain/time/zone.ts';

/** Says who sits at this desk. They are a member of the team from then on; what leads know of them stays. */
export function setProfile(
  context: UseCaseContext,
  input: { readonly opId: OperationId; readonly name: string; readonly zone: string; readonly languages: readonly string[] },
): Result<AgentCard, CallError> {
  return once(context, input.opId, 'workspace.setProfile', (tx) => {
    const { name, zone } = input;
    if (!isKnownZone(zone)) throw new CommandFailure('unknown-zone', zone);
    const known = me(tx);
    const agentId = known?.agentId ?? context.ids.next('agt');
    const profile = profileByUid(tx, agentId);
    const languages = input.languages.map(
      (tag) => profile?.languages.find((each) => each.name === tag) ?? ({ name: tag, level: 'good', from: null, until: null } as const),
    );
    const next: AgentProfile = { ...NEWCOMER, ...profile, agentId, name, zone, languages };
    recordTeam(context, tx, { type: 'agent.saved', profile: next }, { actor: agentId, at: context.clock.now() });
    sitDown(tx, agentId);
    return { value: { agentId, name, hub: known?.hub ?? '', zone, languages: input.languages, isMe: true } };
  });
}

/** Another person of the team takes this desk. Nobody signs in a workspace without a hub, so anybody at the desk may say who they are. */
export function takeDesk(
  context: UseCaseContext,
  input: { readonly opId: OperationId; readonly agentId: AgentId },
): Result<AgentCard, CallError> {
  return once(context, input.opId, 'workspace.sitDown', (tx) => {
    // in a team everybody signs with a key of their own
    if (membership(tx) !== null) throw new CommandFailure('not-active', 'the workspace belongs to a team');
    const profile = profileByUid(tx, input.agentId);
    if (profile === undefined) throw new CommandFailure('not-found', input.agentId);
    if (!profile.isActive) throw new CommandFailure('not-active', profile.name);
    sitDown(tx, input.agentId);
    const card = me(tx);
    if (card === null) throw new CommandFailure('not-found', input.agentId);
    return { value: card };
  });
}
