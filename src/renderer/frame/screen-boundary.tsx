import { TriangleAlert } from 'lucide-react';
import { Component } from 'react';
import type { ReactNode } from 'react';
import { useWords } from '../i18n/use-words.ts';
import { UnreadableScreen } from '../screens/lazy-screen.tsx';
import { readPageAnew } from '../state/read-anew.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';

interface State {
  readonly failure: { readonly error: unknown } | null;
}

/** Keeps a defect on one screen from taking the whole window with it, and says where a screen could not be read. */
export class ScreenBoundary extends Component<{ readonly children: ReactNode }, State> {
  override state: State = { failure: null };

  static getDerivedStateFromError(error: unknown): State {
    return { failure: { error } };
  }

  override render(): ReactNode {
    const { failure } = this.state;
    if (failure === null) return this.props.children;
    // the page itself has to be read anew: it would not ask for the files again
    if (failure.error instanceof UnreadableScreen) return <Failed what="unreadable" onReload={readPageAnew} />;
    return <Failed what="boundary" onReload={() => this.setState({ failure: null })} />;
  }
}

function Failed({ what, onReload }: { readonly what: 'boundary' | 'unreadable'; readonly onReload: () => void }): ReactNode {
  const t = useWords('frame');
  return (
    <EmptyState
      tone="problem"
      icon={<TriangleAlert />}
      title={t(`error.${what}Title`)}
      description={t(`error.${what}Detail`)}
      actions={
        <Button variant="primary" onClick={onReload}>
          {t(what === 'unreadable' ? 'common.retry' : 'error.reload')}
        </Button>
      }
    />
  );
}
