import { useTranslation } from 'react-i18next';
import type { PolicyConditions } from '../../../shared/domain/sla/policy.ts';
import { useFormats } from '../../i18n/use-formats.ts';

/** Writes a policy's conditions in a few words: "VIP, VIP+ · Email". */
export function useConditionsText(): (conditions: PolicyConditions) => string {
  const { t } = useTranslation(['rules', 'inbox']);
  const formats = useFormats();
  return ({ channels, tiers, priorities, languages, teams, labels }) => {
    const groups = [
      tiers?.map((tier) => t(`inbox:tier.${tier}`)),
      channels?.map((channel) => t(`inbox:channel.${channel}`)),
      priorities?.map((priority) => t(`inbox:priority.${priority}`)),
      languages?.map((tag) => formats.languageName(tag)),
      teams,
      labels,
    ];
    const text = groups.flatMap((group) => (group === undefined ? [] : [formats.series(group)])).join(' · ');
    return text === '' ? t('policies.everybody') : text;
  };
}
