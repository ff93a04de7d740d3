import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { TIERS } from '../../../shared/domain/case.ts';
import { caseNeed } from '../../../shared/domain/coverage/case-need.ts';
import { qualifies } from '../../../shared/domain/coverage/qualify.ts';
import { CHANNELS } from '../../../shared/domain/message.ts';
import { needReasons } from '../../../shared/domain/routing/need-reasons.ts';
import { UNKNOWN_CASE } from '../../../shared/domain/routing/rules.ts';
import type { CaseTraits, RoutingRule } from '../../../shared/domain/routing/rules.ts';
import { useFormats } from '../../i18n/use-formats.ts';
import { nextMinute, useNow } from '../../state/clock-store.ts';
import { useRoster } from '../../state/roster.ts';
import { Combobox } from '../../ui/combobox.tsx';
import { FreeChips } from '../../ui/free-chips.tsx';
import { languageOptions } from '../../ui/language-picker.tsx';
import { NeedList } from '../../ui/need/need-list.tsx';
import { Select } from '../../ui/select.tsx';
import type { KnownThings } from './known-things.ts';

/** What a case would need and who could take it, by the rules on screen; nothing is asked of the engine. */
export function TryOut({ rules, known }: { readonly rules: readonly RoutingRule[]; readonly known: KnownThings }): ReactNode {
  const { t } = useTranslation(['routing', 'inbox']);
  const formats = useFormats();
  const now = useNow(nextMinute);
  const team = useRoster();
  const [traits, setTraits] = useState<CaseTraits>(UNKNOWN_CASE);
  const edit = (patch: Partial<CaseTraits>): void => setTraits((before) => ({ ...before, ...patch }));
  const roster = { ...team, routing: { rules } };
  const reasons = needReasons(traits, roster);
  const { selector } = caseNeed(traits, roster);
  const able = roster.agents.filter((agent) => qualifies(agent, selector, now)).map(({ name }) => name);
  const unknown = { value: '', label: t('routing:try.unknown') } as const;
  return (
    <section className="m-section routing-try" aria-label={t('routing:try.title')}>
      <div>
        <h3>{t('routing:try.title')}</h3>
        <p className="muted">{t('routing:try.hint')}</p>
      </div>
      <div className="routing-try-fields">
        <FreeChips
          label={t('routing:try.labels')}
          placeholder={t('routing:try.unknown')}
          known={known.labels}
          longest={100}
          value={traits.labels}
          onChange={(labels) => edit({ labels })}
        />
        <Combobox
          label={t('routing:try.language')}
          placeholder={t('routing:try.unknown')}
          value={traits.language}
          onChange={(language) => edit({ language })}
          options={languageOptions(formats, ['zh-Hans', 'zh-Hant'])}
        />
        <Select
          label={t('routing:try.channel')}
          value={traits.channel ?? ''}
          options={[unknown, ...CHANNELS.map((value) => ({ value, label: t(`inbox:channel.${value}`) }))]}
          onChange={(channel) => edit({ channel: channel === '' ? null : channel })}
        />
        <Select
          label={t('routing:try.account')}
          value={traits.accountId ?? ''}
          options={[unknown, ...[...known.accountNames].map(([value, label]) => ({ value, label }))]}
          onChange={(accountId) => edit({ accountId: accountId === '' ? null : accountId })}
        />
        <Select
          label={t('routing:try.tier')}
          value={traits.tier ?? ''}
          options={[unknown, ...TIERS.map((value) => ({ value, label: t(`inbox:tier.${value}`) }))]}
          onChange={(tier) => edit({ tier: tier === '' ? null : tier })}
        />
      </div>
      <div className="routing-result" role="status">
        {reasons.length === 0 ? (
          <p>{t('routing:try.nothing')}</p>
        ) : (
          <>
            <p>{t('routing:try.result')}</p>
            <NeedList reasons={reasons} accountNames={known.accountNames} label={t('routing:need.title')} />
            <p>{able.length === 0 ? t('routing:try.nobody') : t('routing:try.able', { names: formats.list(able) })}</p>
          </>
        )}
      </div>
    </section>
  );
}
