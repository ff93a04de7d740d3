import { useState } from 'react';
import type { FormEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { TIERS } from '../../../shared/domain/case.ts';
import { CHANNELS } from '../../../shared/domain/message.ts';
import type { RoutingRule } from '../../../shared/domain/routing/rules.ts';
import { Button } from '../../ui/button.tsx';
import { Switch } from '../../ui/check.tsx';
import { Combobox, MultiCombobox } from '../../ui/combobox.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { focusInvalid } from '../../ui/focus-invalid.ts';
import { FreeChips } from '../../ui/free-chips.tsx';
import { LanguagePicker } from '../../ui/language-picker.tsx';
import type { KnownThings } from './known-things.ts';

const LONGEST_LABEL = 100;
const LONGEST_SKILL = 60;

interface RuleDialogProps {
  readonly rule: RoutingRule;
  readonly isNew: boolean;
  readonly known: KnownThings;
  readonly onClose: () => void;
  /** False when it could not be saved: the dialog stays. */
  readonly onSave: (rule: RoutingRule) => Promise<boolean>;
}

/** What a rule asks of a case, and of people. */
export function RuleDialog({ rule, isNew, known, onClose, onSave }: RuleDialogProps): ReactNode {
  const { t } = useTranslation(['routing', 'inbox']);
  const [draft, setDraft] = useState(rule);
  const [typed, setTyped] = useState('');
  const [isTried, setTried] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const edit = (patch: Partial<RoutingRule>): void => setDraft((before) => ({ ...before, ...patch }));
  const fresh = typed.trim().slice(0, LONGEST_SKILL);
  const skills = [...new Set([...(draft.skill === '' ? [] : [draft.skill]), ...known.skills, ...(fresh === '' ? [] : [fresh])])];
  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    // what was typed and not picked is meant, too
    const skill = draft.skill === '' ? fresh : draft.skill;
    setTried(true);
    if (skill === '') {
      focusInvalid(event.currentTarget);
      return;
    }
    setBusy(true);
    const isSaved = await onSave({ ...draft, skill });
    setBusy(false);
    if (isSaved) onClose();
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={t(isNew ? 'routing:editor.add' : 'routing:editor.edit')}
      description={t('routing:editor.hint')}
      footer={
        <>
          <Button onClick={onClose}>{t('routing:editor.cancel')}</Button>
          <Button variant="primary" type="submit" form="routing-rule" loading={isBusy}>
            {t('routing:editor.save')}
          </Button>
        </>
      }
    >
      <form id="routing-rule" className="routing-form" onSubmit={(event) => void save(event)}>
        <Combobox
          label={t('routing:editor.skill')}
          hint={t('routing:editor.skillHint')}
          error={isTried && draft.skill === '' && fresh === '' ? t('routing:editor.skillMissing') : undefined}
          placeholder={t('routing:editor.skillPlaceholder')}
          value={draft.skill === '' ? null : draft.skill}
          onChange={(skill) => edit({ skill: skill ?? '' })}
          onInput={setTyped}
          options={skills.map((name) => ({ value: name, label: name }))}
        />
        <FreeChips
          label={t('routing:editor.labels')}
          placeholder={t('routing:editor.any')}
          known={known.labels}
          longest={LONGEST_LABEL}
          value={draft.labels}
          onChange={(labels) => edit({ labels })}
        />
        <MultiCombobox
          label={t('routing:editor.channels')}
          placeholder={t('routing:editor.any')}
          value={draft.channels}
          onChange={(channels) => edit({ channels: CHANNELS.filter((each) => channels.includes(each)) })}
          options={CHANNELS.map((value) => ({ value, label: t(`inbox:channel.${value}`) }))}
        />
        <MultiCombobox
          label={t('routing:editor.accounts')}
          placeholder={t('routing:editor.any')}
          value={draft.accountIds}
          onChange={(accountIds) =>
            edit({
              accountIds: [...new Set([...draft.accountIds, ...known.accountNames.keys()])].filter((each) => accountIds.includes(each)),
            })
          }
          options={known.accounts}
        />
        <LanguagePicker label={t('routing:editor.languages')} value={draft.languages} onChange={(languages) => edit({ languages })} />
        <MultiCombobox
          label={t('routing:editor.tiers')}
          placeholder={t('routing:editor.any')}
          value={draft.tiers}
          onChange={(tiers) => edit({ tiers: TIERS.filter((each) => tiers.includes(each)) })}
          options={TIERS.map((value) => ({ value, label: t(`inbox:tier.${value}`) }))}
        />
        <Switch
          label={t('routing:editor.isLast')}
          hint={t('routing:editor.isLastHint')}
          checked={draft.isLast}
          onChange={(isLast) => edit({ isLast })}
        />
      </form>
    </Dialog>
  );
}
