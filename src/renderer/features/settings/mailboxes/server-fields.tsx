import type { ReactNode } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import { TextField } from '../../../ui/field.tsx';
import { Select } from '../../../ui/select.tsx';
import { withSecurity } from './wizard-form.ts';
import type { serverProblems, ServerDraft } from './wizard-form.ts';

const SECURITIES = ['tls', 'starttls', 'none'] as const;

export interface ServerFieldsProps {
  readonly kind: 'imap' | 'smtp';
  readonly server: ServerDraft;
  /** Null while nothing was tried yet, so that nobody is corrected while typing. */
  readonly problems: ReturnType<typeof serverProblems> | null;
  readonly onChange: (server: ServerDraft) => void;
}

/** Host, port and security of one server. */
export function ServerFields({ kind, server, problems, onChange }: ServerFieldsProps): ReactNode {
  const t = useWords('settings');
  return (
    <fieldset className="wizard-server">
      <legend>{kind === 'imap' ? t('mailboxes.wizard.incoming') : t('mailboxes.wizard.outgoing')}</legend>
      <TextField
        label={t('mailboxes.wizard.host')}
        value={server.host}
        spellCheck={false}
        onChange={(host) => onChange({ ...server, host })}
        error={problems?.has(`${kind}.host`) === true ? t('mailboxes.wizard.hostMissing') : undefined}
      />
      <TextField
        label={t('mailboxes.wizard.port')}
        value={server.port}
        inputMode="numeric"
        onChange={(port) => onChange({ ...server, port: port.replaceAll(/\D/gu, '') })}
        error={problems?.has(`${kind}.port`) === true ? t('mailboxes.wizard.portInvalid') : undefined}
      />
      <Select
        label={t('mailboxes.wizard.security')}
        value={server.security}
        options={SECURITIES.map((value) => ({ value, label: t(`mailboxes.wizard.securities.${value}`) }))}
        onChange={(security) => onChange(withSecurity(kind, server, security))}
      />
    </fieldset>
  );
}
