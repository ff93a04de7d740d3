import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import type { Article } from '../../../shared/contract/suggest.contract.ts';
import './article-text.css';

/** An article as text, part by part; `position`: the part to be seen first. */
export function ArticleText({ article, position = null }: { readonly article: Article; readonly position?: number | null }): ReactNode {
  const wanted = useRef<HTMLElement>(null);
  useEffect(() => wanted.current?.scrollIntoView?.({ block: 'start' }), [position]);
  return (
    <div className="m-article" lang={article.language ?? undefined}>
      {article.parts.map((part, index) => (
        <section
          key={part.position}
          ref={part.position === position ? wanted : null}
          data-wanted={part.position === position ? '' : undefined}
        >
          {/* a long part is divided, under one heading */}
          {part.heading !== '' && part.heading !== article.parts[index - 1]?.heading && <h3>{part.heading}</h3>}
          <p>{part.text}</p>
        </section>
      ))}
    </div>
  );
}
