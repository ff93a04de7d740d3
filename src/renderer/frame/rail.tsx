import { ArrowLeftRight, CalendarRange, GitMerge, Inbox, Send, Settings } from 'lucide-react';
import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import { useWords } from '../i18n/use-words.ts';
import { useLiveValue } from '../bridge/use-live.ts';
import type { OutboxRow } from '../../shared/contract/outbox.contract.ts';
import type { MyTurn } from '../../shared/contract/coverage.contract.ts';
import type { HandoffCounts } from '../../shared/contract/handoff.contract.ts';
import type { Workspace } from '../../shared/contract/workspace.contract.ts';
import { instant } from '../../shared/domain/time.ts';
import type { Instant } from '../../shared/domain/time.ts';
import { offsetText, zoneOffsetMinutes } from '../i18n/formats.ts';
import type { Formats } from '../i18n/formats.ts';
import { useFormats } from '../i18n/use-formats.ts';
import { nextMinute, useNow } from '../state/clock-store.ts';
import { saveSettings } from '../state/save-settings.ts';
import { goTo, openCoverage, useSession } from '../state/session.ts';
import type { Route } from '../state/session.ts';
import { useShownDeliveries } from '../state/shown-deliveries.ts';
import { useTeam } from '../state/team.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Switch } from '../ui/check.tsx';
import { Tooltip } from '../ui/tooltip.tsx';
import { MeridianMark } from './meridian-mark.tsx';
import { setSwitchPersonOpen } from './switch-person.store.ts';
import { useHasColleagues } from './switch-person.tsx';
import { SyncState } from './sync-state.tsx';
import { TeamState } from './team-state.tsx';

const NO_REPLIES: readonly OutboxRow[] = [];
const NO_TURNS: readonly MyTurn[] = [];

/** Where to go, and below it the state of the mailboxes, the shift and the agent's own clock. */
export function Rail({ workspace }: { readonly workspace: Workspace }): ReactNode {
  const t = useWords('frame');
  const words = useWords('lanes');
  const reminderText = useWords('reminders');
  const formats = useFormats();
  const counts = useLiveValue('cases.counts', {}, null);
  const outbox = useShownDeliveries(useLiveValue('outbox.list', {}, NO_REPLIES));
  const handoffs = useLiveValue('handoffs.counts', {}, null);
  const notices = useLiveValue('plan.mine', {}, null)?.notices.length ?? 0;
  const waiting = outbox.filter((row) => row.state !== 'sent' && row.state !== 'cancelled');
  const dueReminders = useLiveValue('reminders.counts', {}, null)?.due ?? 0;
  const told = [
    handoffs === null ? '' : handoffWords(words, formats, handoffs),
    dueReminders === 0 ? '' : reminderText('page.counted', { count: dueReminders }),
  ];
  const hasProblem = waiting.some((row) => row.state === 'failed' || row.state === 'held' || row.state === 'unknown');
  return (
    <nav className="rail" aria-label={t('nav.label')}>
      <MeridianMark size={28} />
      <RailLink
        route="inbox"
        icon={<Inbox aria-hidden="true" />}
        label={t('nav.inbox')}
        shortcut="g i"
        count={counts?.unread ?? 0}
        countText={t('nav.inboxCount', { count: counts?.unread ?? 0 })}
      />
      {waiting.length > 0 && (
        <RailLink
          route="outbox"
          icon={<Send aria-hidden="true" />}
          label={t('nav.outbox')}
          countText={t('nav.outboxCount', { count: waiting.length })}
          shortcut="g o"
          count={waiting.length}
          isProblem={hasProblem}
        />
      )}
      <RailLink
        route="handoffs"
        icon={<ArrowLeftRight aria-hidden="true" />}
        label={t('nav.handoffs')}
        shortcut="g h"
        count={dueReminders + (handoffs === null ? 0 : HANDOFF_COUNTS.reduce((sum, each) => sum + handoffs[each], 0))}
        countText={told.filter((each) => each !== '').join(' · ')}
      />
      <ConflictsLink />
      <RailLink
        route="coverage"
        icon={<CalendarRange aria-hidden="true" />}
        label={t('nav.coverage')}
        shortcut="g c"
        count={notices}
        countText={notices === 0 ? '' : t('nav.coverageNotices', { count: notices })}
      />
      <RailLink route="settings" icon={<Settings aria-hidden="true" />} label={t('nav.settings')} shortcut="g s" />
      <div className="rail-space" />
      <TeamState />
      <SyncState />
      <ShiftSwitch />
      <OwnClock me={workspace.me} />
    </nav>
  );
}

/** There while something waits for a decision, and while one looks at it. */
function ConflictsLink(): ReactNode {
  const t = useWords('conflicts');
  const isCurrent = useSession((state) => state.route === 'conflicts');
  const team = useTeam();
  const count = team === null || team.phase === 'read-only' ? 0 : team.openConflicts;
  if (count === 0 && !isCurrent) return null;
  return (
    <RailLink
      route="conflicts"
      icon={<GitMerge aria-hidden="true" />}
      label={t('nav')}
      countText={count === 0 ? '' : t('navCount', { count })}
      shortcut="g x"
      count={count}
      isProblem
    />
  );
}

