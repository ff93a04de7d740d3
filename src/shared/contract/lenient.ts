import type { z } from 'zod';

/**
 * Checks what another version of Meridian wrote, which may say more: keys that a schema does not know are passed over, also where the
 * page would be refused. The value is given back as it came, so that what a newer version said is there when this one is replaced, and
 * what is stored is the same text everywhere.
 */
export function lenient<Value>(
  schema: z.ZodType<Value>,
  value: unknown,
): { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly reason: string } {
  const first = schema.safeParse(value);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- its shape was checked; the schemas only trim
  if (first.success) return { ok: true, value: value as Value };
  const copy: unknown = JSON.parse(JSON.stringify(value));
  for (const issue of first.error.issues) if (issue.code === 'unrecognized_keys') drop(copy, issue.path, issue.keys);
  const second = schema.safeParse(copy);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as above
  if (second.success) return { ok: true, value: value as Value };
  const [issue] = second.error.issues;
  return { ok: false, reason: `${issue?.path.join('.') ?? ''} ${issue?.code ?? 'invalid'}`.trim() };
}

function drop(value: unknown, path: readonly PropertyKey[], keys: readonly string[]): void {
  let at: unknown = value;
  for (const key of path) at = typeof at === 'object' && at !== null ? Reflect.get(at, key) : undefined;
  if (typeof at === 'object' && at !== null) for (const key of keys) Reflect.deleteProperty(at, key);
}
