import { useState } from 'react';
import type { FormEvent, ReactNode } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import type { CaseDetail } from '../../../../shared/contract/cases.contract.ts';
import { TIERS } from '../../../../shared/domain/case.ts';
import type { Tier } from '../../../../shared/domain/case.ts';
import { useLiveValue } from '../../../bridge/use-live.ts';
import { errorText } from '../../../i18n/error-text.ts';
import { clock } from '../../../state/clock-store.ts';
import { useSession } from '../../../state/session.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { TextField } from '../../../ui/field.tsx';
import { Select } from '../../../ui/select.tsx';
import { openVipDialog, useInbox } from '../inbox-store.ts';
import { setTier } from './apply-actions.ts';
import './case-picker.css';
import { DAY_MS } from '../../../../shared/domain/time.ts';
import { fieldValue, snoozeFromField } from './snooze-times.ts';

const END_OF_DAY = 'T23:59';
/** Nobody is served in a way for longer: ten years. */
const MOST_MS = 3_653 * DAY_MS;

/** How the customer of a case is served: tier, why, and until when. */
export function VipDialog(): ReactNode {
  const caseId = useInbox((state) => state.vipDialogCaseId);
  const detail = useLiveValue('cases.detail', caseId === null ? null : { caseId }, null);
  const t = useWords('inbox');
  const isOpen = caseId !== null && detail !== null;
  return (
    <Dialog
      open={isOpen}
      onOpenChange={() => openVipDialog(null)}
      size="sm"
      title={t('vip.title', { name: detail?.contact.name === '' ? detail.contact.address : (detail?.contact.name ?? '') })}
    >
      {detail !== null && <VipForm key={detail.contactId} detail={detail} />}
    </Dialog>
  );
}

function VipForm({ detail }: { readonly detail: CaseDetail }): ReactNode {
  const t = useWords('inbox');
  const tErrors = useWords('errors');
  const zone = useSession((state) => state.zone);
  const { contact } = detail;
  const [tier, chooseTier] = useState<Tier>(contact.tier === 'standard' ? 'vip' : contact.tier);
  const [reason, setReason] = useState(contact.tierReason);
  const [until, setUntil] = useState(contact.tierUntil === null ? '' : fieldValue(contact.tierUntil, { zone }).slice(0, 10));
  const [problem, setProblem] = useState<{ readonly field: 'reason' | 'until' | 'all'; readonly text: string } | null>(null);
  const [isSaving, setSaving] = useState(false);

  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (tier !== 'standard' && reason.trim() === '') {
      setProblem({ field: 'reason', text: t('vip.reasonMissing') });
      return;
    }
    const untilAt = until === '' || tier === 'standard' ? null : snoozeFromField(`${until}${END_OF_DAY}`, { zone }, clock.now(), MOST_MS);
    if (typeof untilAt === 'string') {
      setProblem({ field: 'until', text: t(`vip.${untilAt}`) });
      return;
    }
    setSaving(true);
    const code = await setTier(
      contact.contactId,
      contact.name === '' ? contact.address : contact.name,
      tier,
      tier === 'standard' ? '' : reason.trim(),
      untilAt,
    );
    setSaving(false);
    if (code === null) openVipDialog(null);
    else
      setProblem(
        code === 'reason-missing' ? { field: 'reason', text: t('vip.reasonMissing') } : { field: 'all', text: errorText(tErrors, code) },
      );
  };
  const errorOf = (field: 'reason' | 'until'): string | undefined => (problem?.field === field ? problem.text : undefined);

  return (
    <form className="ib-form" onSubmit={(event) => void save(event)}>
      <Select
        label={t('vip.tier')}
        value={tier}
        onChange={chooseTier}
        options={TIERS.map((value) => ({ value, label: t(`tier.${value}`) }))}
      />
      {tier !== 'standard' && (
        <>
          <TextField
            label={t('vip.reason')}
            hint={t('vip.reasonHint')}
            error={errorOf('reason')}
            value={reason}
            onChange={setReason}
            maxLength={500}
          />
          <TextField
            type="date"
            label={t('vip.until')}
            hint={t('vip.untilHint')}
            error={errorOf('until')}
            value={until}
            onChange={setUntil}
          />
        </>
      )}
      {problem?.field === 'all' && (
        <p role="alert" className="ib-form-problem">
          {problem.text}
        </p>
      )}
      <div className="ib-form-buttons">
        <Button type="button" onClick={() => openVipDialog(null)}>
          {t('vip.cancel')}
        </Button>
        <Button type="submit" variant="primary" loading={isSaving}>
          {t('vip.save')}
        </Button>
      </div>
    </form>
  );
}
