const ROW_KEYS = ['caseId', 'messageId', 'outboxId', 'accountId', 'agentId', 'contactId', 'attachmentId', 'draftId', 'id'] as const;

/**
 * `next` with every part that equals its counterpart in `before` replaced by that counterpart; `before` itself when
 * all is equal. Rows of a list are matched by their id, wherever they moved to. Plain data only.
 */
export function share(before: unknown, next: unknown): unknown {
  if (Object.is(before, next)) return before;
  if (Array.isArray(before) && Array.isArray(next)) return shareArray(before, next);
  if (isPlainObject(before) && isPlainObject(next)) return shareObject(before, next);
  return next;
}

function shareArray(before: readonly unknown[], next: readonly unknown[]): unknown {
  const byKey = new Map<unknown, unknown>();
  for (const item of before) {
    const key = rowKey(item);
    if (key !== null) byKey.set(key, item);
  }
  let same = before.length === next.length;
  const shared = next.map((item, index) => {
    const key = rowKey(item);
    const counterpart = key === null ? before[index] : byKey.get(key);
    const result = share(counterpart, item);
    if (result !== before[index]) same = false;
    return result;
  });
  return same ? before : shared;
}

function shareObject(before: Readonly<Record<string, unknown>>, next: Readonly<Record<string, unknown>>): unknown {
  const keys = Object.keys(next);
  let same = keys.length === Object.keys(before).length;
  const shared: Record<string, unknown> = {};
  for (const key of keys) {
    shared[key] = share(before[key], next[key]);
    if (shared[key] !== before[key] || !Object.hasOwn(before, key)) same = false;
  }
  return same ? before : shared;
}

function rowKey(item: unknown): unknown {
  if (!isPlainObject(item)) return null;
  // A timeline mixes kinds; a search hit carries its row one level down.
  const holder = isPlainObject(item['row']) ? item['row'] : item;
  for (const key of ROW_KEYS) if (Object.hasOwn(holder, key)) return `${key}:${String(holder[key])}`;
  return null;
}

function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
