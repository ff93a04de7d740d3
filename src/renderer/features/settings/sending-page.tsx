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
  const saveSignature = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    await saveSettings({ signature });
    showToast({ title: t('frame:common.saved'), tone: 'ok' });
  };
  return (
    <form className="settings-form" onSubmit={(event) => void saveSignature(event)}>
      <UndoTime
        label={t('sending.undo')}
        hint={t('sending.undoHint')}
        seconds={settings.undoSendSeconds}
        onChange={(undoSendSeconds) => void saveSettings({ undoSendSeconds })}
      />
      <UndoTime
        label={t('sending.undoChat')}
        hint={t('sending.undoChatHint')}
        seconds={settings.undoChatSeconds}
        onChange={(undoChatSeconds) => void saveSettings({ undoChatSeconds })}
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

interface UndoTimeProps {
  readonly label: string;
  readonly hint: string;
  readonly seconds: number;
  readonly onChange: (seconds: number) => void;
}

/** A time to take a reply back; one that is stored and not among the usual ones can be seen and kept. */
function UndoTime({ label, hint, seconds, onChange }: UndoTimeProps): ReactNode {
  const t = useWords('settings');
  const choices = [...new Set([...UNDO_SECONDS, seconds])].sort((a, b) => a - b);
  return (
    <Select
      label={label}
      hint={hint}
      value={String(seconds)}
      options={choices.map((count) => ({
        value: String(count),
        label: count === 0 ? t('sending.undoNone') : t('sending.undoSeconds', { count }),
      }))}
      onChange={(next) => onChange(Number(next))}
    />
  );
}
