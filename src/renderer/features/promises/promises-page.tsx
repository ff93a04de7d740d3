import { Handshake, UserX } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import type { Output } from '../../../shared/contract/contract.ts';
import { PROMISE_STATES } from '../../../shared/domain/promise/promise.ts';
import type { PromiseState } from '../../../shared/domain/promise/promise.ts';
import type { Span } from '../../../shared/domain/time/calendar.ts';
import { useLive, useLiveValue } from '../../bridge/use-live.ts';
import { useFormats } from '../../i18n/use-formats.ts';
import { useNow } from '../../state/clock-store.ts';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/check.tsx';
import { nextDayIn, spanOfRange } from '../../ui/date-range.ts';
import type { RangePreset } from '../../ui/date-range.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Failed } from '../../ui/loaded.tsx';
import '../../ui/master-detail.css';
import { Spinner } from '../../ui/progress.tsx';
import { RangePicker } from '../../ui/range-picker.tsx';
import { Segments } from '../../ui/segments.tsx';
import { PromiseTable } from './promise-table.tsx';
import { filterPromises, usePromises } from './promises.store.ts';
import type { PromisePreset } from './promises.store.ts';
import './promises.css';
import { SettleDialogs } from './settle-dialogs.tsx';

const PRESETS: readonly RangePreset<PromisePreset>[] = [
  { value: 'today', back: 0, ahead: 0 },
  { value: 'week', back: 7, ahead: 7 },
  { value: 'month', back: 30, ahead: 30 },
  { value: 'quarter', back: 90, ahead: 90 },
];
/** More than this is not asked for at once; shorter dates show the rest. */
const MOST_ROWS = 500;

/** The promise ledger: what customers were told will happen by when, whether it was kept, and whether it can be. */
export function PromisesPage(): ReactNode {
  const t = useWords('promises');
  const formats = useFormats();
  const now = useNow(nextDayIn(formats.zone));
  const range = usePromises((state) => state.range);
  const span = spanOfRange(range, PRESETS, formats.zone, now);
  return (
    <section className="promises" aria-label={t('label')}>
      <Warning />
      <div className="promises-tools">
        <Filters span={typeof span === 'string' ? null : span} />
        <RangePicker<PromisePreset>
          label={t('filter.range')}
          value={range}
          onChange={(next) => filterPromises({ range: next })}
          presets={PRESETS.map((each) => ({ ...each, label: t(`filter.${each.value}`) }))}
          words={{
            own: t('filter.own'),
            from: t('filter.from'),
            to: t('filter.to'),
            order: t('filter.order'),
            tooLong: t('filter.tooLong'),
          }}
          zone={formats.zone}
          now={now}
        />
      </div>
      {typeof span !== 'string' && <Ledger span={span} />}
      <SettleDialogs />
    </section>
  );
}

/** Open promises of mine that nobody can keep, wherever they are due. */
function Warning(): ReactNode {
  const t = useWords('promises');
  const infeasible = useLiveValue('promises.counts', {}, null)?.infeasible ?? 0;
  const { owner, state, isInfeasibleOnly } = usePromises();
  if (infeasible === 0) return null;
  const isShown = owner === 'me' && state === 'open' && isInfeasibleOnly;
  return (
    <div className="m-note" data-tone="breach" role="status">
      <UserX aria-hidden="true" />
      <p>{t('warning', { count: infeasible })}</p>
      {isShown ? (
        <Button size="sm" onClick={() => filterPromises({ isInfeasibleOnly: false })}>
          {t('showAll')}
        </Button>
      ) : (
        <Button
          size="sm"
          onClick={() =>
            filterPromises({ owner: 'me', state: 'open', isInfeasibleOnly: true, range: { preset: 'quarter', from: null, to: null } })
          }
        >
          {t('warningShow')}
        </Button>
      )}
    </div>
  );
}

/** How many there are of a state in these dates, without asking for them. */
function useTotal(state: PromiseState, span: Span | null): number | null {
  const owner = usePromises((each) => each.owner);
  return useLiveValue('promises.list', span === null ? null : { owner, states: [state], ...spanOf(span), limit: 1 }, null)?.total ?? null;
}

function spanOf({ from, to }: Span): Span {
  return { from, to };
}

