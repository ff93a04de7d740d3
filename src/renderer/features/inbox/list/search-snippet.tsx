import { Paperclip, StickyNote, Tag, UserRound } from 'lucide-react';
import type { ReactNode } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import type { FoundIn, SearchHit } from '../../../../shared/contract/cases.contract.ts';

export interface SnippetPart {
  readonly text: string;
  readonly marked: boolean;
  /** Where the part begins in the snippet; unique. */
  readonly start: number;
}

/** A snippet cut at its marks. Marks that overlap, lie outside or are out of order do no harm. */
export function snippetParts(snippet: string, marks: readonly (readonly [number, number])[]): readonly SnippetPart[] {
  const parts: SnippetPart[] = [];
  let at = 0;
  for (const [from, to] of [...marks].sort((a, b) => a[0] - b[0])) {
    const start = Math.max(at, from);
    const end = Math.min(snippet.length, to);
    if (end <= start) continue;
    if (start > at) parts.push({ text: snippet.slice(at, start), marked: false, start: at });
    parts.push({ text: snippet.slice(start, end), marked: true, start });
    at = end;
  }
  if (at < snippet.length) parts.push({ text: snippet.slice(at), marked: false, start: at });
  return parts;
}

const ICONS: Partial<Readonly<Record<FoundIn, ReactNode>>> = {
  people: <UserRound aria-hidden="true" />,
  files: <Paperclip aria-hidden="true" />,
  note: <StickyNote aria-hidden="true" />,
  label: <Tag aria-hidden="true" />,
};

/** The text around a match with what matched marked, and where it stands when that is no message of the conversation. */
export function SearchSnippet({ hit }: { readonly hit: SearchHit }): ReactNode {
  const t = useWords('search');
  const [first] = hit.foundIn;
  return (
    <>
      {first !== undefined && first !== 'text' && first !== 'subject' && (
        <span className="ib-found-in">
          {ICONS[first]}
          {t(`foundIn.${first}`)}
        </span>
      )}
      {snippetParts(hit.snippet, hit.marks).map((part) =>
        part.marked ? <mark key={part.start}>{part.text}</mark> : <span key={part.start}>{part.text}</span>,
      )}
    </>
  );
}
