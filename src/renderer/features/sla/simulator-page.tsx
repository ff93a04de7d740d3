import { CircleAlert, FlaskConical, Play } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useWords } from '../../i18n/use-words.ts';
import { TIERS } from '../../../shared/domain/case.ts';
import type { Tier } from '../../../shared/domain/case.ts';
import { errorText } from '../../i18n/error-text.ts';
import { clock } from '../../state/clock-store.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Select } from '../../ui/select.tsx';
import { cancelReplay, DAYS, startReplay, useReplay } from './replay.store.ts';
import type { Replay, ReplayChoice } from './replay.store.ts';
import { isSameDraft } from './rules-draft.ts';
import { RulesPage } from './rules-page.tsx';
import type { Rules } from './rules-page.tsx';
import { faultyParts } from './rules-problems.ts';
import { RunProgress } from './run-progress.tsx';
import { SimulationResult } from './simulation-result.tsx';

/** Replays history by the edited rules, before they are saved. */
export function SimulatorPage(): ReactNode {
  const t = useWords('rules');
  return (
    <RulesPage title={t('tabs.simulator')} lead={t('simulator.lead')}>
      {(rules) => <Simulator {...rules} />}
    </RulesPage>
  );
}

function Simulator({ config, base, draft }: Rules): ReactNode {
  const t = useWords('rules');
  const { choice, replay } = useReplay();
  const isRunning = replay !== null && replay.answer === null;
  const hasFaults = faultyParts(draft, base, clock.now()).length > 0;
  const hasEdits = !isSameDraft(base, draft) || Object.keys(choice.tiers).length > 0;
  return (
    <div className="rules-simulator">
      <div className="m-actions">
        <Select
          label={t('simulator.days')}
          hideLabel
          value={String(choice.days)}
          onChange={(next) => choose({ days: DAYS.find((each) => String(each) === next) ?? 90 })}
          options={DAYS.map((count) => ({ value: String(count), label: t('simulator.daysOption', { count }) }))}
        />
        <Button
          variant="primary"
          icon={<Play aria-hidden="true" />}
          loading={isRunning}
          disabled={hasFaults}
          onClick={() => void startReplay(draft, config, clock.now())}
        >
          {t('simulator.run', { count: choice.days })}
        </Button>
      </div>
      <TierRules />
      {hasFaults ? <p className="muted">{t('simulator.faults')}</p> : !hasEdits && <p className="muted">{t('simulator.noEdits')}</p>}
      {replay === null && <EmptyState icon={<FlaskConical />} title={t('simulator.emptyTitle')} description={t('simulator.emptyText')} />}
      {isRunning && <RunProgress run={replay.run} label={t('simulator.running')} onCancel={cancelReplay} />}
      {replay !== null && <Result replay={replay} isStale={replay.draft !== draft || !isSameChoice(replay, choice)} />}
    </div>
  );
}

function choose(part: Partial<ReplayChoice>): void {
  useReplay.setState(({ choice }) => ({ choice: { ...choice, ...part } }));
}

function isSameChoice(one: ReplayChoice, other: ReplayChoice): boolean {
  return one.days === other.days && TIERS.every((tier) => one.tiers[tier] === other.tiers[tier]);
}

/** What if customers of one tier counted as another. Tiers are given to customers one by one, so this is tried and never saved. */
function TierRules(): ReactNode {
  const { t } = useTranslation(['rules', 'inbox']);
  const tiers = useReplay((state) => state.choice.tiers);
  const change = (tier: Tier, as: Tier): void => {
    const { [tier]: _old, ...others } = tiers;
    choose({ tiers: as === tier ? others : { ...others, [tier]: as } });
  };
  return (
    <details className="rules-exact">
      <summary>{t('simulator.tiers')}</summary>
      <div className="rules-tiers">
        {TIERS.map((tier) => (
          <Select
            key={tier}
            label={t('simulator.tierAs', { tier: t(`inbox:tier.${tier}`) })}
            value={tiers[tier] ?? tier}
            onChange={(as) => change(tier, as)}
            options={TIERS.map((each) => ({ value: each, label: t(`inbox:tier.${each}`) }))}
          />
        ))}
      </div>
      <p className="muted">{t('simulator.tiersHint')}</p>
    </details>
  );
}

function Result({ replay: { answer }, isStale }: { readonly replay: Replay; readonly isStale: boolean }): ReactNode {
  const t = useWords('rules');
  const tErrors = useWords('errors');
  // Null: it was cancelled, and then nothing is shown of it.
  if (answer === null || (answer.ok && answer.value === null)) return null;
  const simulation = answer.ok ? answer.value : null;
  if (simulation === null || simulation.problems.calendars.length + simulation.problems.policies.length > 0)
    return (
      <p className="m-note" data-tone="breach" role="alert">
        <CircleAlert aria-hidden="true" />
        <span>
          {t('simulator.failed')}: {answer.ok ? t('preview.problems') : errorText(tErrors, answer.error.code)}
        </span>
      </p>
    );
  return (
    <>
      {isStale && (
        <p className="m-note" data-tone="soon" role="status">
          <CircleAlert aria-hidden="true" />
          <span>{t('simulator.stale')}</span>
        </p>
      )}
      <SimulationResult simulation={simulation} />
    </>
  );
}
