import { CircleAlert, CircleCheck, ExternalLink, Eye, EyeOff, Info, TriangleAlert } from 'lucide-react';
import type { FormEvent, ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useWords } from '../../../i18n/use-words.ts';
import { call, newOperationId } from '../../../bridge/client.ts';
import type { DiscoveredSettings, TestStep } from '../../../../shared/contract/workspace.contract.ts';
import { errorText } from '../../../i18n/error-text.ts';
import { Button, IconButton } from '../../../ui/button.tsx';
import { TextField } from '../../../ui/field.tsx';
import { Select } from '../../../ui/select.tsx';
import { ServerFields } from './server-fields.tsx';
import type { Wizard } from './use-wizard.ts';
import { domainOf, serverProblems } from './wizard-form.ts';

/** User name, password and servers, prefilled with what was found; tested before anything is saved. */
export function ServersStep({ wizard, isNew }: { readonly wizard: Wizard; readonly isNew: boolean }): ReactNode {
  const { t } = useTranslation(['settings', 'frame']);
  const [isTried, setTried] = useState(false);
  const { draft, change, busy } = wizard;
  const problems = serverProblems(draft, isNew);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (problems.size === 0) wizard.runTest();
  };
  return (
    <form className="wizard" onSubmit={submit} noValidate>
      {isNew && <FoundNote wizard={wizard} />}
      <div className="wizard-pair">
        <TextField label={t('mailboxes.wizard.user')} value={draft.user} autoComplete="username" onChange={(user) => change({ user })} />
        <PasswordField wizard={wizard} isNew={isNew} isMissing={isTried && problems.has('password')} />
      </div>
      <AppPasswordHint found={wizard.found} />
      <ServerFields kind="imap" server={draft.imap} problems={isTried ? problems : null} onChange={(imap) => change({ imap })} />
      <ServerFields kind="smtp" server={draft.smtp} problems={isTried ? problems : null} onChange={(smtp) => change({ smtp })} />
      {(draft.imap.security === 'none' || draft.smtp.security === 'none') && (
        <p className="wizard-note" data-tone="soon">
          <TriangleAlert aria-hidden="true" /> {t('mailboxes.wizard.securityNone')}
        </p>
      )}
      <TestResult wizard={wizard} />
      <div className="vault-buttons">
        {isNew && <Button onClick={wizard.back}>{t('frame:common.back')}</Button>}
        <Button type="submit" variant="primary" loading={busy === 'testing'}>
          {busy === 'testing' ? t('mailboxes.wizard.testing') : t('mailboxes.wizard.test')}
        </Button>
      </div>
    </form>
  );
}

function FoundNote({ wizard }: { readonly wizard: Wizard }): ReactNode {
  const t = useWords('settings');
  const { found, draft } = wizard;
  const best = found?.[0];
  if (found === null) return null;
  if (best === undefined) {
    return (
      <p className="wizard-note" data-tone="soon">
        <TriangleAlert aria-hidden="true" /> {t('mailboxes.wizard.findFailed', { domain: domainOf(draft.address) })}
      </p>
    );
  }
  return (
    <>
      <p className="wizard-note" data-tone={best.source === 'guess' ? 'soon' : 'info'}>
        <Info aria-hidden="true" /> {sourceText(best)}
      </p>
      {found.length > 1 && (
        <Select
          label={t('mailboxes.wizard.suggestion')}
          value={String(
            Math.max(
              0,
              found.findIndex(
                (each) =>
                  each.imap.host === draft.imap.host && String(each.imap.port) === draft.imap.port && each.smtp.host === draft.smtp.host,
              ),
            ),
          )}
          options={found.map((each, index) => ({
            value: String(index),
            label: `${each.providerName ?? each.imap.host} · ${each.imap.host}:${each.imap.port}`,
          }))}
          onChange={(index) => {
            const chosen = found[Number(index)];
            if (chosen !== undefined) wizard.choose(chosen);
          }}
        />
      )}
    </>
  );

  function sourceText(settings: DiscoveredSettings): string {
    if (settings.source === 'guess') return t('mailboxes.wizard.foundGuess');
    if (settings.source === 'built-in')
      return t('mailboxes.wizard.foundBuiltIn', { provider: settings.providerName ?? domainOf(draft.address) });
    return t('mailboxes.wizard.foundDomain');
  }
}

function PasswordField({
  wizard,
  isNew,
  isMissing,
}: {
  readonly wizard: Wizard;
  readonly isNew: boolean;
  readonly isMissing: boolean;
}): ReactNode {
  const t = useWords('settings');
  const [isShown, setShown] = useState(false);
  return (
    <TextField
      label={t('mailboxes.wizard.password')}
      hint={isNew ? t('mailboxes.wizard.passwordStored') : t('mailboxes.wizard.passwordKeep')}
      error={isMissing ? t('mailboxes.wizard.passwordMissing') : undefined}
      type={isShown ? 'text' : 'password'}
      autoComplete="current-password"
      spellCheck={false}
      value={wizard.draft.password}
      onChange={(password) => wizard.change({ password })}
      trailing={
        <IconButton
          size="sm"
          type="button"
          label={isShown ? t('mailboxes.wizard.hidePassword') : t('mailboxes.wizard.showPassword')}
          icon={isShown ? <EyeOff aria-hidden="true" /> : <Eye aria-hidden="true" />}
          onClick={() => setShown(!isShown)}
        />
      }
    />
  );
}

function AppPasswordHint({ found }: { readonly found: readonly DiscoveredSettings[] | null }): ReactNode {
  const t = useWords('settings');
  const url = found?.[0]?.appPasswordHint ?? null;
  if (url === null) return null;
  return (
    <p className="wizard-note">
      <Info aria-hidden="true" />
      <span>
        {t('mailboxes.wizard.appPassword')}{' '}
        <button type="button" className="wizard-link" onClick={() => void call('app.openLink', { opId: newOperationId(), url })}>
          {t('mailboxes.wizard.appPasswordLink')} <ExternalLink size={12} aria-hidden="true" />
        </button>
      </span>
    </p>
  );
}

function TestResult({ wizard }: { readonly wizard: Wizard }): ReactNode {
  const t = useWords('settings');
  const { test } = wizard;
  if (test === null) return null;
  return (
    <div role="alert">
      <ul className="wizard-result">
        <TestLine label={t('mailboxes.wizard.testReading')} step={test.imap} />
        <TestLine label={t('mailboxes.wizard.testSending')} step={test.smtp} />
      </ul>
      {(!test.imap.ok || !test.smtp.ok) && <p className="muted">{t('mailboxes.wizard.testFailedHint')}</p>}
    </div>
  );
}

function TestLine({ label, step }: { readonly label: string; readonly step: TestStep }): ReactNode {
  const t = useWords('settings');
  const tErrors = useWords('errors');
  return (
    <li data-failed={!step.ok || undefined}>
      {step.ok ? <CircleCheck aria-hidden="true" /> : <CircleAlert aria-hidden="true" />}
      <span>
        <strong>{label}:</strong> {step.ok ? t('mailboxes.wizard.testOk') : errorText(tErrors, step.code)}
        {!step.ok && step.detail !== '' && <code>{step.detail}</code>}
      </span>
    </li>
  );
}
