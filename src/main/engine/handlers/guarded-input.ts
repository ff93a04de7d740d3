import type { Handlers } from '../dispatcher.ts';
import type { Redactor } from '../usecases/redactor.ts';

/**
 * Commands in which people write words that stay: packets and questions of handoffs, promises, labels and reasons, why somebody looked. What
 * connects accounts and vaults is no word but a secret that has its own way.
 */
const WRITES = /^(?:handoffs|promises|plan|conflicts)\.|^cases\.(?:apply|reply)$|^contacts\.|^guard\.reveal$/u;
/** No secret is shorter, and ids are not read at all. */
const SHORTEST = 8;
const ID_KEY = /(?:id|ids)$/iu;

/** The same handlers, which hear no secret in what people write. Drafts, notes and customers' words have rules of their own. */
export function withGuardedInput(handlers: Handlers, redactor: Pick<Redactor, 'ready' | 'text'>): Handlers {
  const guarded: Record<string, unknown> = { ...handlers };
  for (const [name, handler] of Object.entries(handlers)) {
    if (typeof handler !== 'function' || !WRITES.test(name)) continue;
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the same function with an input of the same shape
    const run = handler as (input: unknown) => unknown;
    guarded[name] = (input: unknown): unknown => {
      if (!hasWords(input)) return run(input);
      return redactor.ready().then(() => run(cleaned(input, (text) => redactor.text(text).text)));
    };
  }
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- names and shapes are those that were given
  return guarded as unknown as Handlers;
}

function hasWords(value: unknown, key = ''): boolean {
  if (typeof value === 'string') return value.length >= SHORTEST && !ID_KEY.test(key);
  if (Array.isArray(value)) return value.some((each) => hasWords(each, key));
  return typeof value === 'object' && value !== null && Object.entries(value).some(([name, each]) => hasWords(each, name));
}

function cleaned(value: unknown, redact: (text: string) => string, key = ''): unknown {
  if (typeof value === 'string') return value.length < SHORTEST || ID_KEY.test(key) ? value : redact(value);
  if (Array.isArray(value)) return value.map((each) => cleaned(each, redact, key));
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, cleaned(each, redact, name)]));
}
