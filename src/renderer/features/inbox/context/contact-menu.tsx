import { AtSign, Copy, Crown, Search } from 'lucide-react';
import type { ReactNode } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import type { CaseDetail } from '../../../../shared/contract/cases.contract.ts';
import { openView, setSearchText } from '../../../state/session.ts';
import { noteVisit } from '../../../state/visits.ts';
import { ContextMenu, MenuItem, MenuSeparator } from '../../../ui/menu.tsx';
import { copyText } from '../conversation/message-menu.tsx';
import { openVipDialog } from '../inbox-store.ts';

interface ContactMenuProps {
  readonly detail: CaseDetail;
  readonly className: string;
  readonly children: ReactNode;
}

/** The customer with their menu on right click, on the menu key and on Shift+F10. */
export function ContactMenu({ detail, className, children }: ContactMenuProps): ReactNode {
  const t = useWords('keys');
  const tInbox = useWords('inbox');
  const { contact } = detail;
  return (
    <ContextMenu
      className={className}
      items={
        <>
          <MenuItem
            icon={<Search aria-hidden="true" />}
            onSelect={() => {
              noteVisit('person', contact.contactId);
              openView('all');
              setSearchText(contact.address);
            }}
          >
            {t('menu.showCases')}
          </MenuItem>
          <MenuItem icon={<Crown aria-hidden="true" />} shortcut="v" onSelect={() => openVipDialog(detail.caseId)}>
            {tInbox('action.vip')}
          </MenuItem>
          <MenuSeparator />
          <MenuItem icon={<AtSign aria-hidden="true" />} onSelect={() => void copyText(contact.address, tInbox('context.copied'))}>
            {t('menu.copyAddress')}
          </MenuItem>
          {contact.name !== '' && (
            <MenuItem icon={<Copy aria-hidden="true" />} onSelect={() => void copyText(contact.name, t('menu.copied'))}>
              {t('menu.copyName')}
            </MenuItem>
          )}
        </>
      }
    >
      {children}
    </ContextMenu>
  );
}
