import type { ReactNode } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import { errorText } from '../../i18n/error-text.ts';
import type { ImportOutcome, ImportState } from './import-files.ts';

/** Refused files that are named. */
const MOST_NAMED = 20;

/** How far an import is, and what came of it. */
export function ImportReport({ state }: { readonly state: ImportState }): ReactNode {
  const t = useWords('suggest');
  const tErrors = useWords('errors');
  const refused = state.state === 'done' ? state.outcome.refused : [];
  return (
    <div className="knowledge-report">
      <p role="status">
        {state.state === 'busy' && t('knowledge.importing', { done: state.done, count: state.count })}
        {state.state === 'nothing' && t('knowledge.nothing')}
        {state.state === 'done' && t('knowledge.imported', countsOf(state.outcome))}
      </p>
      {state.state === 'failed' && (
        <p role="alert">
          {t('knowledge.failed')}: {errorText(tErrors, state.code)}
        </p>
      )}
      {refused.length > 0 && (
        <div role="alert">
          <p>{t('knowledge.refused', { count: refused.length })}</p>
          <ul>
            {refused.slice(0, MOST_NAMED).map(({ path, code }) => (
              <li key={path}>
                <code>{path}</code> {t(`knowledge.refusal.${code}`)}
              </li>
            ))}
            {refused.length > MOST_NAMED && <li>{t('knowledge.refusedMore', { count: refused.length - MOST_NAMED })}</li>}
          </ul>
        </div>
      )}
    </div>
  );
}

function countsOf({ added, updated, unchanged }: ImportOutcome): Pick<ImportOutcome, 'added' | 'updated' | 'unchanged'> {
  return { added, updated, unchanged };
}
