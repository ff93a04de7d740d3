import type { ReactNode } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import type { CaseClocksView, SlaConfig } from '../../../../shared/contract/sla.contract.ts';
import type { CaseEventType } from '../../../../shared/domain/case.ts';
import type { CaseId } from '../../../../shared/domain/ids.ts';
import type { Instance, SlaStep } from '../../../../shared/domain/sla/clock.ts';
import type { Policy } from '../../../../shared/domain/sla/policy.ts';
import { useLive, useLiveValue } from '../../../bridge/use-live.ts';
import { weekdayTimeThere } from '../../../i18n/time-there.ts';
import { useFormats } from '../../../i18n/use-formats.ts';
import { useRoster } from '../../../state/roster.ts';
import { Dialog } from '../../../ui/dialog.tsx';
import { usePeople } from '../conversation/use-people.ts';
import { placeOf } from '../format/zone-time.ts';
import type { Place } from '../format/zone-time.ts';
import { openWhy, useInbox } from '../inbox-store.ts';
import { DueBadge } from './due-badge.tsx';
import { RunwayReasons } from './runway-reasons.tsx';
import './sla.css';
import { policyOf } from './use-sla.ts';

/** Why the clocks of a case are as they are: each step with the event behind it. */
export function WhyDialog(): ReactNode {
  const t = useWords('inbox');
  const caseId = useInbox((state) => state.whyCaseId);
  return (
    <Dialog
      open={caseId !== null}
      onOpenChange={() => openWhy(null)}
      size="md"
      isReading
      title={t('sla.why')}
      description={t('sla.whySubtitle')}
    >
      {caseId !== null && <Clocks key={caseId} caseId={caseId} />}
    </Dialog>
  );
}

function Clocks({ caseId }: { readonly caseId: CaseId }): ReactNode {
  const t = useWords('inbox');
  const clocks = useLive('sla.clocks', { caseId });
  const detail = useLiveValue('cases.detail', { caseId }, null);
  const config = useLiveValue('sla.config', {}, null);
  const place = detail === null ? null : placeOf(detail.contactZone, detail.contactOffsetMinutes);
  if (clocks.state === 'loading') return <p className="muted">{t('sla.loading')}</p>;
  if (clocks.state === 'error') return <p role="alert">{t('sla.loadFailed')}</p>;
  const { instances, causes } = clocks.value;
  const running = instances.filter((each) => each.endedAt === null);
  const past = instances.filter((each) => each.endedAt !== null);
  const shared = { causes, config, place };
  if (instances.length === 0) return <p className="muted">{t('sla.noneYet')}</p>;
  return (
    <div className="ib-why">
      {running.length > 0 && (
        <section className="ib-why-clock">
          <h3>{t('runway.title')}</h3>
          <RunwayReasons caseId={caseId} />
        </section>
      )}
      {running.length === 0 && <p className="muted">{t('sla.none')}</p>}
      {running.map((instance) => (
        <Clock key={keyOf(instance)} instance={instance} {...shared} />
      ))}
      {past.length > 0 && (
        <details className="ib-why-past">
          <summary>{t('sla.past', { count: past.length })}</summary>
          {past.map((instance) => (
            <Clock key={keyOf(instance)} instance={instance} {...shared} />
          ))}
        </details>
      )}
    </div>
  );
}

function keyOf(instance: Instance): string {
  return `${instance.metric} ${String(instance.number)}`;
}

interface ClockProps {
  readonly instance: Instance;
  readonly causes: CaseClocksView['causes'];
  readonly config: SlaConfig | null;
  readonly place: Place | null;
}

function Clock({ instance, causes, config, place }: ClockProps): ReactNode {
  const t = useWords('inbox');
  const formats = useFormats();
  const policy = policyOf(config, instance);
  const metric = t(`sla.metric.${instance.metric}`);
  const target = t('sla.targetText', { target: formats.hours(instance.targetMs), priority: t(`priority.${instance.priority}`) });
  const due = instance.dueAt === null ? null : formats.dateTime(instance.dueAt);
  return (
    <section className="ib-why-clock">
      <div className="ib-why-head">
        <h3>{instance.number > 1 ? t('sla.number', { metric, number: instance.number }) : metric}</h3>
        <DueBadge badge={instance} place={place} />
      </div>
      {instance.problem !== null && <p>{t(`sla.problem.${instance.problem}`)}</p>}
      <dl className="ib-facts">
        <Fact name={t('sla.target')}>{target}</Fact>
        {due !== null && instance.dueAt !== null && (
          <Fact name={t('sla.dueFact')}>
            {place === null ? due : t('sla.dueFactTheirs', { at: due, time: weekdayTimeThere(formats, instance.dueAt, place) })}
          </Fact>
        )}
        <Fact name={t('sla.policy')}>
          {t('sla.policyText', { name: policy?.name ?? instance.policyId, version: instance.policyVersion })}
        </Fact>
        <Fact name={t('sla.calendar')}>
          <CalendarNames policy={policy} config={config} />
        </Fact>
      </dl>
      <ol className="ib-why-steps" aria-label={t('sla.steps')}>
        {instance.steps.map((step, index) => (
          // Steps are only ever added at the end, and two of them may be alike.
          <li key={index}>
            <span>
              <StepText step={step} instance={instance} cause={causes[step.eventId]} />
            </span>
            <time className="tabular" dateTime={new Date(step.at).toISOString()} title={formats.dateTimeFull(step.at)}>
              {formats.dateTime(step.at)}
            </time>
          </li>
        ))}
      </ol>
    </section>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }): ReactNode {
  return (
    <div>
      <dt>{name}</dt>
      <dd className="tabular">{children}</dd>
    </div>
  );
}

