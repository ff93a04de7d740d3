import type { ReactNode } from 'react';
import { useState } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import type { PromiseRow } from '../../../shared/contract/promise.contract.ts';
import type { PromiseState } from '../../../shared/domain/promise/promise.ts';
import { useActions } from '../../shortcuts/registry.ts';
import type { Action } from '../../shortcuts/registry.ts';
import { Button } from '../../ui/button.tsx';
import { PromiseRowItem } from './promise-row.tsx';
import { askAbout, usePromises } from './promises.store.ts';

const FIRST_ROWS = 60;
const MORE_ROWS = 120;

interface PromiseTableProps {
  readonly rows: readonly PromiseRow[];
  readonly state: PromiseState;
  /** How many more there are than were asked for. */
  readonly rest: number;
}

/** The promises, the soonest first. J and K move, Enter opens the case; so many are drawn at once, the others on demand. */
export function PromiseTable({ rows, state, rest }: PromiseTableProps): ReactNode {
  const t = useWords('promises');
  const [limit, setLimit] = useState(FIRST_ROWS);
  usePromiseKeys(rows);
  const isOpen = state === 'open';
  const more = Math.min(MORE_ROWS, rows.length - limit);
  return (
    <>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by key */}
      <div className="promises-scroll" tabIndex={0} role="group" aria-label={t('list')}>
        <table className="promises-table" data-open={isOpen ? '' : undefined}>
          <thead>
            <tr>
              <th scope="col" className="promises-standing">
                {t(isOpen ? 'column.left' : 'column.settled')}
              </th>
              <th scope="col" className="promises-due">
                {t('column.due')}
              </th>
              <th scope="col">{t('column.what')}</th>
              <th scope="col" className="promises-owner">
                {t(isOpen ? 'column.owner' : 'column.ownerPast')}
              </th>
              {isOpen && (
                <th scope="col" className="promises-cover-head">
                  {t('column.cover')}
                </th>
              )}
              <th scope="col" className="promises-actions">
                <span className="visually-hidden">{t('column.actions')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, limit).map((row) => (
              <PromiseRowItem key={row.promise.promiseId} row={row} />
            ))}
          </tbody>
        </table>
      </div>
      {more > 0 && (
        <div>
          <Button onClick={() => setLimit(limit + MORE_ROWS)}>{t('more', { count: more })}</Button>
        </div>
      )}
      {rest > 0 && <p className="muted">{t('rest', { count: rest })}</p>}
    </>
  );
}

const ROW = '.promises-open';

/** The row that has the focus, or that something in it has. */
function focusedId(): string | undefined {
  return document.activeElement?.closest('tr')?.querySelector<HTMLElement>(ROW)?.dataset['promise'];
}

function step(by: 1 | -1): void {
  const buttons = [...document.querySelectorAll<HTMLElement>(ROW)];
  const index = buttons.findIndex((button) => button.dataset['promise'] === focusedId());
  const next = index === -1 ? (by === 1 ? 0 : buttons.length - 1) : Math.min(buttons.length - 1, Math.max(0, index + by));
  buttons[next]?.focus({ focusVisible: true });
  buttons[next]?.closest('tr')?.scrollIntoView({ block: 'nearest' });
}

function usePromiseKeys(rows: readonly PromiseRow[]): void {
  const t = useWords('promises');
  const focused = (): PromiseRow | undefined => rows.find((row) => row.promise.promiseId === focusedId());
  const isFree = (): boolean => usePromises.getState().dialog === null;
  const act = (id: string, label: string, keys: readonly string[], kind: 'keep' | 'release'): Action => ({
    id,
    label,
    keys,
    area: 'handoff',
    when: () => isFree() && focused()?.promise.state === 'open',
    run: () => {
      const row = focused();
      if (row !== undefined) askAbout(kind, row);
    },
  });
  useActions([
    {
      id: 'promise.next',
      label: t('action.next'),
      keys: ['j', 'arrowdown'],
      area: 'handoff',
      hidden: true,
      when: isFree,
      run: () => step(1),
    },
    {
      id: 'promise.previous',
      label: t('action.previous'),
      keys: ['k', 'arrowup'],
      area: 'handoff',
      hidden: true,
      when: isFree,
      run: () => step(-1),
    },
    act('promise.keep', t('action.keepCommand'), ['m'], 'keep'),
    act('promise.release', t('action.releaseCommand'), ['w'], 'release'),
  ]);
}
