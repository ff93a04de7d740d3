import {
  CalendarDays,
  ChevronLeft,
  ChevronRight,
  Download,
  FileClock,
  Globe,
  History,
  Inbox,
  MoreHorizontal,
  Redo2,
  Repeat,
  Sparkles,
  TriangleAlert,
  Undo2,
  Upload,
} from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import { formatLocalDate, parseLocalDate } from '../../../../shared/domain/time/local-time.ts';
import { localDateOf } from '../../../../shared/domain/time/zone.ts';
import { offsetText, zoneOffsetMinutes } from '../../../i18n/formats.ts';
import { useFormats } from '../../../i18n/use-formats.ts';
import { clock, nextMinute, useNow } from '../../../state/clock-store.ts';
import { useSession } from '../../../state/session.ts';
import { Button, IconButton } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { TextField } from '../../../ui/field.tsx';
import { Menu, MenuItem, MenuRadioGroup, MenuSeparator } from '../../../ui/menu.tsx';
import { Popover } from '../../../ui/popover.tsx';
import { Segments } from '../../../ui/segments.tsx';
import { ZonePicker } from '../../../ui/zone-picker.tsx';
import { redoStep, undoStep } from './edit-plan.ts';
import { openDialog, SCALES, setScale, stepWindow, toggleSide, usePlanner } from './planner.store.ts';
import type { Scale } from './planner.store.ts';
import { zoneCity } from './shift-words.ts';
import type { ShiftWords } from './shift-words.ts';
import type { PlannerData } from './use-planner-data.ts';

export interface ToolbarProps {
  readonly data: PlannerData;
  readonly words: ShiftWords;
  /** Requests that wait for a lead. */
  readonly waiting: number;
  readonly issues: number;
}

/** What is shown, and what can be done with all of it. */
export function Toolbar({ data, words, waiting, issues }: ToolbarProps): ReactNode {
  const t = useWords('plan');
  const scale = usePlanner((state) => state.scale);
  const layer = usePlanner((state) => state.layer);
  const side = usePlanner((state) => state.side);
  return (
    <div className="plan-toolbar" role="group" aria-label={t('toolbar.label')}>
      <div className="plan-toolbar-group">
        <Button size="sm" onClick={() => usePlanner.setState({ date: null, reveal: { at: clock.now(), rowKey: null } })}>
          {t('toolbar.today')}
        </Button>
        <IconButton
          size="sm"
          label={t('toolbar.earlier')}
          shortcut="pageup"
          icon={<ChevronLeft />}
          onClick={() => stepWindow(-1, data.zone, clock.now())}
        />
        <IconButton
          size="sm"
          label={t('toolbar.later')}
          shortcut="pagedown"
          icon={<ChevronRight />}
          onClick={() => stepWindow(1, data.zone, clock.now())}
        />
        <DateJump data={data} words={words} />
      </div>
      <Segments<Scale>
        label={t('toolbar.scale')}
        value={scale}
        onChange={setScale}
        options={SCALES.map((value) => ({ value, label: t(`scale.${value}`) }))}
      />
      <ZoneMenu data={data} />
      <div className="plan-toolbar-space" />
      <Segments
        label={t('toolbar.layer')}
        value={layer}
        onChange={(next) => usePlanner.setState({ layer: next })}
        options={[
          { value: 'published' as const, label: t('layer.published') },
          { value: 'draft' as const, label: t('layer.draft') },
        ]}
      />
      {data.canPlan && <UndoButtons />}
      {data.canPlan && (
        <Button size="sm" icon={<Sparkles />} onClick={() => openDialog({ kind: 'generate', rotationIds: null })}>
          {t('toolbar.generate')}
        </Button>
      )}
      <MoreMenu canPlan={data.canPlan} />
      <div className="plan-toolbar-group">
        <IconButton
          size="sm"
          label={t('toolbar.issues', { count: issues })}
          pressed={side === 'issues'}
          icon={<Counted icon={<TriangleAlert />} count={issues} tone="problem" />}
          onClick={() => toggleSide('issues')}
        />
        <IconButton
          size="sm"
          label={t('toolbar.requests', { count: waiting })}
          pressed={side === 'requests'}
          icon={<Counted icon={<Inbox />} count={waiting} tone="neutral" />}
          onClick={() => toggleSide('requests')}
        />
        <IconButton
          size="sm"
          label={t('toolbar.history')}
          pressed={side === 'history'}
          icon={<History />}
          onClick={() => toggleSide('history')}
        />
      </div>
    </div>
  );
}

function Counted({
  icon,
  count,
  tone,
}: {
  readonly icon: ReactNode;
  readonly count: number;
  readonly tone: 'problem' | 'neutral';
}): ReactNode {
  return (
    <span className="plan-counted">
      {icon}
      {count > 0 && <span className="plan-count tabular" data-tone={tone} data-text={count > 99 ? '99+' : count} aria-hidden="true" />}
    </span>
  );
}

