import type { FormEvent, ReactNode } from 'react';
import { useState } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import { Button } from '../../../ui/button.tsx';
import { TextField } from '../../../ui/field.tsx';
import type { Wizard } from './use-wizard.ts';
import { isAddress } from './wizard-form.ts';

export function AddressStep({ wizard }: { readonly wizard: Wizard }): ReactNode {
  const t = useWords('settings');
  const [isTried, setTried] = useState(false);
  const { draft, change } = wizard;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (isAddress(draft.address)) wizard.find();
  };
  return (
    <form className="wizard" onSubmit={submit} noValidate>
      <div className="wizard-pair">
        <TextField
          type="email"
          autoComplete="email"
          label={t('mailboxes.wizard.address')}
          placeholder="support@example.com"
          value={draft.address}
          onChange={(address) => change({ address })}
          error={isTried && !isAddress(draft.address) ? t('mailboxes.wizard.addressInvalid') : undefined}
        />
        <TextField
          label={t('mailboxes.wizard.name')}
          placeholder={t('mailboxes.wizard.namePlaceholder')}
          value={draft.name}
          maxLength={200}
          onChange={(name) => change({ name })}
        />
      </div>
      <div className="vault-buttons">
        <Button type="submit" variant="primary">
          {t('mailboxes.wizard.find')}
        </Button>
      </div>
    </form>
  );
}
