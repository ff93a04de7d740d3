import type { ReactNode } from 'react';
import './empty-state.css';

export interface EmptyStateProps {
  readonly icon: ReactNode;
  readonly title: string;
  readonly description?: ReactNode;
  /** The next step. */
  readonly actions?: ReactNode;
  /** `problem` for errors: announced at once. */
  readonly tone?: 'neutral' | 'problem' | undefined;
}

/** What a screen shows when it has nothing to show: why, and what to do next. */
export function EmptyState({ icon, title, description, actions, tone = 'neutral' }: EmptyStateProps): ReactNode {
  return (
    <div className="m-empty" data-tone={tone} {...(tone === 'problem' ? { role: 'alert' } : {})}>
      <div className="m-empty-icon" aria-hidden="true">
        {icon}
      </div>
      <h2 className="m-empty-title">{title}</h2>
      {description !== undefined && <p className="m-empty-description">{description}</p>}
      {actions !== undefined && <div className="m-empty-actions">{actions}</div>}
    </div>
  );
}
