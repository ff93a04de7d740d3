import { CircleAlert, CircleCheck } from 'lucide-react';
import type { ReactNode } from 'react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call, newOperationId } from '../../bridge/client.ts';
import type { Answer } from '../../../shared/contract/contract.ts';
import { parseLocalDate } from '../../../shared/domain/time/local-time.ts';
import { errorText } from '../../i18n/error-text.ts';
import { useFormats } from '../../i18n/use-formats.ts';
import { clock } from '../../state/clock-store.ts';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/check.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Spinner } from '../../ui/progress.tsx';
import { showToast } from '../../ui/toast.tsx';
import { changedParts, proposalOf } from './rules-draft.ts';
import type { ChangedPart } from './rules-draft.ts';
import type { Rules } from './rules-page.tsx';
import { editsSaved } from './rules.store.ts';
import { useDateText } from './use-day-names.ts';

/** Shows what saving would do before it is done, and asks whether open cases follow. */
export function SaveDialog({ config, base, draft, onClose }: Rules & { readonly onClose: () => void }): ReactNode {
  const { t } = useTranslation(['rules', 'frame']);
  const { t: tErrors } = useTranslation('errors');
  const [preview, setPreview] = useState<Answer<'sla.preview'> | null>(null);
  const [isApplied, setApplied] = useState(false);
  const [isBusy, setBusy] = useState(false);
  useEffect(() => {
    let isGone = false;
    const ask = async (): Promise<void> => {
      const answer = await call('sla.preview', { proposal: proposalOf(draft, config, clock.now()) });
      if (!isGone) setPreview(answer);
    };
    void ask();
    return () => {
      isGone = true;
    };
  }, [config, draft]);
  const isFine = preview?.ok === true && preview.value.problems.calendars.length + preview.value.problems.policies.length === 0;
  const save = async (): Promise<void> => {
    setBusy(true);
    const proposal = proposalOf(draft, config, clock.now());
    const answer = await call('sla.save', { opId: newOperationId(), proposal, applyToOpen: isApplied });
    setBusy(false);
    if (!answer.ok) {
      const description = answer.error.code === 'has-problems' ? t('preview.problems') : errorText(tErrors, answer.error.code);
      showToast({ title: t('preview.saveFailed'), description, tone: 'problem' });
      return;
    }
    const { changed, appliedTo } = answer.value;
    const saved = t('preview.savedText', { count: changed });
    const description = isApplied ? `${saved} ${t('preview.appliedText', { count: appliedTo })}` : saved;
    showToast({ title: t('preview.saved'), description, tone: 'ok' });
    onClose();
    editsSaved(clock.now());
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={t('preview.title')}
      description={t('preview.description')}
      footer={
        <>
          <Button onClick={onClose}>{t('frame:common.cancel')}</Button>
          <Button variant="primary" disabled={!isFine} loading={isBusy} onClick={() => void save()}>
            {t('preview.confirm')}
          </Button>
        </>
      }
    >
      <div className="rules-preview">
        <Parts parts={changedParts(draft, base)} />
        {preview === null && (
          <p className="rules-busy">
            <Spinner label={t('preview.working')} size="sm" /> <span aria-hidden="true">{t('preview.working')}</span>
          </p>
        )}
        {preview?.ok === false && (
          <p className="rules-note" data-tone="breach" role="alert">
            <CircleAlert aria-hidden="true" />
            <span>
              {t('preview.failed')}: {errorText(tErrors, preview.error.code)}
            </span>
          </p>
        )}
        {preview?.ok === true && !isFine && (
          <p className="rules-note" data-tone="breach" role="alert">
            <CircleAlert aria-hidden="true" />
            <span>{t('preview.problems')}</span>
          </p>
        )}
        {preview?.ok === true && isFine && <Effect preview={preview.value} />}
        <Checkbox checked={isApplied} onChange={setApplied} label={t('preview.apply')} hint={t('preview.applyHint')} disabled={!isFine} />
      </div>
    </Dialog>
  );
}

function Parts({ parts }: { readonly parts: readonly ChangedPart[] }): ReactNode {
  const { t } = useTranslation('rules');
  const dateText = useDateText();
  const text = ({ what, name, fromText }: ChangedPart): string => {
    const date = parseLocalDate(fromText);
    if (what === 'order') return t('preview.part.order');
    if (what === 'changed' && date !== null) return t('preview.part.changedFrom', { name, date: dateText(date) });
    return t(`preview.part.${what}`, { name });
  };
  return (
    <ul className="rules-parts" aria-label={t('preview.parts')}>
      {parts.map((part) => (
        <li key={`${part.what} ${part.id}`}>{text(part)}</li>
      ))}
    </ul>
  );
}

type Preview = Extract<Answer<'sla.preview'>, { readonly ok: true }>['value'];

function Effect({ preview }: { readonly preview: Preview }): ReactNode {
  const { t } = useTranslation('rules');
  const formats = useFormats();
  const { openCases, changed, breachAtOnce } = preview;
  return (
    <>
      <dl className="rules-effect">
        {(
          [
            ['openCases', openCases],
            ['changed', changed],
            ['breach', breachAtOnce],
          ] as const
        ).map(([key, count]) => (
          <div key={key} data-tone={key === 'breach' && count > 0 ? 'breach' : undefined}>
            <dt>{t(`preview.${key}`)}</dt>
            <dd className="tabular">{formats.number(count)}</dd>
          </div>
        ))}
      </dl>
      <p className="rules-note" data-tone={breachAtOnce > 0 ? 'breach' : 'ok'} role="status">
        {breachAtOnce > 0 ? <CircleAlert aria-hidden="true" /> : <CircleCheck aria-hidden="true" />}
        <span>{breachAtOnce > 0 ? t('preview.some', { count: breachAtOnce }) : t('preview.none')}</span>
      </p>
    </>
  );
}
