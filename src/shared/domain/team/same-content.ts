/** Of which time-zone data something was worked out says nothing about what was meant. */
const BESIDE = new Set(['zoneData']);

/** Whether two values that came from JSON say the same; the order of keys, and keys without a value, make no difference. */
export function sameContent(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  if (Array.isArray(one) || Array.isArray(other)) {
    if (!Array.isArray(one) || !Array.isArray(other) || one.length !== other.length) return false;
    return one.every((each, index) => sameContent(each, other[index]));
  }
  return [...new Set([...Object.keys(one), ...Object.keys(other)])]
    .filter((key) => !BESIDE.has(key))
    .every((key) => sameContent(valueOf(one, key), valueOf(other, key)));
}

/** A property of a value from JSON; undefined when it has none of that name. */
export function valueOf(value: object, key: string): unknown {
  return Object.hasOwn(value, key) ? Reflect.get(value, key) : undefined;
}
