import { useRef, useState } from 'react';
import type { FormEvent, ReactNode } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import { MAX_VIEW_NAME } from '../../../../shared/domain/saved-view.ts';
import type { SavedView } from '../../../../shared/domain/saved-view.ts';
import { useOwnNames } from '../../../state/own-names.ts';
import { openSavedView, saveView } from '../../../state/saved-views.ts';
import { Button } from '../../../ui/button.tsx';
import { Checkbox } from '../../../ui/check.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { TextField } from '../../../ui/field.tsx';
import { useNamedAgents } from '../search/asked-query.ts';
import { setNaming, useFilter } from './filter-store.ts';
import type { FilterState } from './filter-store.ts';
import { useConditionWords } from './use-condition-words.ts';

/** Asks how a view is called and who sees it. */
export function NameViewDialog(): ReactNode {
  const naming = useFilter((state) => state.naming);
  return naming === null ? null : <NameView key={naming.view.viewId} naming={naming} />;
}

function NameView({ naming: { view, before } }: { readonly naming: NonNullable<FilterState['naming']> }): ReactNode {
  const t = useWords('views');
  const words = useConditionWords();
  const people = useNamedAgents();
  const own = useOwnNames();
  const [name, setName] = useState(view.name);
  const [isShared, setShared] = useState(before?.isShared ?? false);
  const [isTried, setTried] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const conditions = words.all(view);
  const isNameless = name.trim() === '';
  const keep = async (named: SavedView): Promise<void> => {
    if (!(await saveView(named, isShared, before))) return;
    setNaming(null);
    if (before === null) openSavedView(named, people, own);
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (isNameless) return;
    void keep({ ...view, name: name.trim() });
  };
  return (
    <Dialog
      open
      size="sm"
      onOpenChange={(isOpen) => {
        if (!isOpen) setNaming(null);
      }}
      title={before === null ? t('dialog.new') : t('dialog.edit')}
      initialFocus={field}
      footer={
        <>
          <Button onClick={() => setNaming(null)}>{t('dialog.cancel')}</Button>
          <Button variant="primary" type="submit" form="name-view">
            {t('dialog.save')}
          </Button>
        </>
      }
    >
      <form id="name-view" className="ib-condition" onSubmit={submit}>
        <TextField
          ref={field}
          label={t('dialog.name')}
          maxLength={MAX_VIEW_NAME}
          value={name}
          onChange={setName}
          error={isTried && isNameless ? t('dialog.needsName') : undefined}
        />
        <p>{t('dialog.conditions', { conditions: conditions === '' ? t('dialog.nothing') : conditions })}</p>
        {(before === null || before.isMine) && (
          <Checkbox label={t('dialog.share')} hint={t('dialog.shareHint')} checked={isShared} onChange={setShared} />
        )}
      </form>
    </Dialog>
  );
}
