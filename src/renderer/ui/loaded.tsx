import { TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { errorText } from '../i18n/error-text.ts';
import { useWords } from '../i18n/use-words.ts';
import { EmptyState } from './empty-state.tsx';
import { Spinner } from './progress.tsx';

interface FailedProps {
  /** Why it could not be loaded. */
  readonly code: string;
  /** What could not be loaded, where the screen does not tell. */
  readonly title?: string | undefined;
}

/** What stands in the place of something that could not be loaded. */
export function Failed({ code, title }: FailedProps): ReactNode {
  const t = useWords('frame');
  const tErrors = useWords('errors');
  return <EmptyState tone="problem" icon={<TriangleAlert />} title={title ?? t('error.title')} description={errorText(tErrors, code)} />;
}

interface LoadedProps<Value> {
  readonly live:
    | { readonly state: 'loading' }
    | { readonly state: 'error'; readonly error: { readonly code: string } }
    | { readonly state: 'ready'; readonly value: Value };
  readonly children: (value: Value) => ReactNode;
}

/** Shows what a live query knows: a spinner, what went wrong, or the value. */
export function Loaded<Value>({ live, children }: LoadedProps<Value>): ReactNode {
  if (live.state === 'loading') return <Spinner />;
  return live.state === 'error' ? <Failed code={live.error.code} /> : children(live.value);
}
