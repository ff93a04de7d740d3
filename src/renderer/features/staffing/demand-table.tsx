import type { ReactNode } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import type { Demand } from '../../../shared/domain/coverage/coverage.ts';
import { useFormats } from '../../i18n/use-formats.ts';
import { Badge } from '../../ui/badge.tsx';
import { isShort } from './short-steps.ts';

/** The chart as numbers; steps in which nothing comes and nobody is on are left out. */
export function DemandTable({ demand }: { readonly demand: Demand }): ReactNode {
  const t = useWords('staffing');
  const formats = useFormats();
  const rounded = (value: number): string => formats.number(Math.round(value * 10) / 10);
  const rows = demand.buckets.filter(
    (bucket) => bucket.scheduled > 0 || bucket.required > 0 || bucket.forecast > 0 || (bucket.actual ?? 0) > 0,
  );
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by key
    <div className="staffing-scroll" tabIndex={0} role="group" aria-label={t('demand.tableLabel')}>
      <table className="staffing-table">
        <thead>
          <tr>
            <th scope="col">{t('demand.at')}</th>
            <th scope="col" className="staffing-number">
              {t('demand.forecast')}
            </th>
            <th scope="col" className="staffing-number">
              {t('demand.p80')}
            </th>
            <th scope="col" className="staffing-number">
              {t('demand.actual')}
            </th>
            <th scope="col" className="staffing-number">
              {t('demand.required')}
            </th>
            <th scope="col" className="staffing-number">
              {t('demand.scheduled')}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((bucket) => (
            <tr key={bucket.at}>
              <th scope="row" className="tabular">
                {formats.dateTime(bucket.at)}
              </th>
              <td className="staffing-number tabular">{rounded(bucket.forecast)}</td>
              <td className="staffing-number tabular">{rounded(bucket.p80)}</td>
              <td className="staffing-number tabular">{bucket.actual === null ? '–' : formats.number(bucket.actual)}</td>
              <td className="staffing-number tabular">{rounded(bucket.required)}</td>
              <td className="staffing-number tabular">
                {isShort(bucket) && <Badge tone="breach">{t('demand.short')}</Badge>} {rounded(bucket.scheduled)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
