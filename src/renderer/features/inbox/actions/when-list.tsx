import { CalendarClock, Clock, Sunrise } from 'lucide-react';
import { useState } from 'react';
import type { FormEvent, ReactNode } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import { nextWorkingMorning } from '../../../../shared/domain/reminder/clock-face.ts';
import { parseWhen } from '../../../../shared/domain/reminder/parse-when.ts';
import { DAY_MS } from '../../../../shared/domain/time.ts';
import type { Instant } from '../../../../shared/domain/time.ts';
import { toInstant } from '../../../../shared/domain/time/zone.ts';
import { dateTimeThere, weekdayTimeThere } from '../../../i18n/time-there.ts';
import { useFormats } from '../../../i18n/use-formats.ts';
import { nextMinute, useNow } from '../../../state/clock-store.ts';
import { Button } from '../../../ui/button.tsx';
import { Combobox } from '../../../ui/combobox.tsx';
import { TextField } from '../../../ui/field.tsx';
import { settledWallTime, WallTimeField } from '../../../ui/wall-time-field.tsx';
import type { WallTimeValue } from '../../../ui/wall-time-field.tsx';
import { OptionList } from '../../../ui/option-list.tsx';
import type { Option } from '../../../ui/option-list.tsx';
import { fieldValue, snoozeFromField, snoozeTimes } from './snooze-times.ts';
import type { ClockChoice, Clocks } from './use-clocks.ts';

export interface WhenListProps {
  readonly clocks: Clocks;
  readonly label: string;
  /** What the button beside the date says. */
  readonly submit: string;
  /** Something may be typed behind the time. */
  readonly takesNote?: boolean | undefined;
  /** Other things to choose, below the times. */
  readonly more?: readonly (Option & { readonly onChoose: () => void })[] | undefined;
  /** The date that is offered first; without it tomorrow morning. */
  readonly startAt?: Instant | undefined;
  readonly onPick: (at: Instant, note: string) => void;
  /** Fields between the list and the date; `isReady`: nothing is typed, so that the ready-made choices are all there. */
  readonly children?: ReactNode | ((isReady: boolean) => ReactNode);
}

const TYPED = 'typed';
/** From here on a weekday does not say which one. */
const LAST_WEEKDAY_MS = 6 * DAY_MS;

/** Ready-made times, a time as it is typed, or a date; on anybody's clock, with what other clocks show then. */
export function WhenList({ clocks, label, submit, takesNote = false, more = [], startAt, onPick, children }: WhenListProps): ReactNode {
  const t = useWords('reminders');
  const formats = useFormats();
  const now = useNow(nextMinute);
  const [clockId, setClockId] = useState('mine');
  const [typed, setTyped] = useState('');
  const chosen = clocks.all.find((each) => each.id === clockId) ?? clocks.mine;
  const others = useOthers(clocks, chosen);
  const parsed = parseWhen(typed, now, chosen.face);
  const found = parsed === null || (parsed.rest !== '' && !takesNote) ? null : parsed;
  const times = timesFor(clocks, chosen, now);
  // on a Monday the coming one is a week away: its weekday alone would be today
  const timeOf = (at: Instant): string =>
    at - now < LAST_WEEKDAY_MS ? weekdayTimeThere(formats, at, chosen.place) : dateTimeThere(formats, at, chosen.place);
  const typedOption =
    found === null
      ? []
      : [
          {
            value: TYPED,
            label: dateTimeThere(formats, found.at, chosen.place) + (found.rest === '' ? '' : ` · ${found.rest}`),
            detail: [formats.relative(found.at, now), others(found.at), found.kind === 'unique' ? '' : t(`when.${found.kind}`)]
              .filter((each) => each !== '')
              .join(' · '),
            icon: <CalendarClock aria-hidden="true" />,
            keywords: typed,
          },
        ];
  const options: readonly Option[] = [
    ...typedOption,
    ...times.map(({ id, at, text, icon }) => ({
      value: id,
      label: text(t),
      detail: [timeOf(at), others(at)].filter((each) => each !== '').join(' · '),
      icon,
    })),
    ...more,
  ];
  const choose = (value: string): void => {
    const time = times.find((each) => each.id === value);
    if (value === TYPED && found !== null) onPick(found.at, found.rest);
    else if (time !== undefined) onPick(time.at, '');
    else more.find((each) => each.value === value)?.onChoose();
  };
  return (
    <>
      <OptionList
        label={label}
        placeholder={t('when.type')}
        emptyText={t('when.none')}
        options={options}
        onType={setTyped}
        onChoose={choose}
      />
      {typeof children === 'function' ? children(typed.trim() === '') : children}
      <OwnTime key={chosen.id} clock={chosen} others={others} submit={submit} startAt={startAt} onPick={(at) => onPick(at, '')}>
        {clocks.all.length > 1 && (
          <Combobox
            label={t('clock.label')}
            value={chosen.id}
            onChange={(id) => setClockId(id ?? 'mine')}
            options={clocks.all.map((each) => ({ value: each.id, label: each.label, detail: weekdayTimeThere(formats, now, each.place) }))}
            hint={chosen.id === 'mine' ? undefined : t('clock.now', { time: weekdayTimeThere(formats, now, chosen.place) })}
          />
        )}
      </OwnTime>
    </>
  );
}

