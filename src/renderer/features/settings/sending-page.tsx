import type { FormEvent, ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useWords } from '../../i18n/use-words.ts';
import { useLive } from '../../bridge/use-live.ts';
import type { Settings } from '../../../shared/contract/workspace.contract.ts';
import { saveSettings } from '../../state/save-settings.ts';
import { Button } from '../../ui/button.tsx';
import { TextArea } from '../../ui/field.tsx';
import { Select } from '../../ui/select.tsx';
import { showToast } from '../../ui/toast.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { Page } from '../../ui/page.tsx';

const UNDO_SECONDS = [0, 5, 10, 20, 30, 60] as const;

export function SendingPage(): ReactNode {
  const t = useWords('settings');
  const settings = useLive('settings.get', {});
  return (
    <Page title={t('sending.tab')} lead={t('sending.lead')}>
      <Loaded live={settings}>{(value) => <SendingForm settings={value} />}</Loaded>
    </Page>
  );
}

function SendingForm({ settings }: { readonly settings: Settings }): ReactNode {
  const { t } = useTranslation(['settings', 'frame']);
  const [signature, setSignature] = useState(settings.signature);
  const seconds = [...new Set([...UNDO_SECONDS, settings.undoSendSeconds])].sort((a, b) => a - b);
  const saveSignature = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    await saveSettings({ signature });
    showToast({ title: t('frame:common.saved'), tone: 'ok' });
  };
  return (
    <form className="settings-form" onSubmit={(event) => void saveSignature(event)}>
      <Select
        label={t('sending.undo')}
        hint={t('sending.undoHint')}
        value={String(settings.undoSendSeconds)}
        options={seconds.map((count) => ({
          value: String(count),
          label: count === 0 ? t('sending.undoNone') : t('sending.undoSeconds', { count }),
        }))}
        onChange={(next) => void saveSettings({ undoSendSeconds: Number(next) })}
      />
      <TextArea
        label={t('sending.signature')}
        hint={t('sending.signatureHint')}
        value={signature}
        onChange={setSignature}
        maxLength={5_000}
        rows={4}
        dir="auto"
      />
      <div>
        <Button type="submit" variant="primary" disabled={signature === settings.signature}>
          {t('frame:common.save')}
        </Button>
      </div>
    </form>
  );
}