function Filters({ span }: { readonly span: Span | null }): ReactNode {
  const t = useWords('promises');
  const formats = useFormats();
  const { owner, state, isInfeasibleOnly } = usePromises();
  const totals = {
    open: useTotal('open', span),
    kept: useTotal('kept', span),
    broken: useTotal('broken', span),
    released: useTotal('released', span),
  };
  const label = (each: PromiseState): string => {
    const total = totals[each];
    return total === null ? t(`state.${each}`) : t('stateCount', { state: t(`state.${each}`), count: formats.number(total) });
  };
  return (
    <>
      <div className="promises-filter">
        <span className="m-field-label" aria-hidden="true">
          {t('filter.owner')}
        </span>
        <Segments
          label={t('filter.owner')}
          value={owner}
          onChange={(next) => filterPromises({ owner: next })}
          options={(['me', 'all'] as const).map((value) => ({ value, label: t(`filter.${value}`) }))}
        />
      </div>
      <div className="promises-filter">
        <span className="m-field-label" aria-hidden="true">
          {t('filter.state')}
        </span>
        <Segments<PromiseState>
          label={t('filter.state')}
          value={state}
          onChange={(next) => filterPromises({ state: next })}
          options={PROMISE_STATES.map((value) => ({ value, label: label(value) }))}
        />
      </div>
      {state === 'open' && (
        <div className="promises-filter promises-only">
          <Checkbox
            label={t('filter.infeasible')}
            checked={isInfeasibleOnly}
            onChange={(next) => filterPromises({ isInfeasibleOnly: next })}
          />
        </div>
      )}
    </>
  );
}

/** What was asked for. While the next answer is on its way the last one stays. */
function Ledger({ span }: { readonly span: Span }): ReactNode {
  const t = useWords('promises');
  const { owner, state, isInfeasibleOnly } = usePromises();
  const live = useLive('promises.list', { owner, states: [state], ...spanOf(span), limit: MOST_ROWS });
  const [last, setLast] = useState<{ readonly state: PromiseState; readonly value: Output<'promises.list'> } | null>(null);
  if (live.state === 'ready' && live.value !== last?.value) setLast({ state, value: live.value });
  if (live.state === 'error') return <Failed code={live.error.code} title={t('failed')} />;
  const shown = live.state === 'ready' ? { state, value: live.value } : last;
  if (shown === null) return <Spinner label={t('loading')} />;
  const isOpen = shown.state === 'open';
  const rows = isOpen && isInfeasibleOnly ? shown.value.rows.filter((row) => row.feasibility?.kind === 'infeasible') : shown.value.rows;
  return (
    <div className="promises-found" aria-busy={live.state === 'loading'}>
      {rows.length === 0 ? (
        <Nothing />
      ) : (
        <PromiseTable key={`${shown.state} ${owner}`} rows={rows} state={shown.state} rest={shown.value.total - shown.value.rows.length} />
      )}
      {isOpen && owner === 'me' && <Outside total={shown.value.total} />}
    </div>
  );
}

/** Open promises of mine that these dates leave out: nobody should take the list for all there is. */
function Outside({ total }: { readonly total: number }): ReactNode {
  const t = useWords('promises');
  const open = useLiveValue('promises.counts', {}, null)?.open ?? 0;
  return open > total ? <p className="muted">{t('outside', { count: open - total })}</p> : null;
}

function Nothing(): ReactNode {
  const t = useWords('promises');
  const { owner, state, range, isInfeasibleOnly } = usePromises();
  const isLongest = range.preset === 'quarter';
  const kind =
    state !== 'open'
      ? 'settled'
      : isInfeasibleOnly
        ? 'infeasible'
        : isLongest && owner === 'all'
          ? 'none'
          : owner === 'me'
            ? 'openMine'
            : 'openAll';
  return (
    <EmptyState
      icon={<Handshake />}
      title={t(`empty.${kind}`)}
      description={t(`empty.${kind}Hint`)}
      actions={
        <>
          {isInfeasibleOnly && state === 'open' && (
            <Button onClick={() => filterPromises({ isInfeasibleOnly: false })}>{t('showAll')}</Button>
          )}
          {owner === 'me' && <Button onClick={() => filterPromises({ owner: 'all' })}>{t('empty.showAll')}</Button>}
          {!isLongest && (
            <Button onClick={() => filterPromises({ range: { preset: 'quarter', from: null, to: null } })}>{t('empty.longer')}</Button>
          )}
        </>
      }
    />
  );
}
