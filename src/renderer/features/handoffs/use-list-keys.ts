import { useWords } from '../../i18n/use-words.ts';
import type { Action } from '../../shortcuts/registry.ts';
import { isInsidePopup } from '../../shortcuts/keys.ts';

/** Moves the keyboard's focus to the row that is chosen, and the row into sight. */
export function focusRow(): void {
  requestAnimationFrame(() => {
    const row = document.querySelector<HTMLElement>('[data-handoff-row][tabindex="0"]');
    row?.focus({ preventScroll: true });
    row?.scrollIntoView({ block: 'nearest' });
  });
}

/** Whether Enter is meant for the chosen row and not for a button or a link. */
export function isRowFocused(): boolean {
  const { activeElement } = document;
  return activeElement === null || activeElement === document.body || activeElement.matches('[data-handoff-row]');
}

/** Whether a dialog has the keyboard; then Escape is its own. */
export function isInDialog(): boolean {
  return isInsidePopup(document.activeElement);
}

export interface ListKeys<Id extends string> {
  /** Begins the ids of the actions. */
  readonly prefix: string;
  readonly ids: readonly Id[];
  readonly currentId: Id | null;
  readonly onMove: (id: Id) => void;
  /** False while a form has the keys. */
  readonly isActive: () => boolean;
}

/** Moving through a list of rows: j, k, arrows, Home, End. */
export function useListKeys<Id extends string>({ prefix, ids, currentId, onMove, isActive }: ListKeys<Id>): readonly Action[] {
  const t = useWords('lanes');
  const go = (id: Id | undefined): void => {
    if (id === undefined) return;
    onMove(id);
    focusRow();
  };
  const at = currentId === null ? -1 : ids.indexOf(currentId);
  const move = (name: 'next' | 'previous', keys: readonly string[], target: () => Id | undefined): Action => ({
    id: `${prefix}.${name}.${keys[0] ?? ''}`,
    label: t(`action.${name}`),
    area: 'handoff',
    keys,
    hidden: true,
    when: isActive,
    run: () => go(target()),
  });
  return [
    move('next', ['j', 'arrowdown'], () => ids[Math.min(at + 1, ids.length - 1)]),
    move('previous', ['k', 'arrowup'], () => ids[Math.max(at - 1, 0)]),
    { ...move('next', ['end'], () => ids.at(-1)), when: () => isActive() && isRowFocused() },
    { ...move('previous', ['home'], () => ids[0]), when: () => isActive() && isRowFocused() },
  ];
}
