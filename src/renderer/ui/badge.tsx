import type { ReactNode } from 'react';
import './badge.css';
import { classNames } from './class-names.ts';

export type BadgeTone = 'neutral' | 'accent' | 'ok' | 'soon' | 'breach' | 'paused' | 'waived' | 'vip';

export interface BadgeProps {
  readonly tone?: BadgeTone | undefined;
  readonly icon?: ReactNode;
  readonly children: ReactNode;
  readonly className?: string | undefined;
  readonly title?: string | undefined;
}

/** A small word with a state's colour. Always a word or a number: colour alone says nothing to many people. */
export function Badge({ tone = 'neutral', icon, children, className, title }: BadgeProps): ReactNode {
  return (
    <span className={classNames('m-badge', `m-badge-${tone}`, className)} title={title}>
      {icon}
      <span className="truncate tabular">{children}</span>
    </span>
  );
}
