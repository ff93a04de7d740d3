import { textOfFile } from './redact-message.ts';
import type { SourceRedactor } from './redact-source-of.ts';
import type { Batch } from '../channels/connector.ts';
import type { LongTextScan } from '../ports/scan-port.ts';
import type { SecretHit, SecretScanner } from '../../../shared/domain/guard/secret-types.ts';

/** UTF-16 units. A scan takes a third of a second for a million: what is shorter keeps nobody waiting for more than a frame. */
export const LONG_TEXT = 64 * 1024;

/**
 * A scanner that knows already what is in the long texts of a batch: long mails and files of megabytes are scanned beside the engine's thread, which
 * would stand still for seconds. What could not be scanned there is scanned when it is asked for.
 */
export async function scanAhead(
  scanner: SecretScanner,
  { scanLong, source }: { readonly scanLong?: LongTextScan; readonly source: SourceRedactor },
  batch: Batch,
): Promise<SecretScanner> {
  return scanLong === undefined ? scanner : knowingLong(scanner, scanLong, longTexts(source, batch));
}

/** The same for some texts. */
export async function knowingLong(
  scanner: SecretScanner,
  scanLong: LongTextScan | undefined,
  given: readonly string[],
): Promise<SecretScanner> {
  const texts = given.filter(({ length }) => length >= LONG_TEXT);
  if (scanLong === undefined || texts.length === 0) return scanner;
  const found = await scanLong(texts);
  const known = new Map<string, readonly SecretHit[]>();
  for (const [index, text] of texts.entries()) {
    const hits = found[index] ?? null;
    if (hits !== null) known.set(text, hits);
  }
  return scanner.knowing(known);
}

function longTexts(source: SourceRedactor, { events }: Batch): string[] {
  const texts = new Set<string>();
  const note = (text: string | null): void => {
    if (text !== null && text.length >= LONG_TEXT) texts.add(text);
  };
  for (const event of events) {
    if (event.kind !== 'message') continue;
    const { raw, html, text } = event.message;
    note(text);
    if (html !== null && html.length >= LONG_TEXT) note(source.htmlText(html));
    if (raw !== null && raw.length >= LONG_TEXT)
      source.redact(raw, (text) => {
        note(text);
        return null;
      });
    for (const file of event.files ?? []) if (file.bytes.length >= LONG_TEXT) note(textOfFile(file));
  }
  return [...texts];
}