/** The days that are shown, in words; opens a field to go to any other. */
function DateJump({ data, words }: { readonly data: PlannerData; readonly words: ShiftWords }): ReactNode {
  const t = useWords('plan');
  const date = usePlanner((state) => state.date);
  const scale = usePlanner((state) => state.scale);
  const [isOpen, setOpen] = useState(false);
  const { days } = data.axis;
  const first = days[0]?.epochDay ?? 0;
  const last = days.at(-1)?.epochDay ?? first;
  const shown =
    scale === 'day'
      ? words.days.dateLong(first)
      : scale === 'month'
        ? words.days.month(first)
        : t('toolbar.range', {
            from: words.days.date(first),
            to: words.days.date(last),
            month: words.days.month(last).match(/\d{4}/u)?.[0] ?? '',
          });
  return (
    <Popover
      open={isOpen}
      onOpenChange={setOpen}
      label={t('toolbar.jump')}
      trigger={
        <button
          type="button"
          className="m-button m-button-ghost m-button-sm plan-range"
          aria-label={t('toolbar.jumpFrom', { range: shown })}
        >
          <CalendarDays aria-hidden="true" />
          <strong className="tabular">{shown}</strong>
        </button>
      }
    >
      <TextField
        type="date"
        label={t('toolbar.jump')}
        value={formatLocalDate(date ?? localDateOf(data.zone, clock.now()))}
        onChange={(text) => {
          const next = parseLocalDate(text);
          if (next !== null) usePlanner.setState({ date: next });
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter') setOpen(false);
        }}
      />
    </Popover>
  );
}

const OTHER = 'other';

/** Whose days are shown: mine, a hub's, UTC's, or any zone's. */
function ZoneMenu({ data }: { readonly data: PlannerData }): ReactNode {
  const t = useWords('plan');
  const formats = useFormats();
  const own = useSession((state) => state.zone);
  const zone = usePlanner((state) => state.zone);
  const now = useNow(nextMinute);
  const [isPicking, setPicking] = useState(false);
  const offset = (of: string): string => offsetText(zoneOffsetMinutes(of, now));
  const hubs = data.roster.hubs.filter((hub) => hub.isActive && hub.zone !== own);
  const options = [
    { value: own, label: t('toolbar.ownZone', { city: zoneCity(own) }), detail: offset(own) },
    ...hubs
      .filter((hub, index) => hubs.findIndex((each) => each.zone === hub.zone) === index)
      .map((hub) => ({
        value: hub.zone,
        label: t('toolbar.hubZone', { hub: hub.name, city: zoneCity(hub.zone) }),
        detail: offset(hub.zone),
      })),
    ...(own === 'UTC' ? [] : [{ value: 'UTC', label: 'UTC', detail: '' }]),
  ];
  const isListed = options.some((option) => option.value === data.zone);
  return (
    <>
      <Menu
        trigger={
          <Button size="sm" variant="ghost" icon={<Globe aria-hidden="true" />}>
            {zoneCity(data.zone)} <span className="muted tabular">{formats.timeIn(now, data.zone)}</span>
            <span className="visually-hidden">{t('toolbar.zoneChange')}</span>
          </Button>
        }
      >
        <MenuRadioGroup
          label={t('toolbar.zone')}
          value={data.zone}
          onChange={(next) => {
            if (next === OTHER) setPicking(true);
            else usePlanner.setState({ zone: next === own ? null : next });
          }}
          options={[
            ...options,
            ...(isListed || zone === null ? [] : [{ value: zone, label: zoneCity(zone), detail: offset(zone) }]),
            { value: OTHER, label: t('toolbar.otherZone') },
          ]}
        />
      </Menu>
      <Dialog open={isPicking} onOpenChange={setPicking} title={t('toolbar.zone')} size="sm">
        <ZonePicker
          label={t('toolbar.zone')}
          value={data.zone}
          onChange={(next) => {
            if (next === null) return;
            usePlanner.setState({ zone: next === own ? null : next });
            setPicking(false);
          }}
        />
      </Dialog>
    </>
  );
}

function UndoButtons(): ReactNode {
  const t = useWords('plan');
  const done = usePlanner((state) => state.done.at(-1)?.label ?? null);
  const undone = usePlanner((state) => state.undone.at(-1)?.label ?? null);
  return (
    <div className="plan-toolbar-group">
      <IconButton
        size="sm"
        label={done === null ? t('undo.nothing') : t('undo.undo', { what: done })}
        shortcut="mod+z"
        icon={<Undo2 />}
        disabled={done === null}
        onClick={() => void undoStep()}
      />
      <IconButton
        size="sm"
        label={undone === null ? t('undo.nothingRedo') : t('undo.redo', { what: undone })}
        shortcut="mod+shift+z"
        icon={<Redo2 />}
        disabled={undone === null}
        onClick={() => void redoStep()}
      />
    </div>
  );
}

function MoreMenu({ canPlan }: { readonly canPlan: boolean }): ReactNode {
  const t = useWords('plan');
  return (
    <Menu align="end" trigger={<IconButton size="sm" label={t('toolbar.more')} icon={<MoreHorizontal />} />}>
      <MenuItem icon={<Repeat />} onSelect={() => openDialog({ kind: 'patterns' })}>
        {t('toolbar.patterns')}
      </MenuItem>
      {canPlan && (
        <MenuItem icon={<FileClock />} onSelect={() => openDialog({ kind: 'fill', templateId: null })}>
          {t('toolbar.fill')}
        </MenuItem>
      )}
      <MenuSeparator />
      {canPlan && (
        <MenuItem icon={<Upload />} onSelect={() => openDialog({ kind: 'ics' })}>
          {t('toolbar.ics')}
        </MenuItem>
      )}
      <MenuItem icon={<Download />} onSelect={() => openDialog({ kind: 'export' })}>
        {t('toolbar.export')}
      </MenuItem>
    </Menu>
  );
}
