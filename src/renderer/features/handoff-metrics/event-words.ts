import type { TFunction } from 'i18next';
import type { CaseEventBody } from '../../../shared/domain/case.ts';
import type { HandoffEventBody } from '../../../shared/domain/handoff/handoff-event.ts';
import type { Recipient } from '../../../shared/domain/handoff/packet.ts';
import type { AgentId } from '../../../shared/domain/ids.ts';
import type { Roster } from '../../../shared/domain/coverage/roster.ts';
import { formatsFor } from '../../i18n/formats.ts';
import type { Formats } from '../../i18n/formats.ts';
import { agentName, hubName } from '../../state/roster.ts';

/** What words about events need besides the event. */
export interface EventContext {
  readonly t: TFunction<'metrics'>;
  readonly formats: Formats;
  readonly roster: Roster;
}

/** What happened, in one sentence. */
export function eventWords({ t, formats, roster }: EventContext, body: CaseEventBody, actorId: AgentId | null): string {
  const actor = actorId === null ? t('events.engine') : agentName(roster, actorId);
  switch (body.type) {
    case 'promise.made': {
      const due = formatsFor(formats.locale, body.zone).dateTime(body.dueAt);
      return t('event.promiseMade', { actor, text: body.text, due, place: body.zone.split('/').at(-1)?.replaceAll('_', ' ') ?? body.zone });
    }
    case 'promise.kept':
      return t('event.promiseKept', { actor });
    case 'promise.released':
      return t('event.promiseReleased', { actor });
    case 'case.replySent':
      return t('event.replySent', { actor });
    case 'case.claimed':
      return t('event.claimed', { actor: agentName(roster, body.agentId) });
    case 'case.released':
      return t('event.released', { actor });
    case 'case.assigned':
      return body.agentId === null ? t('event.released', { actor }) : t('event.assigned', { actor, to: agentName(roster, body.agentId) });
    case 'case.statusChanged':
      return t('event.statusChanged', { actor });
    default:
      return isHandoff(body) ? handoffWords({ t, formats, roster }, body, actor, actorId) : t('event.other');
  }
}

function isHandoff(body: CaseEventBody): body is HandoffEventBody {
  return body.type.startsWith('handoff.');
}

function handoffWords({ t, roster }: EventContext, body: HandoffEventBody, actor: string, actorId: AgentId | null): string {
  switch (body.type) {
    case 'handoff.offered': {
      const to = recipientWords(t, roster, body.to);
      const reason = t(`event.reason.${body.reason}`);
      // A lead may offer what somebody else owns.
      if (actorId === body.fromId) return t('event.offered', { actor, to, reason });
      return t('event.offeredFor', { actor, from: agentName(roster, body.fromId), to, reason });
    }
    case 'handoff.packetEdited':
      return t('event.packetEdited', { actor, version: body.version });
    case 'handoff.accepted':
      if (body.readBack === null) return t('event.acceptedPlain', { actor });
      return t(body.isOnShift ? 'event.accepted' : 'event.acceptedOffShift', { actor });
    case 'handoff.readBack':
      return t('event.readBack', { actor });
    case 'handoff.declined':
      return t('event.declined', { actor, reason: body.reason });
    case 'handoff.withdrawn':
      return t('event.withdrawn', { actor });
    case 'handoff.expired':
      return t('event.expired');
    case 'handoff.escalated':
      return t('event.escalated', { to: agentName(roster, body.toId), reason: t(`event.escalation.${body.reason}`) });
    case 'handoff.asked':
      return t('event.asked', { actor, text: body.text });
    case 'handoff.answered':
      return t('event.answered', { actor, text: body.text });
    case 'handoff.returned':
      return t('event.returned', { actor, reason: body.reason });
    case 'handoff.settled':
      return body.how === 'action' ? t('event.settledAction', { actor }) : t('event.settledTime');
    case 'handoff.superseded':
      return t(body.reason === 'solved' ? 'event.supersededSolved' : 'event.supersededMerged');
  }
}

function recipientWords(t: TFunction<'metrics'>, roster: Roster, to: Recipient): string {
  if (to.kind === 'agent') return agentName(roster, to.agentId);
  return to.kind === 'hub' ? t('event.somebodyOf', { hub: hubName(roster, to.hubId) }) : t('event.queue');
}
