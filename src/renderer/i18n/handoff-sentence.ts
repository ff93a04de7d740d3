import type { TFunction } from 'i18next';
import type { CaseEventBody } from '../../shared/domain/case.ts';
import type { HandoffEventBody } from '../../shared/domain/handoff/handoff-event.ts';
import type { Recipient } from '../../shared/domain/handoff/packet.ts';
import type { AgentId } from '../../shared/domain/ids.ts';
import { formatsFor, isZone } from './formats.ts';
import type { Formats } from './formats.ts';

/** Names as sentences need them. */
export interface SentenceNames {
  agent(agentId: AgentId | null): string;
  recipient(to: Recipient): string;
}

export interface SentenceWords {
  readonly t: TFunction<'handoff'>;
  readonly formats: Formats;
  readonly names: SentenceNames;
  /** Who did it, as the sentence says it. */
  readonly actor: string;
}

/** What happened to the handoffs or promises of a case, or that it was parked, in one sentence; null for all other events. */
export function handoffSentence(body: CaseEventBody, words: SentenceWords): string | null {
  const { t, actor } = words;
  switch (body.type) {
    case 'case.parked':
      return t('event.parked', { actor, reason: body.reason });
    case 'case.unparked':
      return t('event.unparked', { actor });
    case 'promise.made':
      return promiseSentence(body, words);
    case 'promise.kept':
      return t('event.promiseKept', { actor });
    case 'promise.released':
      return t(`event.promiseReleased.${body.reason}`, { actor });
    default:
      return isHandoffEvent(body) ? stepSentence(body, words) : null;
  }
}

function isHandoffEvent(body: CaseEventBody): body is HandoffEventBody {
  return body.type.startsWith('handoff.');
}

function promiseSentence(body: Extract<CaseEventBody, { type: 'promise.made' }>, { t, formats, actor }: SentenceWords): string {
  const { dueAt, zone, text } = body;
  const mine = formats.dateTime(dueAt);
  const theirs = isZone(zone) ? formatsFor(formats.locale, zone).dateTime(dueAt) : mine;
  return t(theirs === mine ? 'event.promiseMadeSame' : 'event.promiseMade', { actor, theirs, mine, text });
}

function stepSentence(body: HandoffEventBody, { t, formats, names, actor }: SentenceWords): string {
  switch (body.type) {
    case 'handoff.offered': {
      const from = names.agent(body.fromId);
      return t(from === actor ? 'event.offered' : 'event.offeredFor', {
        actor,
        from,
        to: inside(names.recipient(body.to), body.to.kind === 'agent' ? t('recipient.you') : null),
        at: formats.dateTime(body.expiresAt),
        reason: t(`reason.${body.reason}`),
      });
    }
    case 'handoff.packetEdited':
      return t('event.packetEdited', { actor, version: body.version });
    case 'handoff.accepted':
      return t(body.readBack === null ? 'event.acceptedTogether' : 'event.accepted', { actor });
    case 'handoff.readBack':
      return t('event.readBack', { actor });
    case 'handoff.declined':
      return t('event.declined', { actor, reason: body.reason });
    case 'handoff.withdrawn':
      return t('event.withdrawn', { actor });
    case 'handoff.expired':
      return t('event.expired');
    case 'handoff.escalated':
      return t(`event.escalated.${body.reason}`, { to: inside(names.agent(body.toId), t('recipient.you')) });
    case 'handoff.asked':
      return t('event.asked', { actor, text: body.text });
    case 'handoff.answered':
      return t('event.answered', { actor, text: body.text });
    case 'handoff.returned':
      return t('event.returned', { actor, reason: body.reason });
    case 'handoff.settled':
      return t(`event.settled.${body.how}`, { actor });
    case 'handoff.superseded':
      return t(`event.superseded.${body.reason}`);
  }
}

/** Words that begin a sentence elsewhere, within one. A name stays as it is: only `word` is written small, or anything where it is null. */
function inside(text: string, word: string | null): string {
  return word === null || text === word ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}
