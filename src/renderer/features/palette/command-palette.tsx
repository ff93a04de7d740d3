import { Autocomplete } from '@base-ui/react/autocomplete';
import { Dialog } from '@base-ui/react/dialog';
import { ArrowLeft, Search } from 'lucide-react';
import type { ReactNode } from 'react';
import { useCallback, useState } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import { usePalette } from '../../state/palette.ts';
import { setPaletteOpen, useSession } from '../../state/session.ts';
import { Kbd } from '../../ui/kbd.tsx';
import { Spinner } from '../../ui/progress.tsx';
import { useReturnFocus } from '../../ui/return-focus.ts';
import '../../ui/dialog.css';
import './command-palette.css';
import { PaletteRow } from './palette-row.tsx';
import type { PaletteGroup, PaletteItem } from './palette-item.ts';
import { PREFIXES } from './scope.ts';
import { useVisits } from './use-habits.ts';
import { usePaletteGroups } from './use-palette-groups.ts';
import { useWhoGroups } from './use-who.ts';
import type { WhoQuestion } from './use-who.ts';

/** Everything by typing: commands, views, cases and people. Ctrl/Cmd+K opens and closes it. */
export function CommandPalette(): ReactNode {
  const t = useWords('frame');
  const isOpen = useSession((state) => state.isPaletteOpen);
  // asked for beforehand, so that they are there with the first frame
  useVisits();
  const page = useSession((state) => state.settingsPage);
  const finalFocus = useReturnFocus(isOpen);
  const [last, setLast] = useState({ isOpen, page });
  // the page that it was opened on last, also while it closes
  if (last.isOpen !== isOpen) setLast({ isOpen, page: isOpen ? page : last.page });
  return (
    <Dialog.Root open={isOpen} onOpenChange={(open) => setPaletteOpen(open)}>
      <Dialog.Portal>
        <Dialog.Backdrop className="m-backdrop" />
        <Dialog.Viewport className="m-dialog-viewport">
          <Dialog.Popup
            className="m-dialog palette"
            aria-label={t('palette.title')}
            // the name of a page opens it as soon as it has the focus: given back to the last one, it would undo the way to another
            finalFocus={last.page === page && finalFocus}
          >
            <Palette />
          </Dialog.Popup>
        </Dialog.Viewport>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Palette(): ReactNode {
  const t = useWords('frame');
  const tKeys = useWords('keys');
  const tShifts = useWords('shifts');
  const [text, setText] = useState(() => usePalette.getState().startText);
  const [question, setQuestion] = useState<WhoQuestion | null>(null);
  const ask = useCallback((asked: WhoQuestion) => {
    setQuestion(asked);
    setText('');
  }, []);
  const found = usePaletteGroups(question === null ? text : '', ask);
  const answer = useWhoGroups(question, text.trim());
  const groups = question === null ? found.groups : answer.groups;
  const isSearching = question === null ? found.isSearching : answer.isLoading;
  const isIncomplete = question === null && found.isIncomplete;
  const emptyText =
    question === null ? (found.scope === 'all' ? t('palette.empty') : tKeys(`palette.emptyScope.${found.scope}`)) : tShifts('who.nobody');
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
        {question === null ? (
          <Search aria-hidden="true" />
        ) : (
          <button type="button" className="palette-question" title={tShifts('who.back')} onClick={() => setQuestion(null)}>
            <ArrowLeft aria-hidden="true" />
            {question.label}
          </button>
        )}
        <Autocomplete.Input
          className="palette-input"
          aria-label={question === null ? t('palette.placeholder') : tShifts('who.narrow', { question: question.label })}
          placeholder={question === null ? t('palette.placeholder') : tShifts('who.narrowShort')}
          onKeyDown={(event) => {
            // An empty field has nothing to take back but the question.
            if (event.key === 'Backspace' && text === '' && question !== null) setQuestion(null);
          }}
        />
        {isSearching && <Spinner size="sm" label={t('palette.searching')} />}
      </div>
      <Autocomplete.Status className="visually-hidden">{t('palette.resultCount', { count })}</Autocomplete.Status>
      <Autocomplete.Empty className="palette-empty">{isSearching ? t('palette.searching') : emptyText}</Autocomplete.Empty>
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
                  aria-disabled={item.whyNot !== undefined || undefined}
                  onClick={() => {
                    if (item.staysOpen !== true) setPaletteOpen(false);
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
        <span className="palette-note">
          {isIncomplete
            ? t('palette.notIndexed')
            : tKeys('palette.prefixes', {
                command: PREFIXES.commands,
                person: PREFIXES.people,
                case: PREFIXES.cases,
                view: PREFIXES.views,
              })}
        </span>
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
