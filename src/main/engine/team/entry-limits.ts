import { MAX_EVENT_BYTES } from './hub-names.ts';
import { LogRefused, type NewEntry } from './team-log.ts';

/** What a log's headers may take of the room for an entry. */
const HEADER_BYTES = 512;
/** The signed event of an entry, in bytes of UTF-8. Every log refuses larger ones, so that a workspace can always move to a hub. */
export const MAX_ENTRY_BYTES = MAX_EVENT_BYTES - HEADER_BYTES;

const STREAM = /^[a-zA-Z]{1,40}\.[A-Za-z0-9_-]{1,160}$/u;
const ID = /^[A-Za-z0-9_:.-]{1,100}$/u;

/** Throws LogRefused for what no log takes. */
export function checkEntry({ id, stream, data, expected, place }: NewEntry): void {
  if (!ID.test(id)) throw new LogRefused('malformed', `the id ${JSON.stringify(id)} is none`);
  if (!STREAM.test(stream)) throw new LogRefused('malformed', `the stream ${JSON.stringify(stream)} is none`);
  if (expected !== undefined && !(Number.isSafeInteger(expected) && expected >= 0))
    throw new LogRefused('malformed', 'expected is no sequence');
  if (place !== undefined && !(Number.isSafeInteger(place) && place >= 1)) throw new LogRefused('malformed', 'place is no sequence');
  const bytes = Buffer.byteLength(data);
  if (bytes > MAX_ENTRY_BYTES)
    throw new LogRefused('too-large', `an entry has ${String(bytes)} bytes; ${String(MAX_ENTRY_BYTES)} are the most`);
}
