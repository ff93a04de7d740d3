import type { ReactNode } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import { expiryOf } from '../../../shared/domain/handoff/offer.ts';
import type { HandoffRules } from '../../../shared/domain/handoff/offer.ts';
import { after, DAY_MS, HOUR_MS, instant, MINUTE_MS } from '../../../shared/domain/time.ts';
import type { Instant } from '../../../shared/domain/time.ts';
import { epochDayAt, instantOfWall } from '../../../shared/domain/time/zone.ts';
import { useFormats } from '../../i18n/use-formats.ts';
import { clock } from '../../state/clock-store.ts';

/** What the rules come to for one turn: the same function that works out real offers tells when these would end. */
export function RulesExample({ rules }: { readonly rules: HandoffRules }): ReactNode {
  const t = useWords('handoffSettings');
  const formats = useFormats();
  const endsAt = instantOfWall(formats.zone, epochDayAt(formats.zone, clock.now()) * DAY_MS + 18 * HOUR_MS);
  const ends = (dueAt: { readonly promise?: Instant; readonly sla?: Instant }): Instant =>
    expiryOf({
      now: instant(endsAt - 8 * HOUR_MS),
      senderOffAt: endsAt,
      nextPromiseAt: dueAt.promise ?? null,
      slaDueAt: dueAt.sla ?? null,
      rules,
    }).expiresAt;
  const slaDueAt = after(endsAt, 30 * MINUTE_MS);
  const lines = [
    { key: 'exampleSweep', at: after(endsAt, -rules.sweepLeadMs) },
    { key: 'exampleWrap', at: after(endsAt, -rules.wrapUpMs) },
    { key: 'examplePromise', at: ends({ promise: endsAt }), due: endsAt },
    { key: 'exampleSla', at: ends({ sla: slaDueAt }), due: slaDueAt },
    { key: 'exampleEnd', at: ends({}) },
  ] as const;
  return (
    <aside className="handoff-example">
      <h3>{t('rules.example', { time: formats.time(endsAt) })}</h3>
      <ol>
        {lines
          .toSorted((a, b) => a.at - b.at)
          .map((line) => (
            <li key={line.key}>
              {'due' in line
                ? t(`rules.${line.key}`, { time: formats.time(line.at), due: formats.time(line.due) })
                : t(`rules.${line.key}`, { time: formats.time(line.at) })}
            </li>
          ))}
      </ol>
    </aside>
  );
}
