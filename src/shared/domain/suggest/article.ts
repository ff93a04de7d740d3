/** What articles may be written in. */
export const ARTICLE_FORMATS = ['markdown', 'html', 'text'] as const;
export type ArticleFormat = (typeof ARTICLE_FORMATS)[number];

/** Why a file is not taken in. */
export const ARTICLE_REFUSALS = ['unknown-format', 'empty', 'too-large', 'not-text', 'too-many'] as const;
export type ArticleRefusal = (typeof ARTICLE_REFUSALS)[number];

/** Characters of a file, and of its path. */
export const MAX_ARTICLE_FILE = 500_000;
export const MAX_ARTICLE_PATH = 500;
/** How many articles one computer keeps. */
export const MAX_ARTICLES = 5_000;
const MAX_TITLE = 200;
/** A part is one answer: longer ones are divided between paragraphs. */
const LONGEST_PART = 2_500;
const MOST_PARTS = 200;

export interface ArticlePart {
  readonly heading: string;
  readonly text: string;
}

export interface ReadArticle {
  readonly title: string;
  readonly parts: readonly ArticlePart[];
}

/** A line that is a heading, as the reader of HTML and Markdown marks it: U+0001, its level, a space. */
export const HEADING_MARK = '\u0001';
const HEADING = /^\u0001([1-6]) (.*)$/u;

export function formatOfPath(path: string): ArticleFormat | null {
  const ending = /\.([a-z]{2,8})$/iu.exec(path)?.[1]?.toLowerCase();
  if (ending === 'md' || ending === 'markdown' || ending === 'mdx') return 'markdown';
  if (ending === 'html' || ending === 'htm' || ending === 'xhtml') return 'html';
  return ending === 'txt' || ending === 'text' ? 'text' : null;
}

/** The name of a file without its folders and its ending. */
export function nameOfPath(path: string): string {
  return (
    path
      .split(/[\\/]/u)
      .at(-1)
      ?.replace(/\.[a-z]{2,8}$/iu, '')
      .replaceAll(/[-_]+/gu, ' ')
      .trim() ?? ''
  );
}

/** True for what is no text: bytes that stand in no text, as in a picture with the wrong ending. */
export function isBinary(text: string): boolean {
  const sample = text.slice(0, 4_000);
  return sample.includes('\u0000') || (sample.match(/[\ufffd\u0001-\u0008\u000e-\u001f]/gu)?.length ?? 0) > sample.length / 20;
}

/**
 * Divides marked text into parts, one under each heading. The title is the first heading of the first level, or the only heading there is before any text,
 * or `fallback`. Headings without text are no part; the parts below say so in their own heading.
 */
export function articleOf(marked: string, fallback: string): ReadArticle {
  const parts: ArticlePart[] = [];
  let title: string | null = null;
  let heading = '';
  let lines: string[] = [];
  const close = (): void => {
    const text = lines
      .join('\n')
      .replaceAll(/\n{3,}/gu, '\n\n')
      .trim();
    if (text !== '') parts.push(...divided(text).map((each) => ({ heading, text: each })));
    lines = [];
  };
  for (const line of marked.split('\n')) {
    const found = HEADING.exec(line);
    if (found === null) {
      lines.push(line.replaceAll(HEADING_MARK, ''));
      continue;
    }
    close();
    const name = cleanLine(found[2] ?? '');
    if (title === null && (found[1] === '1' || parts.length === 0)) title = name === '' ? null : name;
    else heading = name;
  }
  close();
  return { title: (title ?? fallback).slice(0, MAX_TITLE), parts: parts.slice(0, MOST_PARTS) };
}

function cleanLine(text: string): string {
  return text
    .replaceAll(/[\u0000-\u001f]+/gu, ' ')
    .trim()
    .slice(0, MAX_TITLE);
}

/** A long text in pieces, each of whole paragraphs where they are not too long themselves. */
function divided(text: string): readonly string[] {
  if (text.length <= LONGEST_PART) return [text];
  const pieces: string[] = [];
  let piece = '';
  for (const paragraph of text.split(/\n\n+/u).flatMap(shortened)) {
    if (piece !== '' && piece.length + paragraph.length > LONGEST_PART) {
      pieces.push(piece);
      piece = '';
    }
    piece += piece === '' ? paragraph : `\n\n${paragraph}`;
  }
  return [...pieces, ...(piece === '' ? [] : [piece])];
}

function shortened(paragraph: string): readonly string[] {
  const pieces: string[] = [];
  for (let at = 0; at < paragraph.length; at += LONGEST_PART) pieces.push(paragraph.slice(at, at + LONGEST_PART));
  return pieces;
}

/** Headings of plain text: a line of `#` signs, or one that is underlined, as people write them without thinking of Markdown. */
export function markPlainHeadings(text: string): string {
  return text
    .replaceAll(/\r\n?/gu, '\n')
    .replaceAll(HEADING_MARK, '')
    .replaceAll(/^(#{1,6}) +(.+?) *#*$/gmu, (_line, signs: string, name: string) => `${HEADING_MARK}${String(signs.length)} ${name}`)
    .replaceAll(
      /^(\S.{0,120})\n(=|-)\2{2,}$/gmu,
      (_line, name: string, sign: string) => `${HEADING_MARK}${sign === '=' ? '1' : '2'} ${name}`,
    );
}
