import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { PRIORITIES, TIERS } from '../../../shared/domain/case.ts';
import { CHANNELS } from '../../../shared/domain/message.ts';
import type { PolicyConditions } from '../../../shared/domain/sla/policy.ts';
import { useLiveValue } from '../../bridge/use-live.ts';
import { MultiCombobox } from '../../ui/combobox.tsx';
import { FreeChips } from '../../ui/free-chips.tsx';
import { LanguagePicker } from '../../ui/language-picker.tsx';

export interface ConditionFieldsProps {
  readonly conditions: PolicyConditions;
  readonly onChange: (conditions: PolicyConditions) => void;
}

/** What a case must be for a policy, as chips; an empty field is no condition. */
export function ConditionFields({ conditions, onChange }: ConditionFieldsProps): ReactNode {
  const { t } = useTranslation(['rules', 'inbox']);
  const labels = useLiveValue('cases.labels', {}, []);
  const any = t('policies.any');
  const set = <Name extends keyof PolicyConditions>(name: Name, value: NonNullable<PolicyConditions[Name]>): void => {
    const { [name]: _old, ...others } = conditions;
    // An empty list would match no case at all.
    onChange(value.length === 0 ? others : { ...others, [name]: value });
  };
  return (
    <div className="m-pair">
      <MultiCombobox
        label={t('policies.tiers')}
        placeholder={any}
        value={conditions.tiers ?? []}
        onChange={(next) =>
          set(
            'tiers',
            TIERS.filter((tier) => next.includes(tier)),
          )
        }
        options={TIERS.map((tier) => ({ value: tier, label: t(`inbox:tier.${tier}`) }))}
      />
      <MultiCombobox
        label={t('policies.channels')}
        placeholder={any}
        value={conditions.channels ?? []}
        onChange={(next) =>
          set(
            'channels',
            CHANNELS.filter((channel) => next.includes(channel)),
          )
        }
        options={CHANNELS.map((channel) => ({ value: channel, label: t(`inbox:channel.${channel}`) }))}
      />
      <MultiCombobox
        label={t('policies.priorities')}
        placeholder={any}
        value={conditions.priorities ?? []}
        onChange={(next) =>
          set(
            'priorities',
            PRIORITIES.filter((priority) => next.includes(priority)),
          )
        }
        options={PRIORITIES.map((priority) => ({ value: priority, label: t(`inbox:priority.${priority}`) }))}
      />
      <LanguagePicker label={t('policies.languages')} value={conditions.languages ?? []} onChange={(next) => set('languages', next)} />
      <FreeChips
        placeholder={any}
        label={t('policies.teams')}
        known={[]}
        longest={60}
        value={conditions.teams ?? []}
        onChange={(next) => set('teams', next)}
      />
      <FreeChips
        placeholder={any}
        label={t('policies.labels')}
        known={labels.map(({ label }) => label)}
        longest={40}
        value={conditions.labels ?? []}
        onChange={(next) => set('labels', next)}
      />
    </div>
  );
}
