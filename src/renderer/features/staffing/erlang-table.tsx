import { Check } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useWords } from '../../i18n/use-words.ts';
import { useLiveValue } from '../../bridge/use-live.ts';
import type { Demand } from '../../../shared/domain/coverage/coverage.ts';
import { staffingTable } from '../../../shared/domain/coverage/erlang.ts';
import type { LiveLoad, StaffingRow } from '../../../shared/domain/coverage/erlang.ts';
import type { Channel } from '../../../shared/domain/message.ts';
import { MINUTE_MS, SECOND_MS } from '../../../shared/domain/time.ts';
import { useFormats } from '../../i18n/use-formats.ts';
import { Select } from '../../ui/select.tsx';

/** What each number of people would reach for a live channel in its busiest step. */
export function ErlangTable({ demand }: { readonly demand: Demand }): ReactNode {
  const { t } = useTranslation(['staffing', 'inbox']);
  const formats = useFormats();
  const staffing = useLiveValue('coverage.staffing', {}, null);
  const live = demand.channels.filter((channel) => staffing?.channels[channel]?.model === 'live');
  const [chosen, setChosen] = useState<Channel | null>(null);
  const channel = chosen !== null && live.includes(chosen) ? chosen : live[0];
  const settings = channel === undefined ? undefined : staffing?.channels[channel];
  if (staffing === null) return null;
  if (channel === undefined || settings === undefined)
    return (
      <section className="staffing-regime" aria-label={t('erlang.title')}>
        <h2>{t('erlang.title')}</h2>
        <p className="muted">{t('erlang.none')}</p>
      </section>
    );
  const arrivals = Math.max(0, ...demand.buckets.map((bucket) => bucket.p80));
  const load: LiveLoad = {
    arrivals,
    periodSeconds: demand.bucketMs / SECOND_MS,
    handleSeconds: settings.handleSeconds,
    thresholdSeconds: settings.thresholdSeconds,
    patienceSeconds: settings.patienceSeconds,
  };
  const target = { serviceLevel: settings.targetServiceLevel, maxOccupancy: staffing.maxOccupancy, maxAbandoned: null };
  const rows = staffingTable(load, target, staffing.shrinkage, 3);
  return (
    <section className="staffing-regime" aria-label={t('erlang.title')}>
      <header className="staffing-chart-head">
        <h2>{t('erlang.title')}</h2>
        <p className="muted">
          {t('erlang.lead', {
            arrivals: formats.number(Math.round(arrivals * 10) / 10),
            minutes: formats.number(demand.bucketMs / MINUTE_MS),
            handle: formats.duration(settings.handleSeconds * SECOND_MS),
          })}
        </p>
        {live.length > 1 && (
          <Select<Channel>
            label={t('erlang.channel')}
            hideLabel
            value={channel}
            onChange={setChosen}
            options={live.map((value) => ({ value, label: t(`inbox:channel.${value}`) }))}
          />
        )}
      </header>
      <table className="staffing-table staffing-erlang">
        <caption className="visually-hidden">{t('erlang.label')}</caption>
        <thead>
          <tr>
            {[
              t('erlang.agents'),
              t('erlang.scheduled'),
              t('erlang.level', { seconds: formats.number(settings.thresholdSeconds) }),
              t('erlang.wait'),
              t('erlang.occupancy'),
              ...(settings.patienceSeconds === null ? [] : [t('erlang.abandoned')]),
            ].map((label) => (
              <th key={label} scope="col" className="staffing-number">
                {label}
              </th>
            ))}
            <th scope="col">
              <span className="visually-hidden">{t('erlang.enough')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <ErlangRow key={row.agents} row={row} hasPatience={settings.patienceSeconds !== null} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function ErlangRow({ row, hasPatience }: { readonly row: StaffingRow; readonly hasPatience: boolean }): ReactNode {
  const t = useWords('staffing');
  const formats = useFormats();
  const share = (value: number): string => `${formats.number(Math.round(value * 1_000) / 10)} %`;
  return (
    <tr data-answer={row.isAnswer ? '' : undefined}>
      <th scope="row" className="staffing-number tabular">
        {formats.number(row.agents)}
      </th>
      <td className="staffing-number tabular">{formats.number(row.scheduled)}</td>
      <td className="staffing-number tabular">{share(row.serviceLevel)}</td>
      <td className="staffing-number tabular">
        {row.averageWaitSeconds === null
          ? t('erlang.grows')
          : t('erlang.seconds', { value: formats.number(Math.round(row.averageWaitSeconds * 10) / 10) })}
      </td>
      <td className="staffing-number tabular">{share(row.occupancy)}</td>
      {hasPatience && <td className="staffing-number tabular">{share(row.abandoned)}</td>}
      <td>
        {row.isEnough && (
          <span className="staffing-enough">
            <Check aria-hidden="true" />
            {row.isAnswer ? t('erlang.answer') : t('erlang.enough')}
          </span>
        )}
      </td>
    </tr>
  );
}
