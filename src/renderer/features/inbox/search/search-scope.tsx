import { ChevronRight, Search, Square } from 'lucide-react';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import type { SearchScope } from '../../../../shared/contract/cases.contract.ts';
import { useLiveValue } from '../../../bridge/use-live.ts';
import { useFormats } from '../../../i18n/use-formats.ts';
import { useActions } from '../../../shortcuts/registry.ts';
import { clock } from '../../../state/clock-store.ts';
import { Button } from '../../../ui/button.tsx';
import { ProgressBar } from '../../../ui/progress.tsx';
import { isComposerAwaited } from '../inbox-store.ts';
import { canSearchFurther, searchFurther, stopFurther, useFurther } from './further-store.ts';
import './search-scope.css';

export interface SearchScopeLineProps {
  readonly scope: SearchScope;
  readonly notIndexed: number;
  /** What was found, with what was found further back. */
  readonly found: number;
}

/** What was searched and what was not, with the way on to older messages. */
export function SearchScopeLine({ scope, notIndexed, found }: SearchScopeLineProps): ReactNode {
  const t = useWords('search');
  const formats = useFormats();
  const state = useFurther((further) => further.state);
  const isRunning = state === 'running';
  const day = scope.since === null ? '' : formats.date(scope.since, clock.now());
  const searched = formats.number(scope.searched);
  const total = formats.number(scope.total);
  const isAll = scope.next === null && scope.searched >= scope.total;
  useActions([
    {
      id: 'search.further',
      label: t('further'),
      area: 'inbox',
      keys: ['shift+f', 'alt+enter'],
      when: () => !isComposerAwaited() && canSearchFurther(),
      run: () => void searchFurther(),
    },
    {
      id: 'search.stop',
      label: t('stop'),
      area: 'inbox',
      keys: ['escape'],
      whileTyping: true,
      when: () => useFurther.getState().state === 'running',
      run: stopFurther,
    },
  ]);
  return (
    <div className="ib-scope">
      <p className="ib-scope-line" role="status">
        {scope.total === 0 ? t('scope.nothing') : isAll ? t('scope.all', { total, day }) : t('scope.part', { searched, total, day })}
        {state === 'failed' && <span className="ib-scope-problem"> {t('furtherFailed')}</span>}
        {!isRunning && scope.next !== null && found > 0 && <span className="visually-hidden"> {t('foundSoFar', { count: found })}</span>}
      </p>
      {isRunning ? (
        <>
          <ProgressBar label={t('searching')} hideLabel done={scope.searched} total={Math.max(scope.total, scope.searched)} />
          <Button size="sm" variant="ghost" shortcut="escape" icon={<Square aria-hidden="true" />} onClick={stopFurther}>
            {t('stop')}
          </Button>
        </>
      ) : (
        scope.next !== null && (
          <Button size="sm" shortcut="shift+f" icon={<Search aria-hidden="true" />} onClick={() => void searchFurther()}>
            {t('further')}
          </Button>
        )
      )}
      <NotSearched notIndexed={notIndexed} />
    </div>
  );
}

/** What no search here can find, and why; one press away. */
function NotSearched({ notIndexed }: { readonly notIndexed: number }): ReactNode {
  const t = useWords('search');
  const formats = useFormats();
  const [isOpen, setOpen] = useState(false);
  const accounts = useLiveValue('accounts.list', {}, null) ?? [];
  const missing = [
    ...(notIndexed > 0 ? [t('missing.notIndexed', { count: notIndexed, number: formats.number(notIndexed) })] : []),
    ...accounts.flatMap(({ backfill, name, address }) =>
      backfill === null || backfill.done >= backfill.total
        ? []
        : [
            t('missing.backfill', {
              name: name === '' ? address : name,
              done: formats.number(backfill.done),
              total: formats.number(backfill.total),
            }),
          ],
    ),
    ...(accounts.some(({ kind }) => kind !== 'email') ? [t('missing.channels')] : []),
    ...(accounts.some(({ kind }) => kind === 'email') ? [t('missing.server')] : []),
    t('missing.files'),
  ];
  // what is still on its way is worth a look; what is never searched is not
  const isUrgent = notIndexed > 0 || accounts.some(({ backfill }) => backfill !== null && backfill.done < backfill.total);
  return (
    <div className="ib-scope-missing" data-urgent={isUrgent}>
      <button type="button" className="ib-scope-toggle" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        <ChevronRight aria-hidden="true" />
        {t('missing.title', { count: missing.length })}
      </button>
      {isOpen && (
        <ul>
          {missing.map((each) => (
            <li key={each}>{each}</li>
          ))}
        </ul>
      )}
    </div>
  );
}
