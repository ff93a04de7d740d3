import type { ReactNode } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import type { AgentsCsvPreview } from '../../../shared/contract/coverage.contract.ts';
import type { Hub } from '../../../shared/domain/coverage/roster.ts';
import { useFormats } from '../../i18n/use-formats.ts';
import { zoneLabel } from '../../i18n/zones.ts';
import { Badge } from '../../ui/badge.tsx';
import type { BadgeTone } from '../../ui/badge.tsx';
import type { teamEn } from '../../i18n/team-en.ts';

type Row = AgentsCsvPreview['rows'][number];

const TONES: { readonly [Status in Row['status']]: BadgeTone } = { new: 'ok', changed: 'accent', unchanged: 'neutral', error: 'breach' };
/** More rows than anybody reads; errors are listed first, so none is hidden. */
const SHOWN = 500;

/** What an import would do with each line; those that need a look come first. */
export function ImportTable({ rows, hubs }: { readonly rows: readonly Row[]; readonly hubs: readonly Hub[] }): ReactNode {
  const t = useWords('team');
  const formats = useFormats();
  const order: readonly Row['status'][] = ['error', 'changed', 'new', 'unchanged'];
  const sorted = rows.toSorted((a, b) => order.indexOf(a.status) - order.indexOf(b.status) || a.line - b.line).slice(0, SHOWN);
  const effect = (row: Row): string => {
    if (row.errors.length > 0)
      return row.errors.map(({ column, code, value }) => `${column} ${t(`csv.errors.${code}`, { value })}`).join('; ');
    if (row.status === 'new' && row.agent !== null) {
      const { hubId, zone, tiers, languages, skills } = row.agent;
      return [
        hubs.find((hub) => hub.hubId === hubId)?.name ?? t('people.noHub'),
        zoneLabel(zone),
        formats.series(tiers.map((tier) => t(`people.tier.${tier}`))),
        formats.series(languages.map(({ name }) => formats.languageName(name))),
        formats.series(skills.map(({ name }) => name)),
      ]
        .filter((text) => text !== '')
        .join(' · ');
    }
    return formats.list(row.changes.map((field) => (isField(field) ? t(`csv.field.${field}`) : field)));
  };
  return (
    // What scrolls must be reachable by key.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className="team-import-rows" tabIndex={0} role="group" aria-label={t('csv.effect')}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('csv.line')}</th>
            <th scope="col">{t('csv.person')}</th>
            <th scope="col">{t('csv.effect')}</th>
          </tr>
        </thead>
        <tbody>
          {sorted.map((row) => (
            <tr key={row.line}>
              <td className="tabular">{formats.number(row.line)}</td>
              <th scope="row">{row.name}</th>
              <td>
                <Badge tone={TONES[row.status]}>{t(`csv.status.${row.status}`)}</Badge> {effect(row)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const FIELDS = [
  'name',
  'hub',
  'zone',
  'contract',
  'skills',
  'languages',
  'tiers',
  'pattern',
  'isActive',
] as const satisfies readonly (keyof (typeof teamEn)['csv']['field'])[];

function isField(text: string): text is (typeof FIELDS)[number] {
  return FIELDS.some((field) => field === text);
}
