import { Ban, TimerOff } from 'lucide-react';
import type { KeyboardEvent, ReactNode } from 'react';
import { useMemo } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import type { HubPair } from '../../../shared/domain/handoff/metrics.ts';
import type { HubId } from '../../../shared/domain/ids.ts';
import type { Roster } from '../../../shared/domain/coverage/roster.ts';
import { useFormats } from '../../i18n/use-formats.ts';
import { hubName, useRoster } from '../../state/roster.ts';
import { listOf, percentWords } from './figures.tsx';
import { openFigure } from './metrics.store.ts';

/** Which hub hands to which: how often, how much of it is accepted, how long that takes. Each cell opens its events. */
export function HubMatrix({ matrix }: { readonly matrix: readonly HubPair[] }): ReactNode {
  const t = useWords('metrics');
  const roster = useRoster();
  const rows = useMemo(() => hubsOf(roster, matrix, 'from'), [roster, matrix]);
  const columns = useMemo(() => hubsOf(roster, matrix, 'to'), [roster, matrix]);
  if (matrix.length === 0) return null;
  const fromName = (hubId: HubId | null): string => hubName(roster, hubId) || t('matrix.noHub');
  const toName = (hubId: HubId | null): string => hubName(roster, hubId) || t('matrix.anybody');
  return (
    <div className="metrics-group">
      <h2 id="metrics-matrix">{t('matrix.title')}</h2>
      <p className="muted">{t('matrix.lead')}</p>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by key */}
      <div className="metrics-scroll" tabIndex={0} role="group" aria-labelledby="metrics-matrix">
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- arrow keys move between the buttons in it */}
        <table className="metrics-matrix" aria-labelledby="metrics-matrix" onKeyDown={walk}>
          <thead>
            <tr>
              <th scope="col" className="metrics-corner">
                <span>{t('matrix.to')} →</span>
                <span>{t('matrix.from')} ↓</span>
              </th>
              {columns.map((hubId) => (
                <th key={hubId ?? ''} scope="col">
                  {toName(hubId)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((from) => (
              <tr key={from ?? ''}>
                <th scope="row">{fromName(from)}</th>
                {columns.map((to) => {
                  const pair = matrix.find((each) => each.from === from && each.to === to);
                  return (
                    <td key={to ?? ''} data-same={from !== null && from === to ? '' : undefined}>
                      {pair === undefined ? (
                        <span className="metrics-none">
                          <span aria-hidden="true">–</span>
                          <span className="visually-hidden">{t('matrix.none')}</span>
                        </span>
                      ) : (
                        <Cell pair={pair} name={t('matrix.pair', { from: fromName(from), to: toName(to) })} />
                      )}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}

/** All hubs at work in the order of the team, those that only the past knows behind them, and nobody's last. */
function hubsOf(roster: Roster, matrix: readonly HubPair[], side: 'from' | 'to'): readonly (HubId | null)[] {
  const used = new Set(matrix.map((pair) => pair[side]));
  const active = roster.hubs.filter((hub) => hub.isActive || used.has(hub.hubId)).map((hub) => hub.hubId);
  const others = [...used].filter((hubId) => hubId !== null && !active.includes(hubId));
  return [...active, ...others, ...(used.has(null) ? [null] : [])];
}

function Cell({ pair, name }: { readonly pair: HubPair; readonly name: string }): ReactNode {
  const t = useWords('metrics');
  const formats = useFormats();
  const offers = pair.offered.length;
  const part = (share: number | null): number => Math.round((share ?? 0) * offers);
  const counts = {
    accepted: part(pair.accepted.value),
    declined: part(pair.declined.value),
    expired: part(pair.expired.value),
    bounced: Math.round((pair.bounced.value ?? 0) * pair.bounced.whole.length),
  };
  const share = pair.accepted.value ?? 0;
  const latency =
    pair.latency.medianMs === null ? t('matrix.noLatency') : t('matrix.latency', { span: formats.duration(pair.latency.medianMs) });
  const percent = t('matrix.accepted', { percent: percentWords(t, formats, share) });
  const declined = counts.declined === 0 ? null : t('matrix.declined', { count: counts.declined });
  const expired = counts.expired === 0 ? null : t('matrix.expired', { count: counts.expired });
  const words = [t('matrix.offers', { count: offers }), percent, latency, declined, expired].filter((each) => each !== null);
  const open = (): void =>
    openFigure({
      title: name,
      description: words.join(' · '),
      first: 'offered',
      lists: [
        listOf(t, formats, 'offered', t('events.offered'), pair.offered, offers),
        listOf(t, formats, 'accepted', t('events.accepted'), pair.accepted.part, counts.accepted),
        listOf(t, formats, 'declined', t('events.declined'), pair.declined.part, counts.declined),
        listOf(t, formats, 'expired', t('events.expired'), pair.expired.part, counts.expired),
        listOf(t, formats, 'bounced', t('events.bounced'), pair.bounced.part, counts.bounced),
      ],
    });
  return (
    <button type="button" className="metrics-cell" onClick={open}>
      <span className="visually-hidden">{name}: </span>
      <span className="metrics-cell-head">
        <strong className="tabular" aria-hidden="true" title={t('matrix.offers', { count: offers })}>
          {formats.number(offers)}
        </strong>
        <span className="visually-hidden"> {t('matrix.offers', { count: offers })}, </span>
        <span className="muted tabular">{latency}</span>
      </span>
      <span className="metrics-bar">
        <span style={{ inlineSize: `${String(share * 100)}%` }} />
      </span>
      <span className="metrics-cell-foot tabular">
        <span>{percent}</span>
        {declined !== null && (
          <span className="metrics-declined" title={declined}>
            <Ban aria-hidden="true" />
            <span aria-hidden="true">{formats.number(counts.declined)}</span>
            <span className="visually-hidden">, {declined}</span>
          </span>
        )}
        {expired !== null && (
          <span className="metrics-expired" title={expired}>
            <TimerOff aria-hidden="true" />
            <span aria-hidden="true">{formats.number(counts.expired)}</span>
            <span className="visually-hidden">, {expired}</span>
          </span>
        )}
      </span>
    </button>
  );
}

/** Arrow keys go to the next cell with something in it. */
function walk(event: KeyboardEvent<HTMLTableElement>): void {
  const [byRow, byColumn] = STEPS[event.key] ?? [0, 0];
  const cell = document.activeElement?.closest('td');
  if ((byRow === 0 && byColumn === 0) || !(cell instanceof HTMLTableCellElement)) return;
  const rows = [...event.currentTarget.rows];
  let row = rows.findIndex((each) => each.contains(cell)) + byRow;
  let column = cell.cellIndex + byColumn;
  while (rows[row]?.cells[column] !== undefined) {
    const button = rows[row]?.cells[column]?.querySelector('button');
    if (button instanceof HTMLElement) {
      button.focus({ focusVisible: true });
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    row += byRow;
    column += byColumn;
  }
}
const STEPS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowDown: [1, 0],
  ArrowUp: [-1, 0],
  ArrowRight: [0, 1],
  ArrowLeft: [0, -1],
};
