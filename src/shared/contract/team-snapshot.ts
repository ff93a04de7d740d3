import { z } from 'zod';
import type { Instant } from '../domain/time.ts';

/**
 * What the maker of a snapshot says of it, signed with the key that signs events. Keys are only ever added. Two lines, as an event of
 * the wire: JSON, and the base64 signature of exactly those bytes.
 *
 * A snapshot is its maker's word. That a lead or a gateway made it, and that nobody changed it since, is checked; what it says is
 * not, and could not be without reading the log that it stands for.
 */
export interface SnapshotManifest {
  readonly v: 1;
  /** How the file is made: Brotli over a SQLite database. */
  readonly format: 'sqlite-brotli-1';
  /** Everything in the log up to this place is in it, and the id of the entry there. */
  readonly through: number;
  readonly idThere: string;
  readonly logId: string;
  /** Version of the tables, and of the folds that filled them. */
  readonly schema: number;
  readonly foldVersion: number;
  /** Of the packed file. */
  readonly sha256: string;
  readonly size: number;
  readonly unpackedSize: number;
  /** The hub's user who signed it. */
  readonly user: string;
  /** By the maker's clock. */
  readonly madeAt: Instant;
}

const bytes = z.int().min(1).max(1_000_000_000_000);
const manifestSchema = z.object({
  v: z.literal(1),
  format: z.literal('sqlite-brotli-1'),
  through: z.int().min(1),
  idThere: z.string().min(1).max(100),
  logId: z.string().min(1).max(200),
  schema: z.int().min(1).max(100_000),
  foldVersion: z.int().min(1).max(100_000),
  sha256: z.string().regex(/^[0-9a-f]{64}$/u),
  size: bytes,
  unpackedSize: bytes,
  user: z.string().min(1).max(64),
  madeAt: z.int().min(0),
});

export function writeManifest(manifest: SnapshotManifest, sign: (text: string) => string): string {
  const json = JSON.stringify(manifest);
  return `${json}\n${sign(json)}`;
}

/** What was signed, and by whom it says it was; null for what this version cannot use. The signature is not looked at. */
export function readManifest(
  text: string,
): { readonly manifest: SnapshotManifest; readonly json: string; readonly signature: string } | null {
  const end = text.indexOf('\n');
  if (end < 1 || text.length > 10_000) return null;
  const json = text.slice(0, end);
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return null;
  }
  const parsed = manifestSchema.safeParse(value);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- an instant is a branded number; its shape was checked
  return parsed.success ? { manifest: parsed.data as SnapshotManifest, json, signature: text.slice(end + 1) } : null;
}
