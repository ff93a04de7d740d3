import { ArrowLeftRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import type { Lanes } from '../../../../shared/contract/handoff.contract.ts';
import { useLive, useLiveValue } from '../../../bridge/use-live.ts';
import { useFormats } from '../../../i18n/use-formats.ts';
import { useActions } from '../../../shortcuts/registry.ts';
import { goTo } from '../../../state/session.ts';
import { useTeamNames } from '../../../state/team-names.ts';
import { Button } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Failed } from '../../../ui/loaded.tsx';
import { Spinner } from '../../../ui/progress.tsx';
import { HandoffDetail } from '../detail/handoff-detail.tsx';
import { refusalsOf } from '../handoff-commands.ts';
import { keepChecked, selectHandoff, useHandoffs } from '../handoffs.store.ts';
import { useListKeys } from '../use-list-keys.ts';
import { LaneList } from './lane-list.tsx';
import './lanes.css';
import { nextInLane, placedRows } from './lanes-model.ts';
import type { Placed } from './lanes-model.ts';
import { acceptChecked, useHandoffActions, useLaneListActions } from './use-lane-actions.ts';

/** What is offered to me and by me, and the packet of the one that is chosen. */
export function LanesTab(): ReactNode {
  const t = useWords('lanes');
  const live = useLive('handoffs.lanes', {});
  if (live.state === 'loading') return <Spinner label={t('loading')} />;
  if (live.state === 'error') return <Failed code={live.error.code} title={t('loadFailed')} />;
  return <LoadedLanes lanes={live.value} />;
}

function LoadedLanes({ lanes }: { readonly lanes: Lanes }): ReactNode {
  const t = useWords('lanes');
  const names = useTeamNames();
  const selectedId = useHandoffs((state) => state.selectedId);
  const isFree = useHandoffs((state) => state.form === null);
  const all = placedRows(lanes);
  const placed = all.find((each) => each.row.handoff.handoffId === selectedId) ?? all[0] ?? null;
  const currentId = placed?.row.handoff.handoffId ?? null;
  const listKeys = useListKeys({
    prefix: 'handoffs.list',
    ids: all.map((each) => each.row.handoff.handoffId),
    currentId,
    onMove: selectHandoff,
    isActive: () => isFree && all.length > 0,
  });
  useActions([...listKeys, ...useLaneListActions(all, placed), ...useHandoffActions(placed, names)]);
  if (placed === null) {
    return (
      <EmptyState
        icon={<ArrowLeftRight />}
        title={t('none')}
        description={t('noneHint')}
        actions={<Button onClick={() => goTo('inbox')}>{t('noneInbox')}</Button>}
      />
    );
  }
  return (
    <div className="lanes">
      <div className="lanes-side">
        <NoPlan />
        <BulkBar all={all} />
        <LaneList placed={all} currentId={currentId} names={names} />
      </div>
      <HandoffDetail
        key={placed.row.handoff.handoffId}
        placed={placed}
        names={names}
        onMovedOn={() => selectHandoff(nextInLane(all, placed.row.handoff.handoffId))}
      />
    </div>
  );
}

/** Without a plan nobody knows who is on. */
function NoPlan(): ReactNode {
  const t = useWords('lanes');
  const mine = useLiveValue('plan.mine', {}, null);
  return mine !== null && mine.turns.length === 0 ? <p className="lanes-note">{t('nonePlan')}</p> : null;
}

/** How many are selected, what the rules let be accepted at once, and why the others can not be. */
function BulkBar({ all }: { readonly all: readonly Placed[] }): ReactNode {
  const t = useWords('lanes');
  const formats = useFormats();
  const checked = useHandoffs((state) => state.checked);
  if (checked.size === 0) return null;
  const rows = all.flatMap(({ row }) => {
    const read = checked.get(row.handoff.handoffId);
    return read === undefined ? [] : [{ row, refusals: refusalsOf(row, read) }];
  });
  const can = rows.filter((each) => each.refusals.length === 0).length;
  const stay = rows.filter((each) => each.refusals.length > 0);
  const incoming = all.filter((each) => each.lane === 'incoming').map((each) => each.row);
  return (
    <div className="lanes-bulk" role="region" aria-label={t('bulk.bar', { count: rows.length })}>
      <p role="status">
        <strong>{t('bulk.bar', { count: rows.length })}</strong> · {can === 0 ? t('bulk.canNone') : t('bulk.can', { count: can })}
      </p>
      {stay.length > 0 && (
        <ul>
          {stay.map(({ row, refusals }) => (
            <li key={row.handoff.handoffId} className="truncate">
              {t('bulk.stay', {
                subject: row.row.subject,
                reasons: formats.list(refusals.map((each) => t(`bulk.refusal.${each}`))),
              })}
            </li>
          ))}
        </ul>
      )}
      <div className="lanes-bulk-buttons">
        <Button size="sm" variant="primary" shortcut="shift+a" disabled={can === 0} onClick={() => void acceptChecked(incoming, checked)}>
          {t('bulk.accept')}
        </Button>
        <Button size="sm" variant="ghost" shortcut="escape" onClick={() => keepChecked([])}>
          {t('bulk.clear')}
        </Button>
      </div>
    </div>
  );
}
