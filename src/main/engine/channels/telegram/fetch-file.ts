import { askBot, TransportError } from './bot-http.ts';
import { botApi, botError, failureOf } from './bot-api.ts';
import { LARGEST_DOWNLOAD } from './message-text.ts';
import type { WantedFile } from './message-text.ts';
import type { TelegramAccount, TelegramTimings } from './telegram-account.ts';
import type { ConnectorIo } from '../connector.ts';
import type { Clock } from '../../../../shared/domain/time.ts';

/** A file that failed so often is left where it is: it must not keep everything else from coming. */
const ATTEMPTS = 3;

/** Fetches the files of messages. */
export interface FileLoader {
  /** Null for a file that stays where it is. @throws ConnectorError when it may be had later */
  bytesOf(file: WantedFile, signal: AbortSignal): Promise<Uint8Array | null>;
}

export function createFileLoader(
  account: TelegramAccount,
  timings: TelegramTimings,
  { clock, log }: Pick<ConnectorIo, 'clock' | 'log'>,
): FileLoader {
  const failures = new Map<string, number>();
  return {
    bytesOf: async (file, signal) => {
      try {
        const bytes = await fetchFile(account, timings, file, clock, signal);
        failures.delete(file.fileId);
        return bytes;
      } catch (error) {
        const known = botError(error, clock);
        const count = (failures.get(file.fileId) ?? 0) + (known.code === 'cancelled' ? 0 : 1);
        failures.set(file.fileId, count);
        if (count < ATTEMPTS) throw known;
        failures.delete(file.fileId);
        log('warn', 'a file could not be fetched', { code: known.code });
        return null;
      }
    },
  };
}

/**
 * The bytes of a file; null when the service does not give it, and never will.
 * @throws ConnectorError when it may be had later
 */
async function fetchFile(
  account: TelegramAccount,
  timings: TelegramTimings,
  file: WantedFile,
  clock: Clock,
  signal: AbortSignal,
): Promise<Uint8Array | null> {
  const path = await pathOf(account, timings, file, clock, signal);
  if (path === null) return null;
  const megabytes = Math.ceil((file.sizeBytes ?? LARGEST_DOWNLOAD) / 1_000_000);
  try {
    const { status, body } = await askBot({
      url: new URL(`${account.server}/file/bot${account.token}/${path}`),
      method: 'GET',
      headers: {},
      body: null,
      deadlineMs: timings.requestMs + megabytes * timings.perMegabyteMs,
      maxBytes: LARGEST_DOWNLOAD,
      signal,
    });
    if (status === 200) return body;
    // what is not there will not come; anything else is a bad moment
    if (status >= 400 && status < 429) return null;
    throw new TransportError('unreadable');
  } catch (error) {
    if (error instanceof TransportError && error.code === 'too-large') return null;
    throw botError(error, clock);
  }
}

async function pathOf(
  account: TelegramAccount,
  timings: TelegramTimings,
  { fileId }: WantedFile,
  clock: Clock,
  signal: AbortSignal,
): Promise<string | null> {
  try {
    const { file_path: path } = await botApi(account, { signal, deadlineMs: timings.requestMs }).getFile(fileId);
    // a server of one's own in local mode names a place on its own disk
    if (typeof path !== 'string' || path.startsWith('/')) return null;
    const segments = path.split('/');
    return segments.some((each) => each === '' || each === '.' || each === '..') ? null : segments.map(encodeURIComponent).join('/');
  } catch (error) {
    // "file is too big", "wrong file identifier"
    if (failureOf(error).status === 400) return null;
    throw botError(error, clock);
  }
}
