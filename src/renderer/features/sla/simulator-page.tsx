import { CircleAlert, FlaskConical, Play } from 'lucide-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../bridge/client.ts';
import type { Answer } from '../../../shared/contract/contract.ts';
import { errorText } from '../../i18n/error-text.ts';
import { clock } from '../../state/clock-store.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Spinner } from '../../ui/progress.tsx';
import { Select } from '../../ui/select.tsx';
import { isSameDraft, proposalOf } from './rules-draft.ts';
import type { RulesDraft } from './rules-draft.ts';
import { RulesPage } from './rules-page.tsx';
import type { Rules } from './rules-page.tsx';
import { faultyParts } from './rules-problems.ts';
import { SimulationResult } from './simulation-result.tsx';

const DAYS = [7, 30, 90] as const;

/** Replays history by the edited rules, before they are saved. */
export function SimulatorPage(): ReactNode {
  const { t } = useTranslation('rules');
  return (
    <RulesPage title={t('tabs.simulator')} lead={t('simulator.lead')}>
      {(rules) => <Simulator {...rules} />}
    </RulesPage>
  );
}

interface Run {
  readonly draft: RulesDraft;
  /** Null while it runs. */
  readonly answer: Answer<'sla.simulate'> | null;
}

function Simulator({ config, base, draft }: Rules): ReactNode {
  const { t } = useTranslation('rules');
  const { t: tErrors } = useTranslation('errors');
  const [days, setDays] = useState<(typeof DAYS)[number]>(90);
  const [run, setRun] = useState<Run | null>(null);
  const isRunning = run !== null && run.answer === null;
  const hasFaults = faultyParts(draft, base, clock.now()).length > 0;
  const start = async (): Promise<void> => {
    setRun({ draft, answer: null });
    const answer = await call('sla.simulate', { proposal: proposalOf(draft, config, clock.now()), days });
    setRun({ draft, answer });
  };
  const answer = run?.answer ?? null;
  const problems = answer?.ok === true ? answer.value.problems.calendars.length + answer.value.problems.policies.length : 0;
  return (
    <div className="rules-simulator">
      <div className="rules-actions">
        <Select
          label={t('simulator.days')}
          hideLabel
          value={String(days)}
          onChange={(next) => setDays(DAYS.find((each) => String(each) === next) ?? 90)}
          options={DAYS.map((count) => ({ value: String(count), label: t('simulator.daysOption', { count }) }))}
        />
        <Button variant="primary" icon={<Play aria-hidden="true" />} loading={isRunning} disabled={hasFaults} onClick={() => void start()}>
          {t('simulator.run', { count: days })}
        </Button>
      </div>
      {hasFaults ? (
        <p className="muted">{t('simulator.faults')}</p>
      ) : (
        isSameDraft(base, draft) && <p className="muted">{t('simulator.noEdits')}</p>
      )}
      {run === null && <EmptyState icon={<FlaskConical />} title={t('simulator.emptyTitle')} description={t('simulator.emptyText')} />}
      {isRunning && (
        <p className="rules-busy">
          <Spinner label={t('simulator.running')} size="sm" /> <span aria-hidden="true">{t('simulator.running')}</span>
        </p>
      )}
      {answer !== null && (!answer.ok || problems > 0) && (
        <p className="rules-note" data-tone="breach" role="alert">
          <CircleAlert aria-hidden="true" />
          <span>
            {t('simulator.failed')}: {answer.ok ? t('preview.problems') : errorText(tErrors, answer.error.code)}
          </span>
        </p>
      )}
      {answer?.ok === true && problems === 0 && (
        <>
          {run !== null && run.draft !== draft && (
            <p className="rules-note" data-tone="soon" role="status">
              <CircleAlert aria-hidden="true" />
              <span>{t('simulator.stale')}</span>
            </p>
          )}
          <SimulationResult simulation={answer.value} />
        </>
      )}
    </div>
  );
}
