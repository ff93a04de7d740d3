import i18next from 'i18next';
import type { TFunction } from 'i18next';
import type { EngineEvent } from '../../shared/contract/workspace.contract.ts';
import type { AgentId, CaseId } from '../../shared/domain/ids.ts';
import { clock } from '../state/clock-store.ts';
import { formatsFor } from '../i18n/formats.ts';
import type { Formats } from '../i18n/formats.ts';
import { openCase, openHandoffs, useSession } from '../state/session.ts';
import { showToast } from '../ui/toast.tsx';
import type { ToastContent, ToastHandle } from '../ui/toast.tsx';

/** What the engine tells about handoffs, promises and turns, as toasts; what comes at once and is of one kind is one toast. */

type HandoffEvent = Extract<EngineEvent, { type: 'handoff' }>;
type PromiseEvent = Extract<EngineEvent, { type: 'promise' }>;
type TurnEvent = Extract<EngineEvent, { type: 'sunset' | 'sunrise' }>;
type ReminderEvent = Extract<EngineEvent, { type: 'reminder' }>;
export type ToldEvent = HandoffEvent | PromiseEvent | ReminderEvent | TurnEvent;
type NameOf = (agentId: AgentId) => string | null;

/** Long enough for what the engine tells in one go, short enough to go unnoticed. */
const GATHER_MS = 250;
/** A toast of the same kind that is younger than this is replaced by one that counts both. */
const JOIN_MS = 10_000;
const SHOWN_MS = 10_000;
const TURN_MS = 20_000;

interface Group {
  readonly events: readonly ToldEvent[];
  readonly at: number;
  readonly handle: ToastHandle;
}

let waiting: ToldEvent[] = [];
let names: NameOf = () => null;
let timer: ReturnType<typeof setTimeout> | null = null;
const shown = new Map<string, Group>();

/** Tells it soon, together with what else comes. Toasts are read out politely. */
export function tell(event: ToldEvent, nameOf: NameOf): void {
  names = nameOf;
  waiting.push(event);
  timer ??= setTimeout(tellGathered, GATHER_MS);
}

function tellGathered(): void {
  timer = null;
  const groups = new Map<string, ToldEvent[]>();
  for (const event of waiting) {
    const kind = kindOf(event);
    const known = groups.get(kind);
    if (known === undefined) groups.set(kind, [event]);
    else known.push(event);
  }
  waiting = [];
  const now = clock.now();
  for (const [kind, events] of groups) {
    const before = shown.get(kind);
    const isJoined = before !== undefined && now - before.at < JOIN_MS && kind !== 'sunset' && kind !== 'sunrise';
    const all = isJoined ? newestOfEach([...before.events, ...events]) : newestOfEach(events);
    before?.handle.close();
    const content = contentOf(all, names);
    if (content !== null) shown.set(kind, { events: all, at: now, handle: showToast(content) });
  }
}

function kindOf(event: ToldEvent): string {
  return event.type === 'handoff' || event.type === 'promise' ? `${event.type} ${event.what}` : event.type;
}

/** The same told twice is told once. */
function newestOfEach(events: readonly ToldEvent[]): readonly ToldEvent[] {
  return [...new Map(events.map((event) => [idOf(event), event])).values()];
}

function idOf(event: ToldEvent): string {
  if (event.type === 'handoff') return event.handoffId ?? event.caseId;
  if (event.type === 'reminder') return event.reminderId;
  return event.type === 'promise' ? event.promiseId : event.type;
}

function contentOf(events: readonly ToldEvent[], nameOf: NameOf): ToastContent | null {
  const t = i18next.getFixedT(null, 'desk');
  const { locale, zone } = useSession.getState();
  const formats = formatsFor(locale, zone);
  const last = events.at(-1);
  if (last === undefined) return null;
  switch (last.type) {
    case 'handoff':
      return handoffToast(t, formats, events.filter(isHandoff), last, nameOf);
    case 'promise':
      return promiseToast(t, formats, events.length, last);
    case 'reminder':
      return reminderToast(t, events.length, last);
    case 'sunset':
    case 'sunrise':
      return turnToast(t, formats, last);
  }
}

function isHandoff(event: ToldEvent): event is HandoffEvent {
  return event.type === 'handoff';
}

/** What is over for me, and what I read in the case; everything else is answered in the lanes. */
const IN_THE_CASE: ReadonlySet<HandoffEvent['what']> = new Set(['accepted', 'escalated', 'went-to-lead', 'overruled']);

function handoffToast(
  t: TFunction<'desk'>,
  formats: Formats,
  events: readonly HandoffEvent[],
  last: HandoffEvent,
  nameOf: NameOf,
): ToastContent {
  const count = events.length;
  const isOne = count === 1;
  const subject = subjectOf(t, last.subject);
  const by = last.by === null ? null : (nameOf(last.by) ?? t('someone'));
  const isRunning = last.what === 'offered' || last.what === 'half';
  const at = last.expiresAt === null ? '' : formats.soonTime(last.expiresAt, clock.now());
  return {
    title: t(`handoff.${last.what}`, { count }),
    ...(isOne ? { description: isRunning ? t('until', { subject, at }) : by === null ? subject : t('detail', { subject, by }) } : {}),
    durationMs: SHOWN_MS,
    action:
      isOne && IN_THE_CASE.has(last.what)
        ? { label: t('open'), onAction: () => openCase(last.caseId) }
        : { label: t('show'), onAction: () => openHandoffs('lanes') },
  };
}

function promiseToast(t: TFunction<'desk'>, formats: Formats, count: number, last: PromiseEvent): ToastContent {
  return {
    title: t(`promise.${last.what}`, { count }),
    ...(count === 1
      ? { description: t('due', { subject: subjectOf(t, last.subject), at: formats.soonTime(last.dueAt, clock.now()) }) }
      : {}),
    durationMs: SHOWN_MS,
    action: count === 1 ? opening(t, last.caseId) : { label: t('show'), onAction: () => openHandoffs('promises') },
  };
}

/** It stays until it is read: somebody wanted it then. */
function reminderToast(t: TFunction<'desk'>, count: number, last: ReminderEvent): ToastContent {
  const words = i18next.getFixedT(null, 'reminders');
  const subject = subjectOf(t, last.subject);
  return {
    title: words('reminder.told', { count }),
    ...(count === 1 ? { description: last.note === '' ? subject : words('reminder.toldNote', { note: last.note, subject }) } : {}),
    durationMs: TURN_MS,
    action: count === 1 ? opening(t, last.caseId) : { label: t('show'), onAction: () => openHandoffs('reminders') },
  };
}

function opening(t: TFunction<'desk'>, caseId: CaseId): NonNullable<ToastContent['action']> {
  return { label: t('open'), onAction: () => openCase(caseId) };
}

function turnToast(t: TFunction<'desk'>, formats: Formats, event: TurnEvent): ToastContent {
  if (event.type === 'sunrise') {
    return {
      title: t('sunrise.title', { time: formats.time(event.turnEndsAt) }),
      description: t('sunrise.detail'),
      durationMs: TURN_MS,
      action: { label: t('sunrise.open'), onAction: () => openHandoffs('brief') },
    };
  }
  const left = event.turnEndsAt - clock.now();
  return {
    title: left > 0 ? t('sunset.title', { span: formats.duration(left) }) : t('sunset.ended'),
    description: t('sunset.left', { count: event.left }),
    durationMs: TURN_MS,
    action: { label: t('sunset.open'), onAction: () => openHandoffs('sweep') },
  };
}

function subjectOf(t: TFunction<'desk'>, subject: string): string {
  return subject.trim() === '' ? t('noSubject') : subject;
}
