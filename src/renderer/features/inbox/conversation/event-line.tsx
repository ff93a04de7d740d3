import {
  AlarmClock,
  Anchor,
  ArrowRightLeft,
  BellOff,
  BellRing,
  CalendarCheck,
  CheckCheck,
  CircleDot,
  CircleHelp,
  Flag,
  Handshake,
  Merge,
  MessageCircleReply,
  ScrollText,
  ShieldAlert,
  Tag,
  UserCog,
  UserMinus,
  UserPlus,
} from 'lucide-react';
import i18next from 'i18next';
import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import type { CaseDetail, TimelineItem } from '../../../../shared/contract/cases.contract.ts';
import type { CaseEventBody } from '../../../../shared/domain/case.ts';
import type { AgentId, CaseId } from '../../../../shared/domain/ids.ts';
import { useLiveValue } from '../../../bridge/use-live.ts';
import type { Formats } from '../../../i18n/formats.ts';
import { guardSentence } from '../../../i18n/guard-sentence.ts';
import { handoffSentence } from '../../../i18n/handoff-sentence.ts';
import { useFormats } from '../../../i18n/use-formats.ts';
import { useTeamNames } from '../../../state/team-names.ts';
import { Button } from '../../../ui/button.tsx';
import { applyAction } from '../actions/apply-actions.ts';
import type { People } from './use-people.ts';
import { usePeople } from './use-people.ts';

type EventItem = Extract<TimelineItem, { kind: 'event' }>;

/** What happened, in one sentence. */
export function eventSentence(
  body: CaseEventBody,
  actorId: AgentId | null,
  people: People,
  t: TFunction<'inbox'>,
  formats: Formats,
  policyName: (policyId: string) => string,
): string {
  const actor = actorId === null ? t('conversation.system') : people.nameOf(actorId);
  switch (body.type) {
    case 'case.opened':
      return t('event.opened', { channel: t(`channel.${body.channel}`) });
    case 'case.claimed':
      return t('event.claimed', { actor: people.nameOf(body.agentId) });
    case 'case.released':
      return t('event.released', { actor });
    case 'case.assigned':
      // Assigning a case to oneself is claiming it.
      if (body.agentId !== null && body.agentId === actorId) return t('event.claimed', { actor });
      return body.agentId === null ? t('event.released', { actor }) : t('event.assigned', { actor, name: people.nameOf(body.agentId) });
    case 'case.statusChanged':
      if (body.afterReply !== undefined) return i18next.t('sendLater:afterwards.became', { status: t(`status.${body.to}`) });
      return t('event.statusChanged', { actor, status: t(`status.${body.to}`) });
    case 'case.snoozed':
      return snoozeSentence(body, actor, t, formats);
    case 'case.woken':
      return t(`event.woken.${body.reason}`, { actor });
    case 'case.priorityChanged':
      return t('event.priorityChanged', { actor, priority: t(`priority.${body.to}`) });
    case 'case.labelAdded':
      return t('event.labelAdded', { actor, label: body.label });
    case 'case.labelRemoved':
      return t('event.labelRemoved', { actor, label: body.label });
    case 'case.noReplyNeeded':
      return body.reason === undefined ? t('event.noReplyNeeded', { actor }) : t('event.noReplyNeededFor', { actor, reason: body.reason });
    case 'case.replyNeeded':
      return t('event.replyNeeded', { actor });
    case 'reminder.set': {
      const at = formats.dateTime(body.at);
      return body.note === '' ? t('event.reminderSet', { actor, at }) : t('event.reminderSetFor', { actor, at, note: body.note });
    }
    case 'reminder.cleared':
      return t(`event.reminderCleared.${body.as}`, { actor });
    case 'intake.kindSet':
      return t('event.intakeKindSet', { actor });
    case 'intake.factSet':
      return body.value === null ? t('event.intakeFactMissing', { actor }) : t('event.intakeFactSet', { actor, value: body.value });
    case 'intake.asked':
      return t('event.intakeAsked', { actor, count: body.fields.length });
    case 'case.attributesChanged':
      return attributesSentence(body, t, formats);
    case 'case.policyApplied':
      return t('event.policyApplied', { actor, policy: policyName(body.policyId), version: body.version });
    case 'case.merged':
      return t('event.merged');
    case 'case.replyCancelled':
      return t('event.replyCancelled', { actor });
    case 'case.replySettled':
      return t(`event.replySettled.${body.as}`, { actor });
    case 'case.linked':
      return t('event.linked', { actor });
    case 'case.unlinked':
      return t(body.isDifferent ? 'event.different' : 'event.unlinked', { actor });
    case 'case.botStarted':
      return actorId === null
        ? t('event.botStarted', { playbook: body.playbook })
        : t('event.botStartedBy', { actor, playbook: body.playbook });
    case 'case.botEnded':
      return t(`event.botEnded.${body.reason}`, { actor });
    default:
      return t('event.other');
  }
}

