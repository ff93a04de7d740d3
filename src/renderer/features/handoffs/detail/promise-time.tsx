import type { ReactNode, Ref } from 'react';
import { useState } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import type { Packet, PacketPromise } from '../../../../shared/domain/handoff/packet.ts';
import { formatLocalDate } from '../../../../shared/domain/time/local-time.ts';
import type { LocalDate } from '../../../../shared/domain/time/local-time.ts';
import { clock } from '../../../state/clock-store.ts';
import { useFormats } from '../../../i18n/use-formats.ts';
import { TextField } from '../../../ui/field.tsx';
import { Segments } from '../../../ui/segments.tsx';
import { useDayWords } from './mismatch-words.ts';
import { dayChoices } from './read-back-model.ts';

export interface PromiseTimeProps {
  readonly packet: Packet;
  readonly promise: PacketPromise;
  readonly day: LocalDate;
  readonly time: string;
  /** What is typed is no time of day. */
  readonly isBad: boolean;
  readonly onDay: (day: LocalDate) => void;
  readonly onTime: (time: string) => void;
  readonly timeRef: Ref<HTMLInputElement>;
}

/** When the next promise is due, as the receiver's own clock shows it: worked out by them, not filled in. */
export function PromiseTime({ packet, promise, day, time, isBad, onDay, onTime, timeRef }: PromiseTimeProps): ReactNode {
  const t = useWords('lanes');
  const { zone } = useFormats();
  const dayWords = useDayWords();
  const [days] = useState(() => dayChoices(packet, zone, clock.now()));
  return (
    <fieldset className="hd-choice">
      <legend>{t('accept.promise')}</legend>
      <p className="hd-by" dir="auto">
        {t('accept.promiseText', { text: promise.text })}
      </p>
      <div className="hd-when">
        <TextField
          className="hd-when-time"
          label={t('accept.time')}
          hideLabel
          placeholder="14:30"
          inputMode="numeric"
          autoComplete="off"
          maxLength={5}
          value={time}
          onChange={onTime}
          ref={timeRef}
        />
        <Segments
          label={t('accept.day')}
          value={formatLocalDate(day)}
          options={days.map((each) => ({ value: formatLocalDate(each), label: dayWords(each) }))}
          onChange={(value) => {
            const chosen = days.find((each) => formatLocalDate(each) === value);
            if (chosen !== undefined) onDay(chosen);
          }}
        />
      </div>
      <p className={isBad ? 'm-field-error' : 'hd-by'}>{t(isBad ? 'accept.timeBad' : 'accept.timeHint')}</p>
    </fieldset>
  );
}
