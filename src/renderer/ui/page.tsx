import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import './page.css';

export interface PageProps {
  readonly title: string;
  /** What the page is for: a sentence, or paragraphs of one's own. */
  readonly lead?: ReactNode;
  /** Something at the end of the title's line. */
  readonly aside?: ReactNode;
  readonly className?: string | undefined;
  readonly children: ReactNode;
}

/** The frame of one settings page. */
export function Page({ title, lead, aside, className, children }: PageProps): ReactNode {
  return (
    <section className={classNames('settings-page', className)}>
      <header className="settings-page-head">
        <div>
          <h2>{title}</h2>
          {typeof lead === 'string' ? <p className="muted">{lead}</p> : lead}
        </div>
        {aside}
      </header>
      {children}
    </section>
  );
}
