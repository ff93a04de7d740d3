import type { ReactNode } from 'react';
import { useState } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import type { Live } from '../../bridge/live-queries.ts';
import { Failed } from '../../ui/loaded.tsx';
import { Spinner } from '../../ui/progress.tsx';

export interface LoadedProps<Value> {
  readonly live: Live<Value>;
  readonly children: (value: Value) => ReactNode;
}

/** What a query has worked out. While the next answer is on its way the last one stays, dimmed: nothing jumps. */
export function Loaded<Value>({ live, children }: LoadedProps<Value>): ReactNode {
  const t = useWords('staffing');
  const [last, setLast] = useState<Value | null>(null);
  const current = live.state === 'ready' ? live.value : last;
  if (current !== last) setLast(current);
  if (live.state === 'error') return <Failed code={live.error.code} title={t('failed')} />;
  if (current === null) return <Spinner label={t('working')} />;
  return (
    <div className="staffing-loaded" aria-busy={live.state === 'loading'}>
      {children(current)}
    </div>
  );
}
