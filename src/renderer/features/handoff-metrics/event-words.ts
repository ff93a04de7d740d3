import type { TFunction } from 'i18next';
import type { CaseEventBody } from '../../../shared/domain/case.ts';
import type { AgentId } from '../../../shared/domain/ids.ts';
import type { Formats } from '../../i18n/formats.ts';
import { handoffSentence } from '../../i18n/handoff-sentence.ts';
import type { SentenceNames } from '../../i18n/handoff-sentence.ts';

/** What words about events need besides the event. */
export interface EventContext {
  readonly t: TFunction<'metrics'>;
  readonly tHandoff: TFunction<'handoff'>;
  readonly formats: Formats;
  readonly names: SentenceNames;
}

/** What happened, in one sentence: of handoffs and promises, and of what else a figure may be counted from. */
export function eventWords({ t, tHandoff, formats, names }: EventContext, body: CaseEventBody, actorId: AgentId | null): string {
  const actor = actorId === null ? t('events.engine') : names.agent(actorId);
  const sentence = handoffSentence(body, { t: tHandoff, formats, names, actor });
  if (sentence !== null) return sentence;
  switch (body.type) {
    case 'case.replySent':
      // The channel reports it; who wrote it is in the case.
      return t('event.replySent');
    case 'case.claimed':
      return t('event.claimed', { actor: names.agent(body.agentId) });
    case 'case.released':
      return t('event.released', { actor });
    case 'case.assigned':
      return body.agentId === null ? t('event.released', { actor }) : t('event.assigned', { actor, to: names.agent(body.agentId) });
    case 'case.statusChanged':
      return t('event.statusChanged', { actor });
    default:
      return t('event.other');
  }
}
