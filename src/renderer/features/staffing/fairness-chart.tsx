import { scaleBand, scaleLinear } from '@visx/scale';
import { Bar } from '@visx/shape';
import type { ReactNode } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import type { Fairness } from '../../../shared/domain/coverage/coverage.ts';
import { useFormats } from '../../i18n/use-formats.ts';
import { agentName, useRoster } from '../../state/roster.ts';
import { useWidth } from './use-size.ts';

const ROW = 24;
const NAMES = 150;
const NUMBERS = 64;

/** Bars of burden around the team's mean: to the right more, to the left less. */
export function FairnessChart({ fairness }: { readonly fairness: Fairness }): ReactNode {
  const t = useWords('staffing');
  const formats = useFormats();
  const roster = useRoster();
  const { ref, width } = useWidth<HTMLDivElement>();
  const rows = fairness.rows.toSorted((a, b) => b.deviation - a.deviation);
  const most = rows[0];
  const least = rows.at(-1);
  const widest = Math.max(0.1, ...rows.map((row) => Math.abs(row.deviation)));
  const x = scaleLinear({ domain: [-widest, widest], range: [NAMES, Math.max(NAMES + 80, width - NUMBERS)] });
  const y = scaleBand({ domain: rows.map((row) => row.agentId as string), range: [20, 20 + rows.length * ROW], padding: 0.3 });
  const signed = (value: number): string => `${value > 0 ? '+' : ''}${formats.number(Math.round(value * 100))} %`;
  return (
    <section className="staffing-regime" aria-label={t('fairness.chart')}>
      <h2>{t('fairness.chart')}</h2>
      <div
        ref={ref}
        className="staffing-chart"
        role="img"
        aria-label={t('fairness.chartLabel', {
          most: most === undefined ? '' : `${agentName(roster, most.agentId)} ${signed(most.deviation)}`,
          least: least === undefined ? '' : `${agentName(roster, least.agentId)} ${signed(least.deviation)}`,
        })}
      >
        {width > 0 && (
          <svg width={width} height={28 + rows.length * ROW} aria-hidden="true" className="staffing-svg">
            <line className="staffing-mean" x1={x(0)} x2={x(0)} y1={14} y2={20 + rows.length * ROW} />
            <text className="staffing-mean-text" x={x(0)} y={10} textAnchor="middle">
              {t('fairness.mean')}
            </text>
            {rows.map((row) => {
              const top = y(row.agentId) ?? 0;
              const end = x(row.deviation);
              return (
                <g key={row.agentId} className="staffing-burden" data-tone={row.deviation > 0.25 ? 'more' : undefined}>
                  <text x={NAMES - 10} y={top + y.bandwidth() / 2} textAnchor="end" dominantBaseline="central">
                    {shortened(agentName(roster, row.agentId))}
                  </text>
                  <Bar x={Math.min(x(0), end)} width={Math.max(1, Math.abs(end - x(0)))} y={top} height={y.bandwidth()} rx={2} />
                  <text
                    className="tabular"
                    x={row.deviation >= 0 ? end + 6 : end - 6}
                    y={top + y.bandwidth() / 2}
                    textAnchor={row.deviation >= 0 ? 'start' : 'end'}
                    dominantBaseline="central"
                  >
                    {signed(row.deviation)}
                  </text>
                </g>
              );
            })}
          </svg>
        )}
      </div>
    </section>
  );
}

/** Room for about twenty Latin or ten CJK letters; the table has the whole name. */
function shortened(name: string): string {
  let room = 20;
  let end = 0;
  for (const letter of name) {
    room -= /[\u2E80-\uFFEF]/u.test(letter) ? 2 : 1;
    if (room < 0) return `${name.slice(0, end)}…`;
    end += letter.length;
  }
  return name;
}
