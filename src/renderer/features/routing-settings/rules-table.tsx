import { ArrowDown, ArrowUp, Pencil, Trash2, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useWords } from '../../i18n/use-words.ts';
import { isSameName } from '../../../shared/domain/coverage/qualify.ts';
import type { RoutingRule } from '../../../shared/domain/routing/rules.ts';
import { useFormats } from '../../i18n/use-formats.ts';
import { IconButton } from '../../ui/button.tsx';
import { Switch } from '../../ui/check.tsx';
import '../../ui/table.css';
import type { KnownThings } from './known-things.ts';

interface RulesTableProps {
  readonly rules: readonly RoutingRule[];
  readonly known: KnownThings;
  readonly canChange: boolean;
  readonly onEdit: (rule: RoutingRule) => void;
  readonly onMove: (rule: RoutingRule, to: number) => void;
  readonly onRemove: (rule: RoutingRule) => void;
  readonly onTurn: (rule: RoutingRule) => void;
}

/** The rules in the order in which they are read, in words. */
export function RulesTable({ rules, known, canChange, onEdit, onMove, onRemove, onTurn }: RulesTableProps): ReactNode {
  const t = useWords('routing');
  return (
    <table className="m-table routing-table" aria-label={t('rules')}>
      <thead>
        <tr>
          <th scope="col">{t('column.place')}</th>
          <th scope="col">{t('column.when')}</th>
          <th scope="col">{t('column.needs')}</th>
          <th scope="col">{t('column.isActive')}</th>
          {canChange && <th scope="col">{t('column.actions')}</th>}
        </tr>
      </thead>
      <tbody>
        {rules.map((rule, index) => {
          const names = { place: index + 1, skill: rule.skill };
          return (
            <tr key={rule.id} data-off={rule.isActive ? undefined : ''}>
              <td className="tabular">{index + 1}</td>
              <td>
                <Conditions rule={rule} known={known} />
              </td>
              <th scope="row">
                {rule.skill}
                {rule.isLast && <span className="muted"> · {t('last')}</span>}
                {!known.skills.some((skill) => isSameName(skill, rule.skill)) && (
                  <span className="m-needs-unasked">
                    <TriangleAlert aria-hidden="true" />
                    {t('nobodyHas')}
                  </span>
                )}
              </th>
              <td>
                <Switch label={t('turn', names)} hideLabel checked={rule.isActive} disabled={!canChange} onChange={() => onTurn(rule)} />
              </td>
              {canChange && (
                <td>
                  <span className="routing-actions" data-rule={rule.id}>
                    <IconButton
                      size="sm"
                      label={t('up', names)}
                      icon={<ArrowUp aria-hidden="true" />}
                      disabled={index === 0}
                      onClick={() => onMove(rule, index - 1)}
                    />
                    <IconButton
                      size="sm"
                      label={t('down', names)}
                      icon={<ArrowDown aria-hidden="true" />}
                      disabled={index === rules.length - 1}
                      onClick={() => onMove(rule, index + 1)}
                    />
                    <IconButton size="sm" label={t('edit', names)} icon={<Pencil aria-hidden="true" />} onClick={() => onEdit(rule)} />
                    <IconButton size="sm" label={t('remove', names)} icon={<Trash2 aria-hidden="true" />} onClick={() => onRemove(rule)} />
                  </span>
                </td>
              )}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function Conditions({ rule, known }: { readonly rule: RoutingRule; readonly known: KnownThings }): ReactNode {
  const { t } = useTranslation(['routing', 'inbox']);
  const formats = useFormats();
  const parts: readonly (readonly [name: string, values: readonly string[]])[] = [
    [t('routing:editor.labels'), rule.labels],
    [t('routing:editor.channels'), rule.channels.map((each) => t(`inbox:channel.${each}`))],
    [t('routing:editor.accounts'), rule.accountIds.map((each) => known.accountNames.get(each) ?? each)],
    [t('routing:editor.languages'), rule.languages.map((each) => formats.languageName(each))],
    [t('routing:editor.tiers'), rule.tiers.map((each) => t(`inbox:tier.${each}`))],
  ];
  const asked = parts.filter(([, values]) => values.length > 0);
  if (asked.length === 0) return <span className="muted">{t('routing:everyCase')}</span>;
  return (
    <dl className="routing-conditions">
      {asked.map(([name, values]) => (
        <div key={name}>
          <dt className="muted">{name}</dt>
          <dd>{values.join(' / ')}</dd>
        </div>
      ))}
    </dl>
  );
}
