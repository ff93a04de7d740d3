import { useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import { useWords } from '../../../i18n/use-words.ts';
import { defang } from '../../../../shared/domain/guard/defang.ts';
import { splitQuotedText } from '../../../../shared/domain/quotes.ts';
import { useIsFound } from '../search/find-query.ts';
import { WithSecrets } from './secret-mark.tsx';
import { askAboutLink } from '../mail-body/link-store.ts';

/** Addresses in running text; the punctuation that ends a sentence is not part of them. */
const ADDRESS = /\bhttps?:\/\/[^\s<>"'`，。；、）】》]+[^\s<>"'`，。；、）】》.,;:!?)\]]/giu;

export interface TextPart {
  readonly text: string;
  readonly isLink: boolean;
  readonly start: number;
}

/** Text cut at the web addresses in it. The parts joined are the text. */
export function textParts(text: string): readonly TextPart[] {
  const parts: TextPart[] = [];
  let at = 0;
  for (const found of text.matchAll(ADDRESS)) {
    if (found.index > at) parts.push({ text: text.slice(at, found.index), isLink: false, start: at });
    parts.push({ text: found[0], isLink: true, start: found.index });
    at = found.index + found[0].length;
  }
  if (at < text.length) parts.push({ text: text.slice(at), isLink: false, start: at });
  return parts;
}

/** Longest text that is shown at once; more is one press away. */
const MAX_SHOWN = 60_000;

function PlainText({ text, isDefanged = false }: { readonly text: string; readonly isDefanged?: boolean | undefined }): ReactNode {
  const parts = useMemo(() => textParts(text.slice(0, MAX_SHOWN)), [text]);
  return parts.map((part) =>
    part.isLink ? (
      <button
        key={part.start}
        type="button"
        className="ib-text-link"
        data-url={part.text}
        onClick={() => askAboutLink(part.text, part.text)}
      >
        {isDefanged ? defang(part.text) : part.text}
      </button>
    ) : (
      <WithSecrets key={part.start} text={part.text} />
    ),
  );
}

interface Section {
  readonly key: number;
  readonly folds: boolean;
  readonly text: string;
}

/** What a person wrote and what is quoted, in order. Runs of quotes, attributions and signatures fold together. */
export function foldedSections(text: string): readonly Section[] {
  const sections: { key: number; folds: boolean; text: string }[] = [];
  let at = 0;
  for (const block of splitQuotedText(text).blocks) {
    const folds = block.kind !== 'own';
    const last = sections.at(-1);
    // An empty line between two quotes belongs to them.
    if (last !== undefined && (last.folds === folds || (last.folds && block.text.trim() === ''))) last.text += block.text;
    else sections.push({ key: at, folds, text: block.text });
    at += block.text.length;
  }
  return sections;
}

/** The text of a message: own words shown, quoted ones folded and one press away, none of them dropped. */
export function MessageText({
  text,
  language,
  isDefanged,
}: {
  readonly text: string;
  readonly language?: string | null;
  /** Addresses are shown so that they lead nowhere when somebody copies them; a click asks as ever. */
  readonly isDefanged?: boolean | undefined;
}): ReactNode {
  const t = useWords('inbox');
  const sections = useMemo(() => foldedSections(text), [text]);
  if (text.trim() === '') return <p className="ib-text muted">{t('message.noText')}</p>;
  // A mail that is nothing but a quote or a signature is shown whole.
  const hasOwn = sections.some((section) => !section.folds && section.text.trim() !== '');
  return (
    <div className="ib-text" dir="auto" lang={language ?? undefined}>
      {sections.map((section) =>
        section.folds && hasOwn ? (
          <Quoted key={section.key} text={section.text} />
        ) : (
          <PlainText key={section.key} text={section.text.replace(/\n+$/u, '\n')} isDefanged={isDefanged} />
        ),
      )}
    </div>
  );
}

function Quoted({ text }: { readonly text: string }): ReactNode {
  const t = useWords('inbox');
  const isFound = useIsFound(text);
  const [choice, setOpen] = useState<boolean | null>(null);
  const isOpen = choice ?? isFound;
  return (
    <div className="ib-quoted">
      <button
        type="button"
        className="ib-quoted-toggle"
        aria-expanded={isOpen}
        aria-label={isOpen ? t('message.quotedHide') : t('message.quotedShow')}
        title={isOpen ? t('message.quotedHide') : t('message.quotedShow')}
        onClick={() => setOpen(!isOpen)}
      >
        <span aria-hidden="true">•••</span>
      </button>
      {isOpen && (
        <div className="ib-quoted-text">
          <PlainText text={text} />
        </div>
      )}
    </div>
  );
}
