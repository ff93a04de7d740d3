import type { Instant } from '../../../shared/domain/time.ts';
import { instant } from '../../../shared/domain/time.ts';

/** Reads answers of services by what they hold, not by what they promise: whatever has another type is not there. */

export type JsonObject = Readonly<Record<string, unknown>>;

export function asObject(value: unknown): JsonObject | null {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- checked to be an object with string keys
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : null;
}

/** The object at a path of keys; an empty one where there is none. */
export function objectAt(value: unknown, ...keys: readonly string[]): JsonObject {
  let found: unknown = value;
  for (const key of keys) found = asObject(found)?.[key];
  return asObject(found) ?? {};
}

export function listAt(value: unknown, ...keys: readonly string[]): readonly unknown[] {
  let found: unknown = value;
  for (const key of keys) found = asObject(found)?.[key];
  return Array.isArray(found) ? found : [];
}

/** The objects in a list. */
export function objectsIn(list: readonly unknown[]): readonly JsonObject[] {
  return list.map(asObject).filter((each) => each !== null);
}

export function textAt(object: JsonObject, key: string): string | null {
  const value = object[key];
  return typeof value === 'string' ? value : null;
}

/** A whole number that is exact in JavaScript, also where it came as digits. */
export function numberAt(object: JsonObject, key: string): number | null {
  const value = object[key];
  const number = typeof value === 'string' && /^-?\d{1,15}$/u.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) ? number : null;
}

export function isTrue(object: JsonObject, key: string): boolean {
  return object[key] === true;
}

/** An ISO 8601 instant between 2000 and 2200; null for anything else. */
export function instantAt(object: JsonObject, key: string): Instant | null {
  const text = textAt(object, key);
  if (text === null || text.length > 40 || !/^\d{4}-\d\d-\d\dT/u.test(text)) return null;
  const at = Date.parse(text);
  return Number.isNaN(at) || at < Date.UTC(2000) || at > Date.UTC(2200) ? null : instant(at);
}

/** The parsed body, or undefined when it is no JSON. */
export function parseJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8'));
  } catch {
    return undefined;
  }
}
