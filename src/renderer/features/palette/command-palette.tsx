import { Autocomplete } from '@base-ui/react/autocomplete';
import { Dialog } from '@base-ui/react/dialog';
import { Search } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { setPaletteOpen, useSession } from '../../state/session.ts';
import { Kbd } from '../../ui/kbd.tsx';
import { Spinner } from '../../ui/progress.tsx';
import '../../ui/dialog.css';
import './command-palette.css';
import { PaletteRow } from './palette-row.tsx';
import { usePaletteGroups } from './use-palette-groups.ts';
import type { PaletteGroup, PaletteItem } from './use-palette-groups.ts';

/** Everything by typing: commands, views, cases and people. Ctrl/Cmd+K opens and closes it. */
export function CommandPalette(): ReactNode {
  const { t } = useTranslation('frame');
  const isOpen = useSession((state) => state.isPaletteOpen);
  return (
    <Dialog.Root open={isOpen} onOpenChange={(open) => setPaletteOpen(open)}>
      <Dialog.Portal>
        <Dialog.Backdrop className="m-backdrop" />
        <Dialog.Viewport className="m-dialog-viewport">
          <Dialog.Popup className="m-dialog palette" aria-label={t('palette.title')}>
            <Palette />
          </Dialog.Popup>
        </Dialog.Viewport>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Palette(): ReactNode {
  const { t } = useTranslation('frame');
  const [text, setText] = useState('');
  const { groups, isSearching, isIncomplete } = usePaletteGroups(text);
  const count = groups.reduce((sum, group) => sum + group.items.length, 0);
  return (
    <Autocomplete.Root
      open
      inline
      items={groups}
      filter={null}
      autoHighlight="always"
      keepHighlight
      value={text}
      onValueChange={(next, details) => {
        // Choosing an item closes the palette; its words do not belong into the field.
        if (details.reason !== 'item-press') setText(next);
      }}
      itemToStringValue={(item: PaletteItem) => item.label}
    >
      <div className="palette-field">
        <Search aria-hidden="true" />
        <Autocomplete.Input className="palette-input" aria-label={t('palette.placeholder')} placeholder={t('palette.placeholder')} />
        {isSearching && <Spinner size="sm" label={t('palette.searching')} />}
      </div>
      <Autocomplete.Status className="visually-hidden">{t('palette.resultCount', { count })}</Autocomplete.Status>
      <Autocomplete.Empty className="palette-empty">{isSearching ? t('palette.searching') : t('palette.empty')}</Autocomplete.Empty>
      <Autocomplete.List className="palette-list">
        {(group: PaletteGroup) => (
          <Autocomplete.Group key={group.id} items={group.items} className="palette-group">
            <Autocomplete.GroupLabel className="m-group-label">{group.label}</Autocomplete.GroupLabel>
            <Autocomplete.Collection>
              {(item: PaletteItem) => (
                <Autocomplete.Item
                  key={item.id}
                  value={item}
                  className="m-item palette-item"
                  onClick={() => {
                    setPaletteOpen(false);
                    item.run();
                  }}
                >
                  <PaletteRow item={item} />
                </Autocomplete.Item>
              )}
            </Autocomplete.Collection>
          </Autocomplete.Group>
        )}
      </Autocomplete.List>
      <footer className="palette-foot">
        {isIncomplete && <span className="palette-note">{t('palette.notIndexed')}</span>}
        <span>
          <Kbd keys="arrowup" />
          <Kbd keys="arrowdown" /> {t('palette.footMove')}
        </span>
        <span>
          <Kbd keys="enter" /> {t('palette.footOpen')}
        </span>
        <span>
          <Kbd keys="escape" /> {t('palette.footClose')}
        </span>
      </footer>
    </Autocomplete.Root>
  );
}
