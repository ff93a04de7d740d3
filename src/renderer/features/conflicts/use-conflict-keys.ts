import { useWords } from '../../i18n/use-words.ts';
import type { ConflictRow } from '../../../shared/contract/team.contract.ts';
import { isInsidePopup } from '../../shortcuts/keys.ts';
import { useActions } from '../../shortcuts/registry.ts';
import type { Action } from '../../shortcuts/registry.ts';

/** Moves the keyboard's focus to a conflict, and it into sight. */
export function focusConflict(id: string): void {
  requestAnimationFrame(() => {
    const card = document.querySelector<HTMLElement>(`[data-conflict-id="${CSS.escape(id)}"]`);
    card?.focus({ preventScroll: true });
    card?.scrollIntoView({ block: 'nearest' });
  });
}

export interface ConflictKeys {
  readonly rows: readonly ConflictRow[];
  readonly current: ConflictRow | null;
  readonly onMove: (id: string) => void;
  readonly onKeep: (row: ConflictRow) => void;
  readonly onApply: (row: ConflictRow) => void;
  readonly onOpen: (row: ConflictRow) => void;
}

/** j and k move, K keeps theirs, M applies mine, Enter opens the case. */
export function useConflictKeys({ rows, current, onMove, onKeep, onApply, onOpen }: ConflictKeys): void {
  const t = useWords('conflicts');
  const isActive = (): boolean => !isInsidePopup(document.activeElement);
  const at = current === null ? -1 : rows.indexOf(current);
  const go = (index: number): void => {
    const row = rows[Math.max(0, Math.min(index, rows.length - 1))];
    if (row === undefined) return;
    onMove(row.conflict.id);
    focusConflict(row.conflict.id);
  };
  const withCurrent = (run: (row: ConflictRow) => void) => () => {
    if (current !== null) run(current);
  };
  const can = (choice: 'keep-theirs' | 'apply-mine') => () => isActive() && current !== null && current.conflict.choices.includes(choice);
  const area: Action['area'] = 'inbox';
  useActions([
    { id: 'conflicts.next', area, label: t('actions.next'), keys: ['j', 'arrowdown'], hidden: true, when: isActive, run: () => go(at + 1) },
    {
      id: 'conflicts.previous',
      area,
      label: t('actions.previous'),
      keys: ['k', 'arrowup'],
      hidden: true,
      when: isActive,
      run: () => go(at - 1),
    },
    { id: 'conflicts.keep', area, label: t('keepTheirs'), keys: ['shift+k'], when: can('keep-theirs'), run: withCurrent(onKeep) },
    { id: 'conflicts.apply', area, label: t('applyMine'), keys: ['m', 'shift+m'], when: can('apply-mine'), run: withCurrent(onApply) },
    {
      id: 'conflicts.open',
      area,
      label: t('actions.open'),
      keys: ['enter'],
      hidden: true,
      when: () => isActive() && isCardFocused() && (current?.case ?? null) !== null,
      run: withCurrent(onOpen),
    },
  ]);
}

/** Enter on a button or a link is its own. */
function isCardFocused(): boolean {
  const { activeElement } = document;
  return activeElement === null || activeElement === document.body || activeElement.matches('[data-conflict-id]');
}
