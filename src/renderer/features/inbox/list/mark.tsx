import type { ReactNode } from 'react';
import { classNames } from '../../../ui/class-names.ts';

interface MarkProps {
  /** What it says: on hover, and to screen readers in the place of all that is drawn. */
  readonly text: string;
  readonly tone?: string | undefined;
  readonly className?: string | undefined;
  /** An icon, maybe with a number. */
  readonly children: ReactNode;
}

/** What makes one picture of an element and all in it, for screen readers. */
export function pictureOf(text: string): { readonly role: 'img'; readonly 'aria-label': string } {
  return { role: 'img', 'aria-label': text };
}

/** A small mark of a row. It is one picture with a name: a list has hundreds of them, and a hidden text beside each would be drawn, too. */
export function Mark({ text, tone, className, children }: MarkProps): ReactNode {
  return (
    <span className={classNames('ib-mark', className)} data-tone={tone} title={text} {...pictureOf(text)}>
      {children}
    </span>
  );
}
