import { CircleAlert, Pencil } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../i18n/use-formats.ts';
import { clock } from '../../state/clock-store.ts';
import { openSettings, useSession } from '../../state/session.ts';
import { Button } from '../../ui/button.tsx';
import { AlertDialog } from '../../ui/dialog.tsx';
import { isSameDraft } from './rules-draft.ts';
import type { Rules } from './rules-page.tsx';
import { faultyParts } from './rules-problems.ts';
import { discardEdits, useRules } from './rules.store.ts';
import { SaveDialog } from './save-dialog.tsx';

/** Says that there are edits, what is wrong with them, and leads to saving them. Nothing while there are none. */
export function SaveBar({ config, base, draft }: Rules): ReactNode {
  const { t } = useTranslation(['rules', 'frame']);
  const formats = useFormats();
  const page = useSession((state) => state.settingsPage);
  const [isAsking, setAsking] = useState(false);
  const [isSaving, setSaving] = useState(false);
  if (isSameDraft(base, draft)) return null;
  const faulty = faultyParts(draft, base, clock.now());
  const count = faulty.reduce((sum, part) => sum + part.count, 0);
  const goTo = (part: (typeof faulty)[number]): void => {
    useRules.setState(part.kind === 'calendar' ? { calendarId: part.id } : { policyId: part.id });
    openSettings(part.kind === 'calendar' ? 'hours' : 'policies');
    // When the page of the part is there: to the first field that is marked, else to what is said above the week.
    requestAnimationFrame(() => {
      const field = document.querySelector<HTMLElement>('.rules-editor [aria-invalid="true"]');
      field?.focus();
      (field ?? document.querySelector('.rules-editor [role="alert"]'))?.scrollIntoView({ block: 'center' });
    });
  };
  return (
    <div className="m-save-bar" role="region" aria-label={t('bar.label')}>
      {count > 0 ? <CircleAlert aria-hidden="true" /> : <Pencil aria-hidden="true" />}
      <p>
        {count > 0
          ? t('bar.faults', {
              count,
              names: formats.list(
                faulty.map((part) => part.name.trim() || t(part.kind === 'calendar' ? 'hours.newName' : 'policies.newName')),
              ),
            })
          : t('bar.unsaved')}
      </p>
      <Button onClick={() => setAsking(true)}>{t('bar.discard')}</Button>
      {page !== 'simulator' && (
        <Button disabled={count > 0} onClick={() => openSettings('simulator')}>
          {t('bar.simulate')}
        </Button>
      )}
      {faulty[0] !== undefined && (
        <Button variant="primary" onClick={() => faulty[0] !== undefined && goTo(faulty[0])}>
          {t('frame:common.show')}
        </Button>
      )}
      {count === 0 && (
        <Button variant="primary" onClick={() => setSaving(true)}>
          {t('bar.save')}
        </Button>
      )}
      <AlertDialog
        open={isAsking}
        onOpenChange={setAsking}
        title={t('bar.discardTitle')}
        description={t('bar.discardText')}
        confirmLabel={t('bar.discard')}
        danger
        onConfirm={() => {
          setAsking(false);
          discardEdits(clock.now());
        }}
      />
      {isSaving && <SaveDialog config={config} base={base} draft={draft} onClose={() => setSaving(false)} />}
    </div>
  );
}