/** Whose published shifts are promised: a hub's, or those of all. */
function ShiftsOf({ team }: { readonly team: string }): ReactNode {
  const t = useWords('inbox');
  const { hubs } = useRoster();
  if (team === '') return t('sla.coverageOfAll');
  return t('sla.coverage', { team: hubs.find((hub) => hub.hubId === team)?.name ?? team });
}

function CalendarNames({ policy, config }: { readonly policy: Policy | null; readonly config: SlaConfig | null }): ReactNode {
  const t = useWords('inbox');
  const formats = useFormats();
  if (policy === null) return t('sla.missing');
  const { promise } = policy;
  if (promise.kind === 'coverage') return <ShiftsOf team={promise.team} />;
  const names = promise.calendarIds.map((id) => {
    const calendar = config?.calendars.find((each) => each.id === id);
    const zone = calendar?.versions.at(-1)?.zone;
    return calendar === undefined ? t('sla.missing') : `${calendar.name}${zone === undefined ? '' : ` (${zone.replaceAll('_', ' ')})`}`;
  });
  return formats.list(names);
}

/** The word of each kind of event that may be behind a step. */
const CAUSES = {
  'case.opened': 'opened',
  'case.attributesChanged': 'attributesChanged',
  'case.policyApplied': 'policyApplied',
  'case.messageReceived': 'messageReceived',
  'case.messageImported': 'messageImported',
  'case.replyQueued': 'replyQueued',
  'case.replySent': 'replySent',
  'case.replyFailed': 'replyFailed',
  'case.replyCancelled': 'replyCancelled',
  'case.replySettled': 'replySettled',
  'case.deliveryFailed': 'deliveryFailed',
  'case.noteAdded': 'noteAdded',
  'case.messageEdited': 'messageEdited',
  'case.messageRemoved': 'messageRemoved',
  'case.replyRead': 'replyRead',
  'case.secretFound': 'secretFound',
  'case.secretRevealed': 'secretRevealed',
  'case.botStarted': 'botStarted',
  'case.botEnded': 'botEnded',
  'case.linked': 'linked',
  'case.unlinked': 'unlinked',
  'case.claimed': 'claimed',
  'case.released': 'released',
  'case.assigned': 'assigned',
  'case.statusChanged': 'statusChanged',
  'case.snoozed': 'snoozed',
  'case.woken': 'woken',
  'case.priorityChanged': 'priorityChanged',
  'case.labelAdded': 'labelAdded',
  'case.labelRemoved': 'labelRemoved',
  'case.noReplyNeeded': 'noReplyNeeded',
  'case.replyNeeded': 'replyNeeded',
  'case.merged': 'merged',
  'case.parked': 'parked',
  'case.unparked': 'unparked',
  'handoff.offered': 'offered',
  'handoff.packetEdited': 'packetEdited',
  'handoff.accepted': 'accepted',
  'handoff.readBack': 'readBack',
  'handoff.declined': 'declined',
  'handoff.withdrawn': 'withdrawn',
  'handoff.expired': 'expired',
  'handoff.escalated': 'escalated',
  'handoff.asked': 'asked',
  'handoff.answered': 'answered',
  'handoff.returned': 'returned',
  'handoff.settled': 'settled',
  'handoff.superseded': 'superseded',
  'promise.made': 'promiseMade',
  'promise.kept': 'promiseKept',
  'promise.released': 'promiseReleased',
  'reminder.set': 'reminderSet',
  'reminder.cleared': 'reminderCleared',
  'intake.kindSet': 'intakeKindSet',
  'intake.factSet': 'intakeFactSet',
  'intake.asked': 'intakeAsked',
} as const satisfies Readonly<Record<CaseEventType, string>>;

interface StepTextProps {
  readonly step: SlaStep;
  readonly instance: Instance;
  readonly cause: CaseClocksView['causes'][string] | undefined;
}

function StepText({ step, instance, cause }: StepTextProps): ReactNode {
  const t = useWords('inbox');
  const formats = useFormats();
  const people = usePeople();
  const what = t(`sla.step.${stepWord(step, instance)}`, { target: formats.hours(step.targetMs) });
  if (cause === undefined) return what;
  const actor = cause.actor === null ? t('conversation.system') : people.nameOf(cause.actor);
  // An event of a newer Meridian has no words here yet.
  const word = Object.hasOwn(CAUSES, cause.type) ? CAUSES[cause.type] : 'unknown';
  return (
    <>
      {what} <span className="muted">· {t(`sla.cause.${word}`, { actor })}</span>
    </>
  );
}

function stepWord(step: SlaStep, instance: Instance): Exclude<SlaStep['kind'], 'ended'> | 'met' | 'breached' | 'waived' | 'cancelled' {
  if (step.kind !== 'ended') return step.kind;
  const { state } = instance;
  return state === 'breached' || state === 'waived' || state === 'cancelled' ? state : 'met';
}
