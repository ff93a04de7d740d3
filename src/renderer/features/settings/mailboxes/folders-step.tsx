import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useWords } from '../../../i18n/use-words.ts';
import type { ConnectionTest } from '../../../../shared/contract/workspace.contract.ts';
import { useFormats } from '../../../i18n/use-formats.ts';
import { Button } from '../../../ui/button.tsx';
import { Checkbox, Switch } from '../../../ui/check.tsx';
import { Select } from '../../../ui/select.tsx';
import type { Wizard } from './use-wizard.ts';
import { inOrder } from './wizard-form.ts';

/** Values of the sent choice that are no folder; a folder's path never begins with a colon here. */
const BY_SERVER = ':server';
const NOWHERE = ':none';

/** Which folders become cases, where sent replies are kept, and how answers find their case. */
export function FoldersStep({ wizard, isNew }: { readonly wizard: Wizard; readonly isNew: boolean }): ReactNode {
  const { t } = useTranslation(['settings', 'frame']);
  const { draft, change, busy, test } = wizard;
  const folders = inOrder(test?.folders ?? []);
  const sentValue = draft.sentCopy === 'server' ? BY_SERVER : draft.sentFolder === null ? NOWHERE : `/${draft.sentFolder}`;
  const isNoneChosen = draft.folders.length === 0;
  return (
    <div className="wizard">
      <div>
        <h3 id="wizard-folders">{t('mailboxes.wizard.foldersLead')}</h3>
        {isNoneChosen && (
          <p className="m-field-error" role="alert">
            {t('mailboxes.wizard.foldersMissing')}
          </p>
        )}
      </div>
      <ul className="wizard-folders" aria-labelledby="wizard-folders">
        {folders.map((folder) => (
          <FolderLine
            key={folder.path}
            folder={folder}
            isChosen={draft.folders.includes(folder.path)}
            onChange={(isChosen) =>
              change({ folders: isChosen ? [...draft.folders, folder.path] : draft.folders.filter((path) => path !== folder.path) })
            }
          />
        ))}
      </ul>
      <Select
        label={t('mailboxes.wizard.sent')}
        value={sentValue}
        options={[
          { value: BY_SERVER, label: t('mailboxes.wizard.sentServer') },
          ...folders.filter((folder) => folder.role !== 'inbox').map((folder) => ({ value: `/${folder.path}`, label: folder.path })),
          { value: NOWHERE, label: t('mailboxes.wizard.sentNone') },
        ]}
        onChange={(value) =>
          change(
            value === BY_SERVER ? { sentCopy: 'server' } : { sentCopy: 'append', sentFolder: value === NOWHERE ? null : value.slice(1) },
          )
        }
      />
      <Switch
        label={t('mailboxes.wizard.plus')}
        hint={t('mailboxes.wizard.plusHint')}
        checked={draft.plusAddressing}
        onChange={(plusAddressing) => change({ plusAddressing })}
      />
      <div className="vault-buttons">
        <Button onClick={wizard.back}>{t('frame:common.back')}</Button>
        <Button variant="primary" loading={busy === 'saving'} disabled={isNoneChosen} onClick={wizard.save}>
          {isNew ? t('mailboxes.wizard.connect') : t('mailboxes.wizard.save')}
        </Button>
      </div>
    </div>
  );
}

interface FolderLineProps {
  readonly folder: ConnectionTest['folders'][number];
  readonly isChosen: boolean;
  readonly onChange: (isChosen: boolean) => void;
}

function FolderLine({ folder, isChosen, onChange }: FolderLineProps): ReactNode {
  const t = useWords('settings');
  const formats = useFormats();
  const role = folder.role === null ? null : t(`mailboxes.wizard.roles.${folder.role}`);
  return (
    <li>
      <Checkbox
        label={role === null || role === folder.path ? folder.path : `${folder.path} (${role})`}
        checked={isChosen}
        onChange={onChange}
      />
      {folder.messages !== null && (
        <span className="muted tabular">
          {t('mailboxes.wizard.messages', { count: folder.messages }).replace(String(folder.messages), formats.number(folder.messages))}
        </span>
      )}
    </li>
  );
}
