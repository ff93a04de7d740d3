import { sealedExcerpt } from './sealed-excerpt.ts';
import { sameWords } from '../../../shared/domain/guard/across-mails.ts';
import { isRedacted, redact } from '../../../shared/domain/guard/placeholder.ts';
import type { SecretHit, SecretKind, SecretScanner } from '../../../shared/domain/guard/secret-types.ts';
import type { AttachmentMeta } from '../../../shared/domain/message.ts';

/** What stands in a text's place, and what was taken out of it; null when nothing was. */
export type RedactPiece = (text: string) => { readonly text: string; readonly secrets: readonly string[] } | null;

/** What of a mail only its own format can tell; the email channel's. */
export interface SourceRedactor {
  /** Null when it can not be done for certain. */
  redact(source: Uint8Array, redact: RedactPiece): Uint8Array | null;
  /** What markup says, hidden parts and all. */
  htmlText(html: string): string;
  /** The files of a source anew, after it was rewritten: their sizes and hashes. */
  files(source: Uint8Array): readonly Pick<AttachmentMeta, 'index' | 'sizeBytes' | 'sha256'>[];
}

/** What was found in a text where what stands around it, or another message, gave it away. */
export interface KnownSecret {
  readonly kind: SecretKind;
  readonly detail: string;
  readonly secret: string;
}

/** A source without secrets; null when it may still hold what was found in its text. */
export function cleanSource(
  source: SourceRedactor,
  raw: Uint8Array,
  scanner: SecretScanner,
  found: { readonly kinds: Set<SecretKind>; readonly originals: string[]; readonly known: readonly KnownSecret[] },
): Uint8Array | null {
  const gone = new Set<string>();
  const originals: string[] = [];
  const done = source.redact(raw, (text) => {
    const again = found.known.flatMap((each) => {
      const places = placesOf(each, text);
      if (places.length > 0) gone.add(each.secret);
      return places;
    });
    const hits = [...scanner.scan(text).filter(isRedacted), ...again];
    if (hits.length === 0) return null;
    const secrets = hits.map(({ from, to }) => text.slice(from, to));
    for (const { kind } of hits) found.kinds.add(kind);
    for (const secret of secrets) gone.add(secret);
    originals.push(sealedExcerpt(text, hits));
    return { text: redact(text, hits), secrets };
  });
  if (done === null || found.known.some(({ secret }) => !gone.has(secret))) return null;
  found.originals.push(...originals);
  return done;
}

/** Where the same secret stands once more; words of a phrase also where lines or marks of a list part them in another way. */
function placesOf({ kind, detail, secret }: KnownSecret, text: string): readonly SecretHit[] {
  const hit = { kind, detail, certainty: 'likely' } as const;
  if (kind === 'recovery-phrase') {
    const same = sameWords(secret, text).map((place) => ({ ...hit, ...place }));
    if (same.length > 0) return same;
  }
  const places: SecretHit[] = [];
  for (let from = text.indexOf(secret); from >= 0; from = text.indexOf(secret, from + secret.length))
    places.push({ ...hit, from, to: from + secret.length });
  return places;
}
