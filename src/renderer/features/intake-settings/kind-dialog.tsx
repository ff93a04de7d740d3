import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { FormEvent, ReactNode } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import { KIND_IDS } from '../../../shared/domain/intake/checklist.ts';
import type { CaseKind } from '../../../shared/domain/intake/checklist.ts';
import { useLiveValue } from '../../bridge/use-live.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { focusInvalid } from '../../ui/focus-invalid.ts';
import { FreeChips } from '../../ui/free-chips.tsx';
import { useIntakeWords } from '../../ui/intake/intake-words.ts';
import { ItemsEditor } from './items-editor.tsx';

const LONGEST_NAME = 60;
const LONGEST_LABEL = 100;
const NO_LABELS: readonly { readonly label: string }[] = [];

interface KindDialogProps {
  readonly kind: CaseKind;
  readonly canChange: boolean;
  readonly canRemove: boolean;
  readonly onClose: () => void;
  /** False when it could not be saved: the dialog stays. */
  readonly onSave: (kind: CaseKind) => Promise<boolean>;
  readonly onRemove: (kind: CaseKind) => Promise<boolean>;
}

/** How a kind of case is told, and what is asked for. */
export function KindDialog({ kind, canRemove, onClose, onSave, onRemove }: KindDialogProps): ReactNode {
  const t = useWords('intake');
  const { kindName } = useIntakeWords();
  const labels = useLiveValue('cases.labels', {}, NO_LABELS);
  const [draft, setDraft] = useState(kind);
  const [isTried, setTried] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const edit = (patch: Partial<CaseKind>): void => setDraft((before) => ({ ...before, ...patch }));
  // a kind of the team's own has no other name
  const isOurs = KIND_IDS.some((id) => id === kind.id);
  const name = (draft.name ?? '').trim();
  const isNameless = !isOurs && name === '';
  const run = async (work: () => Promise<boolean>): Promise<void> => {
    setBusy(true);
    const isDone = await work();
    setBusy(false);
    if (isDone) onClose();
  };
  const save = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (isNameless) focusInvalid(event.currentTarget);
    else void run(async () => onSave({ ...draft, name: name === '' ? null : name }));
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      size="lg"
      title={kind.name === '' ? t('settings.add') : t('settings.editKind', { kind: kindName(kind) })}
      footer={
        <>
          {canRemove && (
            <Button
              variant="danger"
              icon={<Trash2 aria-hidden="true" />}
              loading={isBusy}
              onClick={() => void run(async () => onRemove(kind))}
            >
              {t('settings.removeKind')}
            </Button>
          )}
          <Button onClick={onClose}>{t('settings.cancel')}</Button>
          <Button variant="primary" type="submit" form="intake-kind" loading={isBusy}>
            {t('settings.save')}
          </Button>
        </>
      }
    >
      <form id="intake-kind" className="intake-form" onSubmit={save}>
        <TextField
          label={t('settings.name')}
          hint={isOurs ? t('settings.nameHint') : undefined}
          error={isTried && isNameless ? t('settings.factNameMissing') : undefined}
          maxLength={LONGEST_NAME}
          value={draft.name ?? ''}
          onChange={(text) => edit({ name: text })}
        />
        <FreeChips
          label={t('settings.labels')}
          placeholder={t('settings.labelsPlaceholder')}
          known={labels.map(({ label }) => label)}
          longest={LONGEST_LABEL}
          value={draft.labels}
          onChange={(value) => edit({ labels: value })}
        />
        <FreeChips
          label={t('settings.words')}
          hint={t('settings.wordsHint')}
          placeholder={t('settings.wordsPlaceholder')}
          known={[]}
          longest={LONGEST_NAME}
          value={draft.words}
          onChange={(value) => edit({ words: value })}
        />
        <ItemsEditor kind={draft} onChange={(items) => edit({ items })} />
      </form>
    </Dialog>
  );
}