/** Whose word gave way to this one, which its author did not know. */
function overtakenSentence({ value, by }: NonNullable<EventItem['overtaken']>, people: People, t: TFunction<'inbox'>): string {
  const name = by === null ? t('conversation.system') : people.nameOf(by);
  return value === null ? t('event.intakeOvertakenMissing', { name }) : t('event.intakeOvertaken', { name, value });
}

function snoozeSentence(
  body: Extract<CaseEventBody, { type: 'case.snoozed' }>,
  actor: string,
  t: TFunction<'inbox'>,
  formats: Formats,
): string {
  const at = formats.dateTime(body.until);
  if (body.awaits === 'reply') return t('event.snoozedForReply', { actor, at });
  return body.awaits === 'shift' ? t('event.snoozedForShift', { actor, at }) : t('event.snoozed', { actor, at });
}

function attributesSentence(
  body: Extract<CaseEventBody, { type: 'case.attributesChanged' }>,
  t: TFunction<'inbox'>,
  formats: Formats,
): string {
  const { tier, language } = body;
  if (tier !== undefined) return t('event.tierChanged', { tier: t(`tier.${tier}`) });
  if (language === undefined) return t('event.attributesChanged');
  return language === null ? t('event.languageUnknown') : t('event.languageChanged', { language: formats.languageName(language) });
}

function iconOf(type: CaseEventBody['type']): ReactNode {
  switch (type) {
    case 'case.claimed':
    case 'case.assigned':
      return <UserPlus aria-hidden="true" />;
    case 'case.released':
      return <UserMinus aria-hidden="true" />;
    case 'case.statusChanged':
      return <ArrowRightLeft aria-hidden="true" />;
    case 'case.snoozed':
      return <BellOff aria-hidden="true" />;
    case 'case.woken':
      return <BellRing aria-hidden="true" />;
    case 'case.priorityChanged':
      return <Flag aria-hidden="true" />;
    case 'case.labelAdded':
    case 'case.labelRemoved':
      return <Tag aria-hidden="true" />;
    case 'reminder.set':
    case 'reminder.cleared':
      return <AlarmClock aria-hidden="true" />;
    case 'case.replyNeeded':
      return <MessageCircleReply aria-hidden="true" />;
    case 'case.noReplyNeeded':
      return <CheckCheck aria-hidden="true" />;
    case 'case.attributesChanged':
      return <UserCog aria-hidden="true" />;
    case 'case.policyApplied':
      return <ScrollText aria-hidden="true" />;
    case 'case.merged':
      return <Merge aria-hidden="true" />;
    case 'case.replySettled':
      return <CircleHelp aria-hidden="true" />;
    case 'case.parked':
    case 'case.unparked':
      return <Anchor aria-hidden="true" />;
    case 'case.secretFound':
    case 'case.secretRevealed':
      return <ShieldAlert aria-hidden="true" />;
    case 'promise.made':
    case 'promise.kept':
    case 'promise.released':
      return <CalendarCheck aria-hidden="true" />;
    default:
      if (type.startsWith('handoff.')) return <Handshake aria-hidden="true" />;
      return <CircleDot aria-hidden="true" />;
  }
}

/** The decision still counts: it can be taken back, however long ago it was. */
function TakeBackNoReply({ caseId }: { readonly caseId: CaseId }): ReactNode {
  const t = useWords('reminders');
  return (
    <Button
      size="sm"
      variant="ghost"
      onClick={() => void applyAction([caseId], { kind: 'reply-needed' }, (count) => t('noReply.undone', { count }))}
    >
      {t('noReply.undo')}
    </Button>
  );
}

/** One thing that happened to the case, on one line. */
export function EventLine({ item, detail }: { readonly item: EventItem; readonly detail?: CaseDetail | undefined }): ReactNode {
  const t = useWords('inbox');
  const formats = useFormats();
  const people = usePeople();
  const handoffText = useWords('handoff');
  const guardText = useWords('guard');
  const names = useTeamNames();
  const config = useLiveValue('sla.config', item.body.type === 'case.policyApplied' ? {} : null, null);
  const policyName = (policyId: string): string => config?.policies.findLast((each) => each.id === policyId)?.name ?? policyId;
  const actor = item.agentId === null ? t('conversation.system') : names.agent(item.agentId);
  const handoff = handoffSentence(item.body, { t: handoffText, formats, names, actor });
  const guard = guardSentence(item.body, { t: guardText, formats, actor });
  return (
    <div className="ib-event">
      {iconOf(item.body.type)}
      <span dir="auto">
        {handoff ?? guard ?? eventSentence(item.body, item.agentId, people, t, formats, policyName)}
        {item.overtaken !== undefined && ` · ${overtakenSentence(item.overtaken, people, t)}`}
        {item.outcome !== undefined && item.outcome !== 'counts' && ` · ${t(`event.settling.${item.outcome}`)}`}
      </span>
      {detail?.noReply?.eventId === item.id && <TakeBackNoReply caseId={detail.caseId} />}
      <time className="tabular" dateTime={new Date(item.at).toISOString()} title={formats.dateTimeFull(item.at)}>
        {formats.time(item.at)}
      </time>
    </div>
  );
}
