import { useWords } from '../../../i18n/use-words.ts';
import type { CaseId } from '../../../../shared/domain/ids.ts';
import type { Action } from '../../../shortcuts/registry.ts';
import { openCase } from '../../../state/session.ts';
import { openPacket } from '../../../state/packet-dialog.ts';
import type { TeamNames } from '../../../state/team-names.ts';
import { showToast } from '../../../ui/toast.tsx';
import { acceptMany, withdraw } from '../handoff-commands.ts';
import { checkRows, keepChecked, markRead, openForm, selectHandoff, toggleCheck, useHandoffs } from '../handoffs.store.ts';
import { nextOf, offerNext, toLead } from '../offer-commands.ts';
import { lanesText } from '../told.ts';
import { focusRow, isInDialog, isRowFocused } from '../use-list-keys.ts';
import { neighbourLane, possibleFor } from './lanes-model.ts';
import type { Placed, Possible } from './lanes-model.ts';
import { isReadBackOutdated, useReading } from './reading.ts';

/**
 * What can be done to the chosen handoff, by key, palette and help. Silent while a form has the keys.
 * @param shownCaseId the case that is shown when there is no handoff of it
 */
export function useHandoffActions(placed: Placed | null, names: TeamNames, shownCaseId: CaseId | null = null): readonly Action[] {
  const t = useWords('lanes');
  const { change } = useReading(placed);
  const isFree = useHandoffs((state) => state.form === null);
  const possible = placed === null ? null : possibleFor(placed, names.me, isReadBackOutdated(placed));
  const action = (
    id: string,
    label: string,
    keys: readonly string[],
    fits: (can: Possible) => boolean,
    work: (chosen: Placed) => void,
  ): Action => ({
    id: `handoffs.${id}`,
    label,
    keys,
    area: 'handoff',
    when: () => isFree && possible !== null && fits(possible),
    run: () => {
      if (placed !== null) work(placed);
    },
  });
  const form = (kind: Parameters<typeof openForm>[0]) => (chosen: Placed) => openForm(kind, chosen.row.handoff.handoffId);
  /** What changed must be looked at first: one more key, no more. */
  const accept = (chosen: Placed): void => {
    if (change === null) {
      form('accept')(chosen);
      return;
    }
    markRead(chosen.row);
    showToast({ title: t('changed.lookHint', { key: 'A' }) });
  };
  const caseId = placed?.row.row.caseId ?? shownCaseId;
  const open = (id: string, keys: readonly string[], when: () => boolean): Action => ({
    id: `handoffs.${id}`,
    label: t('action.openCase'),
    keys,
    area: 'handoff',
    when: () => isFree && caseId !== null && when(),
    run: () => {
      if (caseId !== null) openCase(caseId);
    },
  });
  return [
    action('accept', t('action.accept'), ['a'], (can) => can.accept, accept),
    action('readAgain', t('action.readAgain'), ['a'], (can) => can.readAgain, form('read-again')),
    action('decline', t('action.decline'), ['d'], (can) => can.decline, form('decline')),
    action('ask', t('action.ask'), ['q'], (can) => can.ask, form('ask')),
    action('answer', t('action.answer'), ['q'], (can) => can.answer, form('answer')),
    action('giveBack', t('action.giveBack'), ['b'], (can) => can.giveBack, form('give-back')),
    action(
      'withdraw',
      t('action.withdraw'),
      ['w'],
      (can) => can.withdraw,
      ({ row }) => void withdraw([row.handoff.handoffId]),
    ),
    action(
      'packet',
      t('action.packet'),
      ['e', 'h'],
      (can) => can.editPacket,
      ({ row }) => openPacket([row.row.caseId]),
    ),
    action(
      'offerNext',
      t('action.offerNext'),
      ['n'],
      (can) => can.offerNext,
      ({ row }) => void offerNext(row.row.caseId, nextOf(row), names),
    ),
    action(
      'toLead',
      t('action.toLead'),
      ['l'],
      (can) => can.toLead,
      ({ row }) => void toLead(row.row.caseId, row.row.subject, names),
    ),
    {
      ...action(
        'seen',
        t('action.seen'),
        ['m'],
        () => true,
        ({ row }) => markRead(row),
      ),
      when: () => isFree && change !== null,
    },
    open('openCase', ['o'], () => true),
    { ...open('openCaseEnter', ['enter'], isRowFocused), hidden: true },
  ];
}

/** What goes through the lanes, and what is done to several of them. */
export function useLaneListActions(all: readonly Placed[], placed: Placed | null): readonly Action[] {
  const t = useWords('lanes');
  const isFree = useHandoffs((state) => state.form === null);
  const checked = useHandoffs((state) => state.checked);
  const incoming = all.filter((each) => each.lane === 'incoming').map((each) => each.row);
  const action = (id: string, label: string, keys: readonly string[], run: () => void, when: () => boolean): Action => ({
    id: `handoffs.${id}`,
    label,
    keys,
    area: 'handoff',
    when: () => isFree && when(),
    run,
  });
  const lane = (by: 1 | -1): void => {
    const target = neighbourLane(all, placed?.row.handoff.handoffId ?? null, by);
    if (target === null) return;
    selectHandoff(target);
    focusRow();
  };
  const hasRows = (): boolean => all.length > 0;
  const hasIncoming = (): boolean => incoming.length > 0;
  return [
    action('nextLane', t('action.nextLane'), [']'], () => lane(1), hasRows),
    action('previousLane', t('action.previousLane'), ['['], () => lane(-1), hasRows),
    action(
      'select',
      t('action.select'),
      ['x'],
      () => {
        if (placed !== null) toggleCheck(placed.row);
      },
      () => placed?.lane === 'incoming',
    ),
    action(
      'selectBulk',
      t('action.selectBulk'),
      ['shift+x'],
      () => checkRows(incoming.filter((row) => row.bulkRefusals.length === 0)),
      hasIncoming,
    ),
    action('acceptMany', t('action.acceptMany'), ['shift+a'], () => void acceptChecked(incoming, checked), hasIncoming),
    {
      ...action(
        'clear',
        t('bulk.clear'),
        ['escape'],
        () => keepChecked([]),
        () => checked.size > 0 && !isInDialog(),
      ),
      hidden: true,
    },
  ];
}

/** Accepts what is selected; says so when nothing is. */
export async function acceptChecked(
  incoming: readonly Placed['row'][],
  checked: ReturnType<typeof useHandoffs.getState>['checked'],
): Promise<void> {
  const chosen = incoming.flatMap((row) => {
    const read = checked.get(row.handoff.handoffId);
    return read === undefined ? [] : [{ row, read }];
  });
  if (chosen.length > 0) {
    const accepted = await acceptMany(chosen);
    const { selectedId } = useHandoffs.getState();
    if (accepted.some((id) => id === selectedId)) {
      // what is left to be answered comes up, not what is done
      selectHandoff(incoming.find((row) => !accepted.includes(row.handoff.handoffId))?.handoff.handoffId ?? selectedId);
    }
  } else showToast({ title: lanesText()('told.selectFirst') });
}
