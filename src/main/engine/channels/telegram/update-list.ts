import { updateSchema } from './inbound-schema.ts';

/** Lists of updates as the service gives them, before anything of them is believed. */

/** The most that the service gives at once. */
export const MOST_UPDATES = 100;

/** The number of an update; -1 for what has none. */
export function numberOf(update: unknown): number {
  const number: unknown = typeof update === 'object' && update !== null && 'update_id' in update ? update.update_id : null;
  return typeof number === 'number' && Number.isSafeInteger(number) && number >= 0 ? number : -1;
}

/** The number of the album that the newest updates belong to: more of it may be on its way. Null when there is none. */
export function openAlbum(updates: readonly unknown[]): string | null {
  const { data } = updateSchema.safeParse(updates.at(-1));
  return data?.message?.media_group_id ?? null;
}

/** Without an album at the end of a full answer, the rest of which comes with the next one. */
export function wholeAlbums(updates: readonly unknown[]): readonly unknown[] {
  const album = updates.length < MOST_UPDATES ? null : openAlbum(updates);
  if (album === null) return updates;
  const first = updates.findIndex((each) => openAlbum([each]) === album);
  return first <= 0 ? updates : updates.slice(0, first);
}

/** The oldest time at which something of these was said, in epoch milliseconds; null when nothing was. */
export function oldestOf(updates: readonly unknown[]): number | null {
  const times = updates.flatMap((update) => {
    const { data } = updateSchema.safeParse(update);
    return data?.message === undefined ? [] : [data.message.date * 1_000];
  });
  return times.length === 0 ? null : Math.min(...times);
}
