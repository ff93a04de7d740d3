import { z } from 'zod';
import type { MachineMoment } from './machine-clock.ts';
import type { Stored } from './stored-messages.ts';

const KEY = /^[A-Za-z0-9_-]{1,100}(\.[A-Za-z0-9_-]{1,100}){0,4}$/u;

/** `fence` is 0 in the entry that began an ownership: then it is that entry's own sequence. `beat` tells the renewals apart. */
const valueSchema = z.object({
  user: z.string().min(1).max(64),
  workstation: z.string().min(1).max(100),
  run: z.string().min(1).max(100),
  fence: z.int().min(0),
  beat: z.int().min(0),
  note: z.string().max(200),
});
export type LeaseValue = z.infer<typeof valueSchema>;

/** An entry as last heard of. `value` is null when it was given back, or cannot be read: then it still is somebody's until it expires. */
export interface LeaseEntry {
  readonly sequence: number;
  readonly value: LeaseValue | null;
  readonly isGivenBack: boolean;
  /** When this revision was first heard of here. */
  readonly seenAt: MachineMoment;
}

/** Throws a RangeError when it cannot be a key of a lease. */
export function checkedKey(key: string): string {
  if (!KEY.test(key)) throw new RangeError(`${JSON.stringify(key)} is no key of a lease`);
  return key;
}

function valueOf(data: Uint8Array): LeaseValue | null {
  try {
    const parsed = valueSchema.safeParse(JSON.parse(new TextDecoder().decode(data)));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

/** The sequence of the entry that began the ownership. */
export function fenceOf({ sequence, value }: LeaseEntry): number {
  return value === null || value.fence === 0 ? sequence : value.fence;
}

export function readEntry({ sequence, headers, data }: Stored, seenAt: MachineMoment): LeaseEntry {
  const isGivenBack = (headers.first('KV-Operation') ?? '') !== '';
  return { sequence, value: isGivenBack ? null : valueOf(data), isGivenBack, seenAt };
}
