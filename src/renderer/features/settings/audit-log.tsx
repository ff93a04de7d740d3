import type { TFunction } from 'i18next';
import { Download } from 'lucide-react';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import { AUDIT_ACTIONS } from '../../../shared/domain/guard/audit.ts';
import type { AuditAction } from '../../../shared/domain/guard/audit.ts';
import type { AuditRow } from '../../../shared/contract/guard.contract.ts';
import { secretKinds } from '../../../shared/domain/guard/secret-types.ts';
import { call, newOperationId } from '../../bridge/client.ts';
import { useLiveValue } from '../../bridge/use-live.ts';
import { errorText } from '../../i18n/error-text.ts';
import { useFormats } from '../../i18n/use-formats.ts';
import { useTeamNames } from '../../state/team-names.ts';
import { Button } from '../../ui/button.tsx';
import { Select } from '../../ui/select.tsx';
import { showToast } from '../../ui/toast.tsx';

const ROWS = 50;
const ALL = 'all';
/** Codes of what a reply was refused for. */
const FINDINGS = ['asks-for-secret', 'echoes-secret', 'look-alike-domain', 'disguised-link', 'unofficial-address'] as const;

/** Who did what that the guardrails keep a record of, and whether that record is whole. */
export function AuditLog(): ReactNode {
  const t = useWords('guard');
  const tErrors = useWords('errors');
  const formats = useFormats();
  const names = useTeamNames();
  const [action, setAction] = useState<AuditAction | null>(null);
  const [limit, setLimit] = useState(ROWS);
  const filter = { action, from: null, to: null };
  const list = useLiveValue('audit.list', { ...filter, before: null, limit }, null);
  const verdict = useLiveValue('audit.verify', {}, null);
  const save = async (): Promise<void> => {
    const answer = await call('audit.export', { opId: newOperationId(), ...filter });
    if (!answer.ok) showToast({ title: errorText(tErrors, answer.error.code), tone: 'problem' });
    else if (answer.value !== null) showToast({ title: t('audit.exported', { path: answer.value.path }), tone: 'ok' });
  };
  return (
    <section className="settings-form settings-form-wide" aria-label={t('audit.title')}>
      <h3>{t('audit.title')}</h3>
      <p className="muted">{t('audit.lead')}</p>
      {verdict !== null && (
        <p role="status">
          {t(`audit.verdict.${verdict.outcome}`, { count: 0, at: 0, anchored: 0, ...verdict })}
          {verdict.outcome === 'whole' && verdict.unkeyed > 0 && ` ${t('audit.unkeyed', { unkeyed: verdict.unkeyed })}`}
        </p>
      )}
      <Select<AuditAction | typeof ALL>
        label={t('audit.filter')}
        value={action ?? ALL}
        options={[{ value: ALL, label: t('audit.all') }, ...AUDIT_ACTIONS.map((value) => ({ value, label: t(`audit.action.${value}`) }))]}
        onChange={(next) => setAction(next === ALL ? null : next)}
      />
      {list !== null && list.rows.length === 0 && <p className="muted">{t('audit.empty')}</p>}
      {list !== null && list.rows.length > 0 && (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a region that scrolls must be reachable by keyboard
        <div className="settings-audit" role="region" aria-label={t('audit.entries')} tabIndex={0}>
          <table>
            <thead>
              <tr>
                <th scope="col">{t('audit.at')}</th>
                <th scope="col">{t('audit.who')}</th>
                <th scope="col">{t('audit.what')}</th>
                <th scope="col">{t('audit.detail')}</th>
              </tr>
            </thead>
            <tbody>
              {list.rows.map((row) => (
                <tr key={row.number}>
                  <td className="tabular">{formats.dateTime(row.at)}</td>
                  <td>{row.actor === null ? t('audit.system') : names.agent(row.actor)}</td>
                  <td>{t(`audit.action.${row.action}`)}</td>
                  <td dir="auto">{detailText(row, t)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <div>
        {list?.more === true && <Button onClick={() => setLimit(Math.min(500, limit + ROWS))}>{t('audit.more')}</Button>}
        <Button icon={<Download aria-hidden="true" />} onClick={() => void save()}>
          {t('audit.export')}
        </Button>
      </div>
    </section>
  );
}

/** What the entry says, with the names of secrets in words; what people gave as a reason stays as they wrote it. */
function detailText({ action, detail }: AuditRow, t: TFunction<'guard'>): string {
  const end = action === 'secret.revealed' || action === 'reply.overridden' ? detail.indexOf(': ') : -1;
  if (end === -1) return detail;
  const named = secretKinds.reduce((text, kind) => text.replaceAll(kind, t(`kind.${kind}`)), detail.slice(0, end));
  const coded = FINDINGS.reduce((text, code) => text.replaceAll(code, t(`audit.finding.${code}`)), named);
  return coded + detail.slice(end);
}
