import { Copy, Tag, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import type { CaseId } from '../../../../shared/domain/ids.ts';
import { openView, setSearchText } from '../../../state/session.ts';
import { ContextMenu, MenuItem, MenuSeparator } from '../../../ui/menu.tsx';
import { applyAction } from '../actions/apply-actions.ts';
import { copyText } from '../conversation/message-menu.tsx';

interface LabelMenuProps {
  readonly label: string;
  /** The case that it is on; absent in the list of labels. */
  readonly caseId?: CaseId;
  readonly className: string;
  readonly children: ReactNode;
}

/** A label with its menu on right click, on the menu key and on Shift+F10. */
export function LabelMenu({ label, caseId, className, children }: LabelMenuProps): ReactNode {
  const t = useWords('keys');
  const tInbox = useWords('inbox');
  return (
    <ContextMenu
      className={className}
      items={
        <>
          <MenuItem
            icon={<Tag aria-hidden="true" />}
            onSelect={() => {
              openView('all');
              setSearchText(`label:${/[\s,"]/u.test(label) ? `"${label}"` : label}`);
            }}
          >
            {t('menu.showLabel')}
          </MenuItem>
          <MenuItem icon={<Copy aria-hidden="true" />} onSelect={() => void copyText(label, t('menu.copied'))}>
            {t('menu.copyLabel')}
          </MenuItem>
          {caseId !== undefined && (
            <>
              <MenuSeparator />
              <MenuItem
                danger
                icon={<X aria-hidden="true" />}
                onSelect={() =>
                  void applyAction([caseId], { kind: 'remove-label', label }, (count) => tInbox('done.removeLabel', { count, label }))
                }
              >
                {t('menu.removeLabel')}
              </MenuItem>
            </>
          )}
        </>
      }
    >
      {children}
    </ContextMenu>
  );
}