/** What the clocks show that were not chosen, and belong to somebody it concerns. */
function useOthers({ mine, customer }: Clocks, chosen: ClockChoice): (at: Instant) => string {
  const t = useWords('reminders');
  const formats = useFormats();
  return (at) => {
    const shown = weekdayTimeThere(formats, at, chosen.place);
    const [yours, theirs] = [
      weekdayTimeThere(formats, at, mine.place),
      customer === null ? shown : weekdayTimeThere(formats, at, customer.place),
    ];
    // what all of them show is told once
    return [yours === shown ? '' : t('when.yours', { time: yours }), theirs === shown ? '' : t('when.theirs', { time: theirs })]
      .filter((each) => each !== '')
      .join(' · ');
  };
}

interface ReadyTime {
  readonly id: string;
  readonly at: Instant;
  readonly icon: ReactNode;
  readonly text: (t: ReturnType<typeof useWords<'reminders'>>) => string;
}

function timesFor({ customer, assignee }: Clocks, chosen: ClockChoice, now: Instant): readonly ReadyTime[] {
  const presets = snoozeTimes(now, chosen.place).map(({ preset, until }): ReadyTime => ({
    id: preset,
    at: until,
    icon: preset === 'monday' || preset === 'tomorrow' ? <Sunrise aria-hidden="true" /> : <Clock aria-hidden="true" />,
    text: (t) => t(`when.${preset}`),
  }));
  const sunrise = <Sunrise aria-hidden="true" />;
  return [
    // on a Sunday, tomorrow is Monday
    ...presets.filter((each, index) => presets.findIndex((other) => other.at === each.at) === index),
    ...(customer === null
      ? []
      : [
          {
            id: 'customer-morning',
            at: nextWorkingMorning(customer.face, now),
            icon: sunrise,
            text: (t) => t('when.customerMorning'),
          } satisfies ReadyTime,
        ]),
    ...(assignee === null
      ? []
      : [
          {
            id: 'assignee-morning',
            at: nextWorkingMorning(assignee.face, now),
            icon: sunrise,
            text: (t) => t('when.assigneeMorning', { name: assignee.name }),
          } satisfies ReadyTime,
        ]),
  ];
}

/** Not ahead, too far ahead, or shown twice by the clock and not said which. */
type TimeProblem = 'past' | 'far' | 'open';

interface OwnTimeProps {
  readonly clock: ClockChoice;
  readonly others: (at: Instant) => string;
  readonly submit: string;
  readonly startAt: Instant | undefined;
  readonly onPick: (at: Instant) => void;
  readonly children: ReactNode;
}

/** A date and a time on the chosen clock; times that it skips or shows twice are asked about. */
function OwnTime({ clock, others, submit, startAt, onPick, children }: OwnTimeProps): ReactNode {
  const t = useWords('reminders');
  const now = useNow(nextMinute);
  const [value, setValue] = useState<WallTimeValue>(() => ({
    text: fieldValue(startAt ?? snoozeTimes(now, clock.place)[2]?.until ?? now, clock.place),
    isConfirmed: false,
  }));
  const [problem, setProblem] = useState<TimeProblem | null>(null);
  const at = instantOf(value, clock, now);
  const change = (next: WallTimeValue): void => {
    setValue(next);
    setProblem(null);
  };
  const send = (event: FormEvent): void => {
    event.preventDefault();
    if (typeof at === 'string') setProblem(at);
    else onPick(at);
  };
  const field = {
    label: t('when.pick'),
    error: problem === null ? undefined : t(`when.${problem}`),
    hint: typeof at === 'string' ? undefined : others(at),
  };
  return (
    <form className="ib-picker-own" onSubmit={send}>
      {children}
      {'zone' in clock.place ? (
        <WallTimeField {...field} zone={clock.place.zone} value={value} onChange={change} />
      ) : (
        <TextField {...field} type="datetime-local" value={value.text} onChange={(text) => change({ text, isConfirmed: false })} />
      )}
      <Button type="submit" variant="primary">
        {submit}
      </Button>
    </form>
  );
}

function instantOf(value: WallTimeValue, { place }: ClockChoice, now: Instant): Instant | TimeProblem {
  const at = snoozeFromField(value.text, place, now);
  if (typeof at === 'string' || !('zone' in place)) return at;
  const local = settledWallTime(place.zone, value);
  return local === null ? 'open' : toInstant(place.zone, local);
}
