import { ArrowDown, ArrowUp } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import type { Fairness, FairnessRow } from '../../../shared/domain/coverage/coverage.ts';
import { MINUTE_MS } from '../../../shared/domain/time.ts';
import { useFormats } from '../../i18n/use-formats.ts';
import { agentName, useRoster } from '../../state/roster.ts';

const COLUMNS = [
  'contract',
  'scheduled',
  'night',
  'weekend',
  'holiday',
  'rests',
  'late',
  'swaps',
  'breaches',
  'burden',
  'deviation',
] as const;
type Column = (typeof COLUMNS)[number];

const VALUES: { readonly [Name in Column]: (row: FairnessRow) => number } = {
  contract: (row) => row.contractShare,
  scheduled: (row) => row.scheduledMinutes,
  night: (row) => row.nightMinutes,
  weekend: (row) => row.weekendMinutes,
  holiday: (row) => row.holidayMinutes,
  rests: (row) => row.shortRests,
  late: (row) => row.lateChanges,
  swaps: (row) => row.swapsAbsorbed,
  breaches: (row) => row.inheritedBreaches,
  burden: (row) => row.burden,
  deviation: (row) => row.deviation,
};

/** All that the burden of each person is made of. */
export function FairnessTable({ fairness }: { readonly fairness: Fairness }): ReactNode {
  const t = useWords('staffing');
  const formats = useFormats();
  const roster = useRoster();
  const [sort, setSort] = useState<{ readonly by: Column | 'person'; readonly isUp: boolean }>({ by: 'burden', isUp: false });
  const textOf = (column: Column, row: FairnessRow): string => {
    const value = VALUES[column](row);
    if (column === 'contract') return `${formats.number(Math.round(value * 100))} %`;
    if (column === 'deviation') return `${value > 0 ? '+' : ''}${formats.number(Math.round(value * 100))} %`;
    if (column === 'scheduled' || column === 'night' || column === 'weekend' || column === 'holiday')
      return value === 0 ? '–' : formats.hours(value * MINUTE_MS);
    return value === 0 ? '–' : formats.number(Math.round(value));
  };
  const rows = fairness.rows.toSorted((a, b) => {
    const names = agentName(roster, a.agentId).localeCompare(agentName(roster, b.agentId));
    const order = sort.by === 'person' ? names : VALUES[sort.by](a) - VALUES[sort.by](b);
    return (sort.isUp ? order : -order) || names;
  });
  const head = (column: Column | 'person'): ReactNode => {
    const isSorted = sort.by === column;
    const label = t(`fairness.${column}`);
    return (
      <th
        key={column}
        scope="col"
        className={column === 'person' ? undefined : 'staffing-number'}
        aria-sort={isSorted ? (sort.isUp ? 'ascending' : 'descending') : 'none'}
      >
        <button
          type="button"
          className="staffing-sort"
          title={t('fairness.sorted', { column: label })}
          onClick={() => setSort({ by: column, isUp: isSorted ? !sort.isUp : column === 'person' })}
        >
          {label}
          {isSorted && (sort.isUp ? <ArrowUp aria-hidden="true" /> : <ArrowDown aria-hidden="true" />)}
        </button>
      </th>
    );
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by key
    <div className="staffing-scroll" tabIndex={0} role="group" aria-label={t('fairness.table')}>
      <table className="staffing-table staffing-fairness">
        <thead>
          <tr>
            {head('person')}
            {COLUMNS.map(head)}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.agentId}>
              <th scope="row" className="truncate">
                {agentName(roster, row.agentId)}
              </th>
              {COLUMNS.map((column) => (
                <td key={column} className="staffing-number tabular">
                  {textOf(column, row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
