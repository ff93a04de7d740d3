import { CircleAlert, CircleCheck } from 'lucide-react';
import type { ReactNode } from 'react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useWords } from '../../i18n/use-words.ts';
import { call, newOperationId } from '../../bridge/client.ts';
import type { Answer } from '../../../shared/contract/contract.ts';
import type { SlaConfig, SlaEffect, SlaPreview } from '../../../shared/contract/sla.contract.ts';
import { parseLocalDate } from '../../../shared/domain/time/local-time.ts';
import { errorText } from '../../i18n/error-text.ts';
import { useFormats } from '../../i18n/use-formats.ts';
import { clock } from '../../state/clock-store.ts';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/check.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { showToast } from '../../ui/toast.tsx';
import { cancelRun, newRun } from './replay.store.ts';
import { changedParts } from './rules-changes.ts';
import type { ChangedPart } from './rules-changes.ts';
import { proposalOf } from './rules-draft.ts';
import type { Rules } from './rules-page.tsx';
import { editsSaved } from './rules.store.ts';
import { RunProgress } from './run-progress.tsx';
import { useDateText } from '../../ui/week/use-day-names.ts';

/** Shows what saving would do before it is done, and asks whether open cases follow. */
export function SaveDialog({ config, base, draft, onClose }: Rules & { readonly onClose: () => void }): ReactNode {
  const { t } = useTranslation(['rules', 'frame']);
  const tErrors = useWords('errors');
  const [preview, setPreview] = useState<Answer<'sla.preview'> | null>(null);
  const [run] = useState(newRun);
  const [isApplied, setApplied] = useState(false);
  const [isBusy, setBusy] = useState(false);
  useEffect(() => {
    let isGone = false;
    const ask = async (): Promise<void> => {
      const answer = await call('sla.preview', { proposal: proposalOf(draft, config, clock.now()), run });
      if (!isGone) setPreview(answer);
    };
    void ask();
    return () => {
      isGone = true;
      cancelRun(run);
    };
  }, [config, draft, run]);
  const effect = preview?.ok === true ? preview.value : null;
  const isFine = effect !== null && effect.problems.calendars.length + effect.problems.policies.length === 0;
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
        <Parts parts={changedParts(draft, base, retiredIds(config))} />
        {preview === null && <RunProgress run={run} label={t('preview.working')} />}
        {preview?.ok === false && (
          <p className="m-note" data-tone="breach" role="alert">
            <CircleAlert aria-hidden="true" />
            <span>
              {t('preview.failed')}: {errorText(tErrors, preview.error.code)}
            </span>
          </p>
        )}
        {preview?.ok === true && !isFine && (
          <p className="m-note" data-tone="breach" role="alert">
            <CircleAlert aria-hidden="true" />
            <span>{t('preview.problems')}</span>
          </p>
        )}
        {isFine && <Effect preview={effect} />}
        <Checkbox checked={isApplied} onChange={setApplied} label={t('preview.apply')} hint={t('preview.applyHint')} disabled={!isFine} />
      </div>
    </Dialog>
  );
}

function retiredIds(config: SlaConfig): ReadonlySet<string> {
  return new Set(config.calendars.filter((each) => each.isRetired === true).map((each) => each.id));
}

function Parts({ parts }: { readonly parts: readonly ChangedPart[] }): ReactNode {
  const t = useWords('rules');
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

/** What changed hours do by themselves, and what applying the policies would add: two things that a lead decides apart. */
function Effect({ preview }: { readonly preview: SlaPreview }): ReactNode {
  const t = useWords('rules');
  const { openCases, hours, applied } = preview;
  const breach = hours.breachAtOnce + applied.breachAtOnce;
  return (
    <>
      <table className="rules-outcomes rules-effect">
        <caption>{t('preview.openCases', { count: openCases })}</caption>
        <thead>
          <tr>
            <th scope="col">{t('preview.what')}</th>
            <th scope="col">{t('preview.changed')}</th>
            <th scope="col">{t('preview.breach')}</th>
          </tr>
        </thead>
        <tbody>
          <EffectRow name={t('preview.hours')} hint={t('preview.hoursHint')} effect={hours} />
          <EffectRow name={t('preview.applied')} hint={t('preview.appliedHint')} effect={applied} />
        </tbody>
      </table>
      <p className="m-note" data-tone={breach > 0 ? 'breach' : 'ok'} role="status">
        {breach > 0 ? <CircleAlert aria-hidden="true" /> : <CircleCheck aria-hidden="true" />}
        <span>
          {hours.breachAtOnce > 0 && `${t('preview.hoursBreach', { count: hours.breachAtOnce })} `}
          {applied.breachAtOnce > 0 && t('preview.some', { count: applied.breachAtOnce })}
          {breach === 0 && t('preview.none')}
        </span>
      </p>
    </>
  );
}

interface EffectRowProps {
  readonly name: string;
  readonly hint: string;
  readonly effect: SlaEffect;
}

function EffectRow({ name, hint, effect }: EffectRowProps): ReactNode {
  const formats = useFormats();
  return (
    <tr>
      <th scope="row">
        {name}
        <span className="muted">{hint}</span>
      </th>
      <td className="tabular">{formats.number(effect.changed)}</td>
      <td className="tabular" data-tone={effect.breachAtOnce > 0 ? 'breach' : undefined}>
        {formats.number(effect.breachAtOnce)}
      </td>
    </tr>
  );
}
