import { TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import type { Live } from '../../bridge/live-queries.ts';
import { errorText } from '../../i18n/error-text.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Spinner } from '../../ui/progress.tsx';

export interface PageProps {
  readonly title: string;
  readonly lead?: string | undefined;
  /** Something at the end of the title's line. */
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}

/** The frame of one settings page. */
export function Page({ title, lead, aside, children }: PageProps): ReactNode {
  return (
    <section className="settings-page">
      <header className="settings-page-head">
        <div>
          <h2>{title}</h2>
          {lead !== undefined && <p className="muted">{lead}</p>}
        </div>
        {aside}
      </header>
      {children}
    </section>
  );
}

/** Shows what a live query knows: a spinner, what went wrong, or the value. */
export function Loaded<Value>({
  live,
  children,
}: {
  readonly live: Live<Value>;
  readonly children: (value: Value) => ReactNode;
}): ReactNode {
  const t = useWords('frame');
  const tErrors = useWords('errors');
  if (live.state === 'loading') return <Spinner />;
  if (live.state === 'error') {
    return (
      <EmptyState tone="problem" icon={<TriangleAlert />} title={t('error.title')} description={errorText(tErrors, live.error.code)} />
    );
  }
  return children(live.value);
}
