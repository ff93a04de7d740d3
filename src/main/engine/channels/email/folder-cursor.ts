/** How far one folder has been read. UIDs mean nothing without the UIDVALIDITY beside them. */
export interface FolderCursor {
  readonly uidValidity: string;
  /** HIGHESTMODSEQ of the last SELECT; null where the server keeps none. */
  readonly modseq: string | null;
  /** Every mail up to this UID that came after the start has been read. */
  readonly lastUid: number;
  /** Backfill has read down to this UID; mails below are still to come. 1 when it is through. */
  readonly lowUid: number;
  /** How many mails backfill has read. */
  readonly backfilled: number;
  /** UIDs we hold, kept only where the server can not tell what vanished (no QRESYNC). */
  readonly known: string | null;
  /** Those of them marked as read, kept only where the server can not tell what changed (no CONDSTORE). */
  readonly seen: string | null;
}

/** Cursor of an account: its folders by path. */
export type EmailCursor = Readonly<Record<string, FolderCursor>>;

const VERSION = 1;

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function countFrom(value: unknown): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : null;
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function readFolder(value: unknown): FolderCursor | null {
  if (!isRecord(value)) return null;
  const [lastUid, lowUid, backfilled] = [countFrom(value['last']), countFrom(value['low']), countFrom(value['done'])];
  const uidValidity = textOrNull(value['validity']);
  if (uidValidity === null || lastUid === null || lowUid === null || backfilled === null) return null;
  return {
    uidValidity,
    modseq: textOrNull(value['modseq']),
    lastUid,
    lowUid,
    backfilled,
    known: textOrNull(value['known']),
    seen: textOrNull(value['seen']),
  };
}

/** Reads a stored cursor. One that cannot be read counts as none: reading everything again is safe, because keys repeat. */
export function parseCursor(text: string | null): EmailCursor {
  if (text === null) return {};
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return {};
  }
  if (!isRecord(parsed) || parsed['version'] !== VERSION || !isRecord(parsed['folders'])) return {};
  const folders: Record<string, FolderCursor> = {};
  for (const [path, value] of Object.entries(parsed['folders'])) {
    const folder = readFolder(value);
    if (folder !== null) folders[path] = folder;
  }
  return folders;
}

export function formatCursor(cursor: EmailCursor): string {
  const folders = Object.fromEntries(
    Object.entries(cursor).map(([path, folder]) => {
      const { uidValidity: validity, modseq, lastUid: last, lowUid: low, backfilled: done, known, seen } = folder;
      return [path, { validity, modseq, last, low, done, ...(known === null ? {} : { known }), ...(seen === null ? {} : { seen }) }];
    }),
  );
  return JSON.stringify({ version: VERSION, folders });
}

/** Where a mail lies on the server: unique while the UIDVALIDITY holds. The path is encoded, so that no path is the beginning of another. */
export function remoteRef(path: string, uidValidity: string, uid: number): string {
  return `${remotePrefix(path, uidValidity)}${uid}`;
}

/** What all references of a folder begin with under one UIDVALIDITY. */
export function remotePrefix(path: string, uidValidity: string): string {
  return `${encodeURIComponent(path)}/${uidValidity}/`;
}
