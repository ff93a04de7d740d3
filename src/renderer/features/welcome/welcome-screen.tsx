import { FlaskConical, Mail, Waypoints } from 'lucide-react';
import type { FormEvent, ReactNode } from 'react';
import { useEffect, useState } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import { call, newOperationId } from '../../bridge/client.ts';
import { MeridianMark } from '../../frame/meridian-mark.tsx';
import { openWorkspace } from '../../frame/open-workspace.ts';
import { errorText } from '../../i18n/error-text.ts';
import { machineZone } from '../../i18n/formats.ts';
import { LOCALES } from '../../i18n/i18n.ts';
import { markReady } from '../../state/appearance.ts';
import { openJoinDialog } from '../../state/join-dialog.ts';
import { saveSettings } from '../../state/save-settings.ts';
import { addMailbox, openView, useSession } from '../../state/session.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { LanguagePicker } from '../../ui/language-picker.tsx';
import { Select } from '../../ui/select.tsx';
import { ZonePicker } from '../../ui/zone-picker.tsx';
import './welcome.css';

type Start = 'mailbox' | 'team' | 'sample' | 'inbox';

interface Profile {
  readonly name: string;
  readonly zone: string | null;
  readonly languages: readonly string[];
}

/** The first run: who is at the desk, then how to start. */
export function WelcomeScreen(): ReactNode {
  const t = useWords('frame');
  const locale = useSession((state) => state.locale);
  const [step, setStep] = useState<1 | 2>(1);
  const [profile, setProfile] = useState<Profile>({ name: '', zone: machineZone(), languages: [locale.split('-')[0] ?? 'en'] });
  useEffect(markReady, []);
  return (
    <main className="welcome">
      <div className="welcome-language">
        <Select
          hideLabel
          label="Language · 语言"
          value={locale}
          options={LOCALES}
          onChange={(next) => void saveSettings({ locale: next })}
        />
      </div>
      <div className="welcome-card">
        <header className="welcome-head">
          <MeridianMark size={48} />
          <div>
            <h1>{t('welcome.title')}</h1>
            <p className="muted">{t('welcome.lead')}</p>
          </div>
        </header>
        <p className="welcome-step tabular">{t('welcome.stepLabel', { step, total: 2 })}</p>
        {step === 1 ? (
          <WhoForm profile={profile} onChange={setProfile} onNext={() => setStep(2)} />
        ) : (
          <StartChoices profile={profile} onBack={() => setStep(1)} />
        )}
      </div>
    </main>
  );
}

interface WhoFormProps {
  readonly profile: Profile;
  readonly onChange: (profile: Profile) => void;
  readonly onNext: () => void;
}

function WhoForm({ profile, onChange, onNext }: WhoFormProps): ReactNode {
  const t = useWords('frame');
  const [isTried, setTried] = useState(false);
  const isNameMissing = profile.name.trim() === '';
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (!isNameMissing && profile.zone !== null) onNext();
  };
  return (
    <form className="welcome-form" onSubmit={submit} noValidate>
      <div>
        <h2>{t('welcome.whoTitle')}</h2>
        <p className="muted">{t('welcome.whoLead')}</p>
      </div>
      <TextField
        label={t('welcome.name')}
        placeholder={t('welcome.namePlaceholder')}
        value={profile.name}
        onChange={(name) => onChange({ ...profile, name })}
        error={isTried && isNameMissing ? t('welcome.nameMissing') : undefined}
        autoComplete="name"
        maxLength={120}
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- the first field of a screen that has nothing else to read first
        autoFocus
      />
      <ZonePicker
        label={t('welcome.zone')}
        value={profile.zone}
        onChange={(zone) => onChange({ ...profile, zone })}
        error={isTried && profile.zone === null ? t('welcome.zoneMissing') : undefined}
      />
      <LanguagePicker
        label={t('welcome.languages')}
        hint={t('welcome.languagesHint')}
        value={profile.languages}
        onChange={(languages) => onChange({ ...profile, languages })}
      />
      <div className="welcome-buttons">
        <Button type="submit" variant="primary">
          {t('common.next')}
        </Button>
      </div>
    </form>
  );
}

function StartChoices({ profile, onBack }: { readonly profile: Profile; readonly onBack: () => void }): ReactNode {
  const t = useWords('frame');
  const tErrors = useWords('errors');
  const [busy, setBusy] = useState<Start | null>(null);
  const [error, setError] = useState<string | null>(null);
  const start = async (how: Start): Promise<void> => {
    setBusy(how);
    setError(null);
    // Where to go is decided before the profile exists: the frame appears as soon as it does.
    if (how === 'mailbox') addMailbox();
    else openView('unassigned');
    const answer = await call('workspace.setProfile', {
      opId: newOperationId(),
      name: profile.name.trim(),
      zone: profile.zone ?? machineZone(),
      languages: [...profile.languages],
    });
    if (!answer.ok) {
      setError(
        answer.error.code === 'unknown-zone'
          ? t('welcome.zoneUnknown')
          : `${t('welcome.saveFailed')}: ${errorText(tErrors, answer.error.code)}`,
      );
      setBusy(null);
      return;
    }
    if (how === 'team') openJoinDialog();
    if (how === 'sample') await openWorkspace('sample');
  };
  return (
    <div className="welcome-form">
      <div>
        <h2>{t('welcome.startTitle')}</h2>
        <p className="muted">{t('welcome.startLead')}</p>
      </div>
      <div className="welcome-choices">
        <Choice
          icon={<Mail aria-hidden="true" />}
          title={t('welcome.connectTitle')}
          text={t('welcome.connectText')}
          isDisabled={busy !== null}
          onChoose={() => void start('mailbox')}
        />
        <Choice
          icon={<Waypoints aria-hidden="true" />}
          title={t('welcome.teamTitle')}
          text={t('welcome.teamText')}
          isDisabled={busy !== null}
          onChoose={() => void start('team')}
        />
        <Choice
          icon={<FlaskConical aria-hidden="true" />}
          title={t('welcome.sampleTitle')}
          text={t('welcome.sampleText')}
          isDisabled={busy !== null}
          onChoose={() => void start('sample')}
        />
      </div>
      {error !== null && (
        <p className="m-field-error" role="alert">
          {error}
        </p>
      )}
      <div className="welcome-buttons">
        <Button variant="ghost" disabled={busy !== null} onClick={onBack}>
          {t('common.back')}
        </Button>
        <Button variant="ghost" loading={busy === 'inbox'} disabled={busy !== null} onClick={() => void start('inbox')}>
          {t('welcome.later')}
        </Button>
      </div>
    </div>
  );
}

interface ChoiceProps {
  readonly icon: ReactNode;
  readonly title: string;
  readonly text: string;
  readonly isDisabled: boolean;
  readonly onChoose: () => void;
}

function Choice({ icon, title, text, isDisabled, onChoose }: ChoiceProps): ReactNode {
  return (
    <button type="button" className="welcome-choice" disabled={isDisabled} onClick={onChoose}>
      <span className="welcome-choice-icon">{icon}</span>
      <span className="welcome-choice-title">{title}</span>
      <span className="muted">{text}</span>
    </button>
  );
}
