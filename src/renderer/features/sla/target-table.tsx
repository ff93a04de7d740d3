import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { PRIORITIES } from '../../../shared/domain/case.ts';
import type { Priority } from '../../../shared/domain/case.ts';
import { formatDuration, parseDuration } from '../../../shared/domain/duration-text.ts';
import type { PolicyProblem } from '../../../shared/domain/sla/policy.ts';
import { TextField } from '../../ui/field.tsx';
import { EDITED_METRICS } from './rules-draft.ts';
import type { EditedMetric, PolicyDraft } from './rules-draft.ts';

/** Most pressing first, as people read it. */
const ROWS: readonly Priority[] = [...PRIORITIES].reverse();

export interface TargetTableProps {
  readonly targets: PolicyDraft['targets'];
  readonly problems: readonly PolicyProblem[];
  readonly onChange: (targets: PolicyDraft['targets']) => void;
}

/** How soon, for every priority and metric, in lengths of open time as people write them. */
export function TargetTable({ targets, problems, onChange }: TargetTableProps): ReactNode {
  const { t } = useTranslation(['rules', 'inbox']);
  const set = (priority: Priority, metric: EditedMetric, text: string): void =>
    onChange({ ...targets, [priority]: { ...targets[priority], [metric]: text } });
  return (
    <table className="rules-targets">
      <thead>
        <tr>
          <th scope="col">{t('policies.priority')}</th>
          {EDITED_METRICS.map((metric) => (
            <th key={metric} scope="col">
              {t(`policies.metric.${metric}`)}
              <span className="muted">{t(`policies.metricHint.${metric}`)}</span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {ROWS.map((priority) => (
          <tr key={priority}>
            <th scope="row">{t(`inbox:priority.${priority}`)}</th>
            {EDITED_METRICS.map((metric) => {
              const text = targets[priority][metric];
              const isBad = problems.some((problem) => problem.priority === priority && problem.metric === metric);
              return (
                <td key={metric}>
                  <TextField
                    label={t('policies.targetOf', { metric: t(`policies.metric.${metric}`), priority: t(`inbox:priority.${priority}`) })}
                    hideLabel
                    value={text}
                    onChange={(next) => set(priority, metric, next)}
                    onBlur={() => {
                      const ms = parseDuration(text);
                      if (ms !== null && ms > 0) set(priority, metric, formatDuration(ms));
                    }}
                    maxLength={40}
                    placeholder="–"
                    error={isBad ? t('policies.targetBad') : undefined}
                  />
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
