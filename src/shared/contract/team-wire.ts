import { z } from 'zod';
import type { AgentId } from '../domain/ids.ts';
import type { Instant } from '../domain/time.ts';

/**
 * One event as it travels between workstations. Only ever added to: whoever is older skips what it does not know, whoever is newer
 * finds what it needs or a default. `team-wire.test.ts` keeps the history of its shape.
 *
 * On the wire it is two lines: the event as JSON, and the signature (Ed25519, base64) of exactly those bytes. Nothing is ever written
 * again from what was read, so no canonical form is needed.
 */
export interface WireEvent {
  readonly v: 1;
  readonly id: string;
  readonly stream: string;
  readonly type: string;
  /** Version of the body's shape. */
  readonly sv: number;
  /** The hub's user who signed it, and at which workstation. */
  readonly user: string;
  readonly workstation: string;
  /** The person who did it; null for what the program did by itself (a message that came in, a timer). */
  readonly actor: AgentId | null;
  readonly hlc: string;
  /** When, by the author's clock, put right by what was known of its error. */
  readonly at: Instant;
  /** Everything in the log up to this sequence was known to the author. */
  readonly base: number;
  /** The ownership of the case that the author saw; null for what belongs to no case. */
  readonly epoch: number | null;
  readonly body: Readonly<Record<string, unknown>>;
  /** What the event speaks of and others may not have: texts, people, accounts. See `team-parts.ts`. */
  readonly parts?: Readonly<Record<string, unknown>>;
  /** It happened before the workspace joined the team, and is told by who brought it. */
  readonly isHistory?: boolean;
}

const text = (most: number): z.ZodString => z.string().max(most);
const wireSchema = z.looseObject({
  v: z.literal(1),
  id: text(100).min(1),
  stream: text(200).regex(/^[a-zA-Z]+\.[A-Za-z0-9_-]+$/u),
  type: text(100).min(1),
  sv: z.int().min(1),
  user: text(64).min(1),
  workstation: text(64).min(1),
  actor: text(100).nullable(),
  hlc: text(100).regex(/^[0-9a-z]{9}-[0-9a-z]{4,}-.+$/u),
  at: z.int().min(0),
  base: z.int().min(0),
  epoch: z.int().min(0).nullable(),
  body: z.record(z.string(), z.unknown()),
  parts: z.record(z.string(), z.unknown()).optional(),
  isHistory: z.boolean().optional(),
});

/** The shape as JSON Schema, for the test that keeps its history. */
export function wireShape(): unknown {
  return z.toJSONSchema(wireSchema);
}

/** @param sign gives the base64 signature of the text it is handed */
export function writeWire(event: WireEvent, sign: (text: string) => string): string {
  const json = JSON.stringify(event);
  return `${json}\n${sign(json)}`;
}

/** What was signed, and the signature. Null for what is no entry of this format. */
export function splitWire(data: string): { readonly json: string; readonly signature: string } | null {
  const end = data.indexOf('\n');
  return end < 1 ? null : { json: data.slice(0, end), signature: data.slice(end + 1) };
}

/** The event without a look at its signature; null for what this version cannot read: it is kept and has no effect. */
export function readWire(data: string): WireEvent | null {
  const split = splitWire(data);
  if (split === null) return null;
  let value: unknown;
  try {
    value = JSON.parse(split.json);
  } catch {
    return null;
  }
  if (!isShallow(value, DEEPEST)) return null;
  const parsed = wireSchema.safeParse(value);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- ids and instants are branded text and numbers; their shape was checked
  return parsed.success ? (parsed.data as unknown as WireEvent) : null;
}

/** Nothing that we write is nested so deep, and what is thousands of levels deep breaks whoever walks through it. */
const DEEPEST = 40;

function isShallow(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return levels > 0 && Object.values(value).every((each) => isShallow(each, levels - 1));
}
