import { secretKinds, type SecretHit, type SecretKind } from './secret-types.ts';

/**
 * What stands where a secret was: `⟦redacted:recovery-phrase:12⟧`, `⟦redacted:card-number⟧`. Readable as it is, and made of a kind and at
 * most one detail so that a page can say it in its language ({@link splitPlaceholders}). The brackets are U+27E6 and U+27E7. Somebody who
 * types one by hand only pretends to have sent a secret; it grants nothing.
 */
const PLACEHOLDER = /⟦redacted:(?<kind>[a-z-]{1,24})(?::(?<detail>[a-z0-9-]{1,16}))?⟧/gu;

/** A part of a redacted text. */
export type RedactedPart =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'secret'; readonly kind: SecretKind; readonly detail: string; readonly text: string };

/** The placeholder of a hit. */
export function placeholderOf(hit: Pick<SecretHit, 'kind' | 'detail'>): string {
  return hit.detail === '' ? `⟦redacted:${hit.kind}⟧` : `⟦redacted:${hit.kind}:${hit.detail}⟧`;
}

/** Whether a hit is taken out of the text: certain and likely ones are, a possible one is a person's to judge. */
export function isRedacted(hit: Pick<SecretHit, 'certainty'>): boolean {
  return hit.certainty !== 'possible';
}

/** The text with placeholders in the place of its certain and likely secrets. Redacting what is redacted changes nothing. */
export function redact(text: string, hits: readonly SecretHit[]): string {
  let result = '';
  let done = 0;
  for (const hit of hits.filter(isRedacted).toSorted((a, b) => a.from - b.from)) {
    if (hit.from < done) continue;
    result += text.slice(done, hit.from) + placeholderOf(hit);
    done = hit.to;
  }
  return result + text.slice(done);
}

/** A redacted text as text and placeholders, in order, for a page to show. The parts' `text` joined is the text again. */
export function splitPlaceholders(text: string): readonly RedactedPart[] {
  const parts: RedactedPart[] = [];
  let done = 0;
  for (const match of text.matchAll(PLACEHOLDER)) {
    const kind = secretKinds.find((known) => known === match.groups?.['kind']);
    if (kind === undefined) continue;
    if (match.index > done) parts.push({ type: 'text', text: text.slice(done, match.index) });
    parts.push({ type: 'secret', kind, detail: match.groups?.['detail'] ?? '', text: match[0] });
    done = match.index + match[0].length;
  }
  if (done < text.length) parts.push({ type: 'text', text: text.slice(done) });
  return parts;
}
