import i18next from 'i18next';
import { Component } from 'react';
import type { ReactNode } from 'react';
import { UnreadableScreen } from '../screens/lazy-screen.tsx';
import { readPageAnew } from '../state/read-anew.ts';
import { useSession } from '../state/session.ts';
import { showToast } from '../ui/toast.tsx';
import type { ToastHandle } from '../ui/toast.tsx';

interface Props {
  /** One of the dialogs is asked for that are to come at once. */
  readonly isAsked: boolean;
  readonly children: ReactNode;
}

interface State {
  readonly failure: { readonly error: unknown } | null;
}

/** Keeps dialogs that can not be read, or have a defect, from taking the page with them: it goes on, and a toast says what is missing. */
export class DialogsBoundary extends Component<Props, State> {
  override state: State = { failure: null };
  private told: ToastHandle | null = null;

  static getDerivedStateFromError(error: unknown): State {
    return { failure: { error } };
  }

  override componentDidCatch(error: unknown): void {
    this.tell(error);
  }

  override componentDidUpdate(before: Props): void {
    if (this.state.failure !== null && this.props.isAsked && !before.isAsked) this.tell(this.state.failure.error);
  }

  override render(): ReactNode {
    return this.state.failure === null ? this.props.children : null;
  }

  private tell(error: unknown): void {
    // what does not open must not count as open: it may be asked for again
    useSession.setState({ isPaletteOpen: false, isHelpOpen: false });
    const t = i18next.getFixedT(null, 'frame');
    const isUnreadable = error instanceof UnreadableScreen;
    this.told?.close();
    this.told = showToast({
      title: t(isUnreadable ? 'error.dialogsUnreadable' : 'error.dialogsFailed'),
      description: t(isUnreadable ? 'error.dialogsUnreadableDetail' : 'error.dialogsFailedDetail'),
      tone: 'problem',
      durationMs: 0,
      action: { label: t('common.retry'), onAction: () => (isUnreadable ? readPageAnew() : this.setState({ failure: null })) },
    });
  }
}
