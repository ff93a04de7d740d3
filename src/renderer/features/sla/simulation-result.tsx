import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useWords } from '../../i18n/use-words.ts';
import type { SimulatedMetric, Simulation } from '../../../shared/contract/sla.contract.ts';
import { useFormats } from '../../i18n/use-formats.ts';
import { clock } from '../../state/clock-store.ts';
import { openCase } from '../../state/session.ts';

const OUTCOMES = ['met', 'breached', 'waived', 'open'] as const;
type Outcome = (typeof OUTCOMES)[number];

/** Whether more of an outcome is better, worse, or neither. */
const TASTE: Readonly<Record<Outcome, -1 | 0 | 1>> = { met: 1, breached: -1, waived: 0, open: 0 };

/** How clocks ended by the rules as they were and by the edited ones, and whose differ. */
export function SimulationResult({ simulation }: { readonly simulation: Simulation }): ReactNode {
  const { t } = useTranslation(['rules', 'inbox']);
  const formats = useFormats();
  const now = clock.now();
  const { cases, from, to, metrics, changed } = simulation;
  if (cases === 0) return <p className="muted">{t('simulator.noCases')}</p>;
  return (
    <>
      <p className="muted">{t('simulator.summary', { count: cases, from: formats.date(from, now), to: formats.date(to, now) })}</p>
      <table className="rules-outcomes">
        <caption className="visually-hidden">{t('simulator.table')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('simulator.metric')}</th>
            <th scope="col">{t('simulator.tier')}</th>
            {OUTCOMES.map((outcome) => (
              <th key={outcome} scope="col">
                {t(`simulator.${outcome}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {metrics.map((row) => (
            <tr key={`${row.metric} ${row.tier}`}>
              <th scope="row">{t(`policies.metric.${row.metric}`)}</th>
              <td>{t(`inbox:tier.${row.tier}`)}</td>
              {OUTCOMES.map((outcome) => (
                <Difference key={outcome} row={row} outcome={outcome} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <Changed changed={changed} />
    </>
  );
}

function Difference({ row, outcome }: { readonly row: SimulatedMetric; readonly outcome: Outcome }): ReactNode {
  const t = useWords('rules');
  const formats = useFormats();
  const before = row.before[outcome];
  const after = row.after[outcome];
  const difference = after - before;
  const taste = Math.sign(difference) * TASTE[outcome];
  return (
    <td className="tabular">
      {difference === 0 ? (
        formats.number(after)
      ) : (
        <>
          {t('simulator.beforeAfter', { before: formats.number(before), after: formats.number(after) })}
          <span className="rules-difference" data-tone={taste > 0 ? 'ok' : taste < 0 ? 'breach' : undefined}>
            {difference > 0 ? '+' : '−'}
            {formats.number(Math.abs(difference))}
          </span>
        </>
      )}
    </td>
  );
}

function Changed({ changed }: { readonly changed: Simulation['changed'] }): ReactNode {
  const t = useWords('rules');
  const formats = useFormats();
  return (
    <section className="m-section" aria-label={t('simulator.changed')}>
      <h3>{t('simulator.changed')}</h3>
      {changed.length === 0 && <p className="muted">{t('simulator.changedNone')}</p>}
      {changed.length >= 200 && <p className="muted">{t('simulator.changedMore', { count: changed.length })}</p>}
      {changed.length > 0 && (
        <table className="rules-outcomes">
          <caption className="visually-hidden">{t('simulator.changed')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('simulator.case')}</th>
              <th scope="col">{t('simulator.metric')}</th>
              <th scope="col">{t('simulator.before')}</th>
              <th scope="col">{t('simulator.after')}</th>
            </tr>
          </thead>
          <tbody>
            {changed.map((each, index) => (
              // One case may have several clocks of one metric; the list is never sorted anew.
              <tr key={`${each.caseId} ${index}`}>
                <th scope="row">
                  <button type="button" className="rules-case" dir="auto" onClick={() => openCase(each.caseId)}>
                    {each.subject === '' ? formats.number(index + 1) : each.subject}
                  </button>
                </th>
                <td>{t(`policies.metric.${each.metric}`)}</td>
                <td>{t(`simulator.state.${each.before}`)}</td>
                <td data-tone={each.after === 'breached' || each.after === 'overdue' ? 'breach' : undefined}>
                  {t(`simulator.state.${each.after}`)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
