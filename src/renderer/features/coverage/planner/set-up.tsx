import { ArrowRight, CircleCheck } from 'lucide-react';
import type { ReactNode } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import type { Roster } from '../../../../shared/domain/coverage/roster.ts';
import { openSettings } from '../../../state/session.ts';
import { Button } from '../../../ui/button.tsx';
import { openDialog } from './planner.store.ts';

const STEPS = ['hubs', 'people', 'requirements', 'templates'] as const;
type Step = (typeof STEPS)[number];

/** What a plan is made of that is not there yet, in the order in which it is best described. */
export function missingSteps(roster: Roster): readonly Step[] {
  const isDone: Readonly<Record<Step, boolean>> = {
    hubs: roster.hubs.some((hub) => hub.isActive),
    people: roster.agents.some((agent) => agent.isActive && agent.hubId !== null),
    requirements: roster.requirements.some((each) => each.isActive),
    templates: roster.templates.some((each) => each.isActive),
  };
  return STEPS.filter((step) => !isDone[step]);
}

/** Where to begin: the steps to a first plan, those that are done ticked, the next one offered. */
export function SetUp({ roster, canPlan }: { readonly roster: Roster; readonly canPlan: boolean }): ReactNode {
  const t = useWords('plan');
  const missing = missingSteps(roster);
  const open = (step: Step): void => (step === 'templates' ? openDialog({ kind: 'patterns' }) : openSettings(step));
  return (
    <section className="plan-setup" aria-labelledby="plan-setup-title">
      <h2 id="plan-setup-title">{t('empty.teamTitle')}</h2>
      <p>{t('empty.teamText')}</p>
      <ol>
        {STEPS.map((step, index) => {
          const isDone = !missing.includes(step);
          return (
            <li key={step} data-done={isDone ? '' : undefined}>
              {isDone ? (
                <CircleCheck aria-hidden="true" />
              ) : (
                <span className="plan-setup-number tabular" aria-hidden="true">
                  {index + 1}
                </span>
              )}
              <span>
                <strong>{t(`empty.step.${step}`)}</strong>
                {isDone ? <span className="visually-hidden">{t('empty.stepDone')}</span> : <span>{t(`empty.stepText.${step}`)}</span>}
              </span>
              {canPlan && (
                <Button
                  size="sm"
                  variant={step === missing[0] ? 'primary' : isDone ? 'ghost' : 'default'}
                  icon={step === missing[0] ? <ArrowRight aria-hidden="true" /> : undefined}
                  aria-label={t('empty.stepOpenName', { name: t(`empty.step.${step}`) })}
                  onClick={() => open(step)}
                >
                  {t('empty.stepOpen')}
                </Button>
              )}
            </li>
          );
        })}
      </ol>
    </section>
  );
}
