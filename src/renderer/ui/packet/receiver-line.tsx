import { Sun, UserRoundCheck, UserRoundX } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Receiver } from '../../../shared/domain/handoff/receivers.ts';
import { useFormats } from '../../i18n/use-formats.ts';
import { nextMinute, useNow } from '../../state/clock-store.ts';
import { Avatar } from '../avatar.tsx';
import './packet.css';

export interface ReceiverLineProps {
  readonly receiver: Receiver;
  readonly name: string;
  /** Empty when they belong to none. */
  readonly hub: string;
}

/** Somebody a case can be offered to: their clock, how much of their turn is left, what they can, how much they have. */
export function ReceiverLine({ receiver, name, hub }: ReceiverLineProps): ReactNode {
  const { t } = useTranslation('handoff');
  const formats = useFormats();
  const now = useNow(nextMinute);
  const { zone, from, turnEndsAt, leftMs, isQualified, load } = receiver;
  const isOn = from <= now;
  return (
    <span className="m-receiver">
      <Avatar name={name} size="sm" />
      <span className="m-receiver-name">
        <strong>{name}</strong>
        <span className="muted">{hub}</span>
      </span>
      <span className="m-receiver-facts tabular">
        <span>
          <Sun aria-hidden="true" />
          {t('receiver.theirTime', { time: formats.weekdayTimeIn(now, zone) })}
        </span>
        <span data-tone={isOn ? 'ok' : undefined}>
          {isOn
            ? `${t('receiver.until', { time: formats.soonTime(turnEndsAt, now) })} · ${t('receiver.left', { span: formats.hours(leftMs) })}`
            : t('receiver.from', { time: formats.soonTime(from, now) })}
        </span>
        <span data-tone={isQualified ? 'ok' : 'soon'}>
          {isQualified ? <UserRoundCheck aria-hidden="true" /> : <UserRoundX aria-hidden="true" />}
          {isQualified ? t('receiver.qualified') : t('receiver.unqualified')}
        </span>
        <span>{t('receiver.load', { count: load })}</span>
      </span>
    </span>
  );
}
