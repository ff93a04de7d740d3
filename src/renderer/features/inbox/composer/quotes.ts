import { useEffect } from 'react';
import { create } from 'zustand';
import type { CaseId } from '../../../../shared/domain/ids.ts';
import type { DraftSession } from './draft-session.ts';

interface Quote {
  readonly caseId: CaseId;
  readonly kind: 'reply' | 'note';
  readonly text: string;
}

const useQuotes = create<{ readonly quote: Quote | null }>(() => ({ quote: null }));

/** Asks for words to be put into the reply or the note of a case, as soon as it is there to be written. */
export function quoteInto(quote: Quote): void {
  useQuotes.setState({ quote });
}

/** A text as a mail program quotes it, line by line. */
export function quoted(text: string): string {
  return text
    .trim()
    .split('\n')
    .map((line) => (line.startsWith('>') ? `>${line}` : `> ${line}`.trimEnd()))
    .join('\n');
}

/**
 * The words of a draft with a quote in them: before what is there when it is untouched, such as a signature, else behind it. Nothing that
 * was written is lost.
 */
export function withQuote(before: string, quote: string, isUntouched: boolean): string {
  if (before.trim() === '') return `${quote}\n\n`;
  return isUntouched ? `${quote}\n${before.startsWith('\n') ? '' : '\n'}${before}` : `${before.trimEnd()}\n\n${quote}\n\n`;
}

/** Takes a quote that was asked for into this draft. */
export function useQuoteInsert(caseId: CaseId, kind: Quote['kind'], session: DraftSession): void {
  const quote = useQuotes((state) => (state.quote?.caseId === caseId && state.quote.kind === kind ? state.quote : null));
  useEffect(() => {
    if (quote === null) return;
    useQuotes.setState({ quote: null });
    const { content, state } = session.snapshot();
    session.edit({ text: withQuote(content.text, quote.text, state === 'untouched') });
  }, [quote, session]);
}
