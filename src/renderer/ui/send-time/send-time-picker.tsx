import { CalendarClock, Clock, Hourglass, Info, Sunrise, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import type { FormEvent, ReactNode, RefObject } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import type { Status } from '../../../shared/domain/case.ts';
import { customerZone } from '../../../shared/domain/promise/customer-zone.ts';
import { offsetFace, zoneFace } from '../../../shared/domain/reminder/clock-face.ts';
import { parseWhen } from '../../../shared/domain/reminder/parse-when.ts';
import { sendTimeProblem } from '../../../shared/domain/send-later/send-later.ts';
import { sendTimes } from '../../../shared/domain/send-later/send-times.ts';
import type { SendTime } from '../../../shared/domain/send-later/send-times.ts';
import type { Metric } from '../../../shared/domain/sla/policy.ts';
import { toInstant, toLocal } from '../../../shared/domain/time/zone.ts';
import { instant } from '../../../shared/domain/time.ts';
import type { Instant } from '../../../shared/domain/time.ts';
import { dateTimeThere } from '../../i18n/time-there.ts';
import { useFormats } from '../../i18n/use-formats.ts';
import { nextMinute, useNow } from '../../state/clock-store.ts';
import { Button } from '../button.tsx';
import { OptionList } from '../option-list.tsx';
import { Select } from '../select.tsx';
import { settledWallTime, WallTimeField, wallTimeValue } from '../wall-time-field.tsx';
import { ZonePicker } from '../zone-picker.tsx';
import { cityOf, firstGuess, placeOfCustomer, sendTimeWords } from './send-time-words.ts';
import type { SendCustomer } from './send-time-words.ts';
import './send-time.css';

export interface SendTimePickerProps {
  readonly customer: SendCustomer;
  /** When it leaves as things are; null while it has no time. */
  readonly current: Instant | null;
  /** The clock that is due next: what leaves after that is late. */
  readonly due?: { readonly metric: Metric; readonly dueAt: Instant } | null;
  /** From then on the channel lets nobody answer; null where it always does. */
  readonly windowEnd?: number | null;
  /** Another workstation may send it when this one is off. */
  readonly isTeam: boolean;
  /** Why the time that was chosen last can not be, in words. */
  readonly problem: string | null;
  readonly isBusy: boolean;
  /** Gets the focus first. */
  readonly field: RefObject<HTMLInputElement | null>;
  /** What the case becomes when it has left; left out where that is not asked. */
  readonly afterwards?: { readonly status: Status | null; readonly onChange: (status: Status | null) => void } | undefined;
  readonly onChoose: (at: Instant) => void;
  readonly onSendNow: () => void;
}

const KEEP = 'keep';
/** In the order of how often it is meant. */
const THEN = ['solved', 'pending', 'hold', 'open'] as const satisfies readonly Status[];

type Choice = SendTime['preset'] | 'typed';

function iconOf(preset: Choice): ReactNode {
  if (preset === 'typed') return <CalendarClock aria-hidden="true" />;
  return preset === 'hour' ? <Clock aria-hidden="true" /> : <Sunrise aria-hidden="true" />;
}

/** The times at which a reply may leave: ready-made ones, and any time on anybody's clock. */
export function SendTimePicker(props: SendTimePickerProps): ReactNode {
  const { customer, due = null, windowEnd = null, isTeam, problem, isBusy, field, afterwards, onChoose, onSendNow } = props;
  const t = useWords('sendLater');
  const tInbox = useWords('inbox');
  const formats = useFormats();
  const now = useNow(nextMinute);
  const place = placeOfCustomer(customer);
  const [typed, setTyped] = useState('');
  // by the clock that the field of one's own begins with
  const clock = place ?? { zone: formats.zone };
  const read = parseWhen(typed, now, 'zone' in clock ? zoneFace(clock.zone) : offsetFace(clock.offsetMinutes));
  const own = read !== null && read.rest === '' && sendTimeProblem(read.at, now) === null ? read.at : null;
  const detailOf = (at: Instant): string => {
    const marks = [
      ...(due !== null && due.dueAt > now && at > due.dueAt ? [t('afterDue')] : []),
      ...(windowEnd !== null && at > windowEnd ? [t('afterWindow')] : []),
    ];
    return [sendTimeWords(t, formats, at, now, customer), ...marks].join(' · ');
  };
  const times: readonly { readonly at: Instant; readonly value: Choice; readonly label: string; readonly also: string }[] = [
    ...(own === null ? [] : [{ at: own, value: 'typed', label: dateTimeThere(formats, own, clock), also: typed } as const]),
    ...sendTimes(now, place, { zone: formats.zone }).map(({ at, preset, also }) => ({
      at,
      value: preset,
      label: t(`preset.${preset}`),
      also: also.map((other) => t(`preset.${other}`)).join(' '),
    })),
  ];
  const options = times.map(({ at, value, label, also }) => {
    const detail = detailOf(at);
    return { value, label, detail, icon: iconOf(value), keywords: `${detail} ${also}` };
  });
  return (
    <div className="m-send-time">
      {due !== null && (
        <div className="m-send-due" role="status">
          <TriangleAlert aria-hidden="true" />
          <span>
            {t(due.dueAt <= now ? 'overdue' : 'due', { metric: tInbox(`sla.metric.${due.metric}`), due: formats.soonTime(due.dueAt, now) })}
          </span>
          <Button size="sm" disabled={isBusy} onClick={onSendNow}>
            {t('sendNow')}
          </Button>
        </div>
      )}
      {windowEnd !== null && (
        <p className="m-send-note" role="status">
          <Hourglass aria-hidden="true" />
          {t('window', { at: formats.dateTime(instant(windowEnd)) })}
        </p>
      )}
      <div>
        <OptionList
          label={t('choose')}
          placeholder={t('type')}
          emptyText={t('none')}
          options={options}
          field={field}
          isBusy={isBusy}
          onType={setTyped}
          onChoose={(value) => {
            const time = times.find((each) => each.value === value);
            if (time !== undefined) onChoose(time.at);
          }}
        />
      </div>
      {afterwards !== undefined && (
        <Select
          label={t('afterwards.title')}
          value={afterwards.status ?? KEEP}
          onChange={(next) => afterwards.onChange(next === KEEP ? null : next)}
          options={[
            { value: KEEP, label: t('afterwards.keep') },
            ...THEN.map((status) => ({ value: status, label: tInbox(`status.${status}`) })),
          ]}
        />
      )}
      <OwnTime {...props} />
      {problem !== null && (
        <p className="m-send-problem" role="alert">
          {problem}
        </p>
      )}
      <p className="m-send-note">
        <Info aria-hidden="true" />
        {t(isTeam ? 'team' : 'alone')}
      </p>
    </div>
  );
}

/** Any time by anybody's clock; what the clocks there skip or show twice is asked about. */
function OwnTime({ customer, current, isBusy, onChoose }: SendTimePickerProps): ReactNode {
  const t = useWords('sendLater');
  const formats = useFormats();
  const now = useNow(nextMinute);
  const known = customerZone(customer, formats.zone, now);
  const [zone, setZone] = useState(known.zone);
  const [value, setValue] = useState(() => wallTimeValue(toLocal(known.zone, current ?? firstGuess(known.zone, now))));
  const [problem, setProblem] = useState<'past' | 'too-far' | null>(null);
  const local = settledWallTime(zone, value);
  const at = local === null ? null : toInstant(zone, local);
  const choose = (event: FormEvent): void => {
    event.preventDefault();
    if (at === null) return;
    const found = sendTimeProblem(at, now);
    if (found === null) onChoose(at);
    else setProblem(found === 'in-the-past' ? 'past' : 'too-far');
  };
  return (
    <form className="m-send-own" aria-label={t('own.title')} onSubmit={choose}>
      {known.source === 'assumed' && <p className="m-send-note">{t('unknownPlace', { name: customer.name })}</p>}
      <div className="m-send-fields">
        <ZonePicker
          label={t('own.zone')}
          value={zone}
          onChange={(chosen) => {
            if (chosen === null) return;
            setZone(chosen);
            setProblem(null);
          }}
        />
        <WallTimeField
          label={t('own.field', { place: cityOf(zone) })}
          zone={zone}
          value={value}
          onChange={(next) => {
            setValue(next);
            setProblem(null);
          }}
          error={problem === null ? undefined : t(`own.${problem}`)}
          hint={at === null ? undefined : sendTimeWords(t, formats, at, now, customer)}
        />
        <Button type="submit" variant="primary" disabled={isBusy || at === null}>
          {t('own.apply')}
        </Button>
      </div>
    </form>
  );
}
