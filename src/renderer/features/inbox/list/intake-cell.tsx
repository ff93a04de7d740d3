import type { ReactNode } from 'react';
import type { CaseId } from '../../../../shared/domain/ids.ts';
import { useLiveValue } from '../../../bridge/use-live.ts';
import { useFormats } from '../../../i18n/use-formats.ts';
import { useIntakeWords } from '../../../ui/intake/intake-words.ts';
import { useWords } from '../../../i18n/use-words.ts';
import './intake-cell.css';

/** How much of what is needed is known. It is asked for by each row that is drawn, so that a list without this column knows nothing of it. */
export function IntakeCell({ caseId }: { readonly caseId: CaseId }): ReactNode {
  const t = useWords('intake');
  const { kindName, factName } = useIntakeWords();
  const formats = useFormats();
  const row = useLiveValue('intake.row', { caseId }, null);
  if (row === null || row.needed === 0) return null;
  const { kind, known, needed, missing } = row;
  const rest = missing.length === 0 ? t('cellComplete') : t('cellMissing', { names: formats.list(missing.map(factName)) });
  return (
    <span
      className="ib-intake-cell tabular"
      data-complete={missing.length === 0}
      title={t('cellTitle', { kind: kind === null ? t('noKind') : kindName(kind), known, needed, rest })}
    >
      <span className="ib-intake-track" aria-hidden="true">
        {Array.from({ length: needed }, (_, index) => (
          <i key={index} data-known={index < known} />
        ))}
      </span>
      {t('cell', { known: formats.number(known), needed: formats.number(needed) })}
    </span>
  );
}
