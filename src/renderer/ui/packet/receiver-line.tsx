import { Moon, Sun, UserRoundCheck, UserRoundX } from 'lucide-react';
import type { ReactNode } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import type { Receiver } from '../../../shared/domain/handoff/receivers.ts';
import { toLocal } from '../../../shared/domain/time/zone.ts';
import { after, MINUTE_MS } from '../../../shared/domain/time.ts';
import type { Instant } from '../../../shared/domain/time.ts';
import { isZone } from '../../i18n/formats.ts';
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
  const t = useWords('handoff');
  const formats = useFormats();
  const now = useNow(nextMinute);
  const { zone, from, turnEndsAt, leftMs, load } = receiver;
  // the page's clock goes by the minute
  const isOn = from <= after(now, MINUTE_MS);
  // in a team that plans nothing nobody's turn has an end
  const hasEnd = turnEndsAt > from;
  return (
    <span className="m-receiver">
      <Avatar name={name} size="sm" />
      <span className="m-receiver-name">
        <strong>{name}</strong>
        <span className="muted">{hub}</span>
      </span>
      <span className="m-receiver-facts tabular">
        <span>
          <DayMark zone={zone} at={now} />
          {t('receiver.theirTime', { time: formats.weekdayTimeIn(now, zone) })}
        </span>
        {hasEnd && (
          <span data-tone={isOn ? 'ok' : undefined}>
            {isOn
              ? `${t('receiver.until', { time: formats.soonTime(turnEndsAt, now) })} · ${t('receiver.left', { span: formats.hours(leftMs) })}`
              : t('receiver.from', { time: formats.soonTime(from, now) })}
          </span>
        )}
        <Ability receiver={receiver} />
        <span>{t('receiver.load', { count: load })}</span>
      </span>
    </span>
  );
}

/** Whether people are likely to sleep there. */
function DayMark({ zone, at }: { readonly zone: string; readonly at: Instant }): ReactNode {
  if (!isZone(zone)) return null;
  const { hour } = toLocal(zone, at);
  return hour < 6 || hour >= 22 ? <Moon aria-hidden="true" /> : <Sun aria-hidden="true" />;
}

/** Below the best. */
const LEVELS = ['none', 'basic', 'good'] as const;

/** What they lack of what the case asks for, or that they lack nothing. The best level goes without saying. */
function Ability({ receiver: { isQualified, skill, language } }: { readonly receiver: Receiver }): ReactNode {
  const t = useWords('handoff');
  const [skillLevel, languageLevel] = [LEVELS[skill], LEVELS[language]];
  const levels = [
    skillLevel === undefined ? '' : t(`receiver.skill.${skillLevel}`),
    languageLevel === undefined ? '' : t(`receiver.language.${languageLevel}`),
  ].filter((each) => each !== '');
  const words = levels.length > 0 ? levels.join(' · ') : t(isQualified ? 'receiver.qualified' : 'receiver.unqualified');
  return (
    <span data-tone={isQualified ? 'ok' : 'soon'}>
      {isQualified ? <UserRoundCheck aria-hidden="true" /> : <UserRoundX aria-hidden="true" />}
      {words}
    </span>
  );
}
