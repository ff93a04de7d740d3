import { TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { AccountId } from '../../../shared/domain/ids.ts';
import type { NeedReason } from '../../../shared/domain/routing/need-reasons.ts';
import type { RuleCause } from '../../../shared/domain/routing/rules.ts';
import { useFormats } from '../../i18n/use-formats.ts';
import './need-list.css';

interface NeedListProps {
  readonly reasons: readonly NeedReason[];
  /** Names of accounts; one that is gone is shown by its id. */
  readonly accountNames: ReadonlyMap<AccountId, string>;
  readonly label: string;
}

/** What a case asks of the person who takes it, each with its cause. */
export function NeedList({ reasons, accountNames, label }: NeedListProps): ReactNode {
  const { t } = useTranslation(['routing', 'inbox']);
  const formats = useFormats();
  const causeWords = (cause: RuleCause): string => {
    switch (cause.kind) {
      case 'account':
        return t('routing:need.account', { name: accountNames.get(cause.accountId) ?? cause.accountId });
      case 'channel':
        return t('routing:need.channel', { channel: t(`inbox:channel.${cause.channel}`) });
      case 'label':
        return t('routing:need.label', { label: cause.label });
      case 'language':
        return t('routing:need.language', { language: formats.languageName(cause.language) });
      case 'tier':
        return t('routing:need.tier', { tier: t(`inbox:tier.${cause.tier}`) });
    }
  };
  const partsOf = (reason: NeedReason): { readonly what: string; readonly causes: readonly RuleCause[]; readonly isAsked: boolean } => {
    switch (reason.kind) {
      case 'language':
        return { what: formats.languageName(reason.language), causes: [reason], isAsked: reason.isAsked };
      case 'tier':
        return { what: reason.tier, causes: [{ kind: 'label', label: reason.label }], isAsked: true };
      case 'label':
        return { what: reason.skill, causes: [{ kind: 'label', label: reason.label }], isAsked: true };
      case 'rule':
        return { what: reason.skill, causes: reason.because, isAsked: reason.isAsked };
    }
  };
  return (
    <ul className="m-needs" aria-label={label}>
      {reasons.map((reason) => {
        const { what, causes, isAsked } = partsOf(reason);
        return (
          <li key={JSON.stringify(reason)}>
            <strong>{what}</strong>{' '}
            <span className="muted">
              {causes.length === 0
                ? t('routing:need.always')
                : t('routing:need.because', { causes: formats.list(causes.map((cause) => causeWords(cause))) })}
            </span>
            {!isAsked && (
              <span className="m-needs-unasked">
                <TriangleAlert aria-hidden="true" />
                {t('routing:need.unasked')}
              </span>
            )}
          </li>
        );
      })}
    </ul>
  );
}
