import { Copy, Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { MouseEvent, ReactNode } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import type { ListedMacro } from '../../../shared/contract/macros.contract.ts';
import { ContextMenu, MenuItem, MenuSeparator } from '../../ui/menu.tsx';

interface MacrosMenuProps {
  readonly macros: readonly ListedMacro[];
  readonly onEdit: (macro: ListedMacro) => void;
  readonly onDuplicate: (macro: ListedMacro) => void;
  readonly onRemove: (macro: ListedMacro) => void;
  readonly children: ReactNode;
}

/** The rows of macros with their menu on right click, on the menu key and on Shift+F10. */
export function MacrosMenu({ macros, onEdit, onDuplicate, onRemove, children }: MacrosMenuProps): ReactNode {
  const t = useWords('keys');
  const [macro, setMacro] = useState<ListedMacro | null>(null);
  const onContextMenu = (event: MouseEvent & { readonly preventBaseUIHandler?: () => void }): void => {
    const row = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-macro]') : null;
    const found = macros.find((each) => each.macroId === row?.dataset['macro']) ?? null;
    if (found === null) event.preventBaseUIHandler?.();
    else setMacro(found);
  };
  return (
    <ContextMenu
      onContextMenu={onContextMenu}
      items={
        macro !== null && (
          <>
            <MenuItem icon={<Pencil aria-hidden="true" />} disabled={!macro.canChange} onSelect={() => onEdit(macro)}>
              {t('menu.editMacro')}
            </MenuItem>
            <MenuItem icon={<Copy aria-hidden="true" />} onSelect={() => onDuplicate(macro)}>
              {t('menu.duplicateMacro')}
            </MenuItem>
            <MenuSeparator />
            <MenuItem danger icon={<Trash2 aria-hidden="true" />} disabled={!macro.canChange} onSelect={() => onRemove(macro)}>
              {t('menu.removeMacro')}
            </MenuItem>
          </>
        )
      }
    >
      {children}
    </ContextMenu>
  );
}
