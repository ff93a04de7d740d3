import { TriangleAlert } from 'lucide-react';
import { Component } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';

interface State {
  readonly failed: boolean;
}

/** Keeps a defect on one screen from taking the whole window with it. */
export class ScreenBoundary extends Component<{ readonly children: ReactNode }, State> {
  override state: State = { failed: false };

  static getDerivedStateFromError(): State {
    return { failed: true };
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    return <Failed onReload={() => this.setState({ failed: false })} />;
  }
}

function Failed({ onReload }: { readonly onReload: () => void }): ReactNode {
  const { t } = useTranslation('frame');
  return (
    <EmptyState
      tone="problem"
      icon={<TriangleAlert />}
      title={t('error.boundaryTitle')}
      description={t('error.boundaryDetail')}
      actions={
        <Button variant="primary" onClick={onReload}>
          {t('error.reload')}
        </Button>
      }
    />
  );
}
