/** Reads plain JSON field by field: a vector that is not of the format fails with the name of the field. */
export type Row = Readonly<Record<string, unknown>>;

export function asRow(value: unknown, what: string): Row {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new TypeError(`${what} is no object`);
  return { ...value };
}

export function asRows(value: unknown, what: string): readonly Row[] {
  return asList(value, what).map((each) => asRow(each, what));
}

export function asList(value: unknown, what: string): readonly unknown[] {
  if (!Array.isArray(value)) throw new TypeError(`${what} is no list`);
  return value.map((each: unknown) => each);
}

export function asText(value: unknown, what: string): string {
  if (typeof value !== 'string') throw new TypeError(`${what} is no text`);
  return value;
}

export function asNumber(value: unknown, what: string): number {
  if (typeof value !== 'number') throw new TypeError(`${what} is no number`);
  return value;
}

export function asBoolean(value: unknown, what: string): boolean {
  if (typeof value !== 'boolean') throw new TypeError(`${what} is neither true nor false`);
  return value;
}

/** One of the given words. */
export function asOneOf<Word extends string>(words: readonly Word[], value: unknown, what: string): Word {
  const found = words.find((word) => word === value);
  if (found === undefined) throw new TypeError(`${what} is none of ${words.join(' ')}: ${String(value)}`);
  return found;
}
