/** `[1,2,3,7]` as IMAP writes it: `1:3,7`. The numbers must ascend. */
export function compactUids(uids: readonly number[]): string {
  const parts: string[] = [];
  let start = 0;
  for (let index = 0; index < uids.length; index += 1) {
    const uid = uids[index] ?? 0;
    const next = uids[index + 1];
    if (next === uid + 1) continue;
    const first = uids[start] ?? uid;
    parts.push(first === uid ? `${uid}` : `${first}:${uid}`);
    start = index + 1;
  }
  return parts.join(',');
}

/** The numbers of a set that `compactUids` wrote, ascending. Malformed parts are left out. */
export function expandUids(set: string): number[] {
  const uids: number[] = [];
  for (const part of set.split(',')) {
    const [first, last] = part.split(':').map(Number);
    if (first === undefined || !Number.isSafeInteger(first) || first < 1) continue;
    const end = last ?? first;
    if (!Number.isSafeInteger(end)) continue;
    for (let uid = first; uid <= end; uid += 1) uids.push(uid);
  }
  return uids;
}