const HANDOFF_COUNTS = ['incoming', 'answers', 'escalated', 'sweepLeft'] as const;

/** What the number means: each count that is there, in words. */
function handoffWords(t: TFunction<'lanes'>, formats: Formats, counts: HandoffCounts): string {
  const parts = HANDOFF_COUNTS.filter((each) => counts[each] > 0).map((each) => t(`rail.${each}`, { count: counts[each] }));
  return parts.length === 0 ? '' : t('rail.counts', { parts: formats.list(parts) });
}

interface RailLinkProps {
  readonly route: Route;
  readonly icon: ReactNode;
  readonly label: string;
  /** What the count means, in words. */
  readonly countText?: string;
  readonly shortcut: string;
  readonly count?: number;
  readonly isProblem?: boolean;
}

function RailLink({ route, icon, label, countText = '', shortcut, count = 0, isProblem = false }: RailLinkProps): ReactNode {
  const formats = useFormats();
  const isCurrent = useSession((state) => state.route === route);
  const shown = count > 99 ? '99+' : formats.number(count);
  return (
    <Tooltip content={countText === '' ? label : countText} shortcut={shortcut} side="right">
      <button type="button" className="rail-item" aria-current={isCurrent ? 'page' : undefined} onClick={() => goTo(route)}>
        {icon}
        <span>{label}</span>
        {count > 0 && (
          <span className="rail-count tabular" data-tone={isProblem ? 'problem' : 'neutral'} aria-hidden="true">
            {shown}
          </span>
        )}
        {count > 0 && <span className="visually-hidden">{countText}</span>}
      </button>
    </Tooltip>
  );
}

function ShiftSwitch(): ReactNode {
  const t = useWords('frame');
  const settings = useLiveValue('settings.get', {}, null);
  const isOn = settings?.onShift ?? false;
  return (
    <Tooltip content={t('shift.hint')} side="right">
      <div className="rail-item shift-switch">
        <Switch
          hideLabel
          label={t('shift.switchLabel')}
          checked={isOn}
          disabled={settings === null}
          onChange={(onShift) => void saveSettings({ onShift })}
        />
        <span aria-hidden="true">{isOn ? t('shift.on') : t('shift.off')}</span>
        {isOn && <ShiftEnd />}
      </div>
    </Tooltip>
  );
}

/** Until when the plan has me on shift. */
function ShiftEnd(): ReactNode {
  const t = useWords('shifts');
  const formats = useFormats();
  const turns = useLiveValue('plan.mine', {}, null)?.turns ?? NO_TURNS;
  const now = useNow((current) => nextRunningChange(turns, current));
  const running = turns.find((turn) => turn.from <= now && now < turn.to);
  if (running === undefined) return null;
  return (
    <button type="button" className="shift-end tabular" title={t('next.open')} onClick={() => openCoverage('shifts')}>
      {t('ribbon.until', { time: formats.time(running.to) })}
    </button>
  );
}

function nextRunningChange(turns: readonly MyTurn[], now: Instant): Instant | null {
  const changes = turns.flatMap((turn) => [turn.from, turn.to]).filter((at) => at > now);
  return changes.length === 0 ? null : instant(Math.min(...changes));
}

/** What my clock shows; in a team a button that lets somebody else sit down. */
function OwnClock({ me }: { readonly me: Workspace['me'] }): ReactNode {
  const t = useWords('frame');
  const tDesk = useWords('desk');
  const formats = useFormats();
  const now = useNow(nextMinute);
  const hasColleagues = useHasColleagues();
  const name = me?.zone ?? formats.zone;
  const label = `${t('clock.label', { zone: name })}: ${formats.timeIn(now, name)}`;
  const hint = `${t('clock.label', { zone: name })}: ${formats.dateTimeFull(now)}`;
  const content = (
    <>
      {hasColleagues && me !== null && <Avatar name={me.name} size="xs" />}
      <time className="rail-clock-time tabular" dateTime={new Date(now).toISOString()}>
        {formats.timeIn(now, name)}
      </time>
      <span className="tabular">{offsetText(zoneOffsetMinutes(name, now))}</span>
    </>
  );
  if (!hasColleagues || me === null) {
    return (
      <Tooltip content={hint} side="right">
        <div className="rail-item rail-clock" role="timer" aria-label={label}>
          {content}
        </div>
      </Tooltip>
    );
  }
  return (
    <Tooltip content={`${me.name}. ${hint}`} side="right">
      <button type="button" className="rail-item rail-clock" aria-haspopup="dialog" onClick={() => setSwitchPersonOpen(true)}>
        {content}
        <span className="visually-hidden">{tDesk('switch.clock', { name: me.name, zone: name })}</span>
      </button>
    </Tooltip>
  );
}
