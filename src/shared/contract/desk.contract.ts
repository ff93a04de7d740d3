import { z } from 'zod';
import { command, query } from './define.ts';
import { operationId } from './schemas.ts';
import { VISIT_KINDS } from '../domain/desk/visit.ts';
import type { Visit } from '../domain/desk/visit.ts';
import { MAX_KEYS, MAX_REMAPPED } from '../domain/desk/key-map.ts';
import type { KeyMap } from '../domain/desk/key-map.ts';

/** Where somebody has been, with what it is called now; the page knows what views, colleagues and commands are called. */
export interface VisitRow extends Visit {
  /** Empty for what only the page can name. */
  readonly title: string;
  readonly detail: string;
}

/** What one person keeps at this desk: where they have been, and their keys. None of it travels. */
export const deskContract = {
  /** What this person has visited, the newest first. Cases and customers that are gone are left out. */
  'desk.visits': query<readonly VisitRow[]>()(z.strictObject({})),
  'desk.visit': command<null>()(z.strictObject({ opId: operationId, kind: z.enum(VISIT_KINDS), target: z.string().min(1).max(200) })),
  'desk.forgetVisits': command<null>()(z.strictObject({ opId: operationId })),
  /** The keys that this person has changed. What can not be read, such as of a newer version, is left out. */
  'desk.keys': query<KeyMap>()(z.strictObject({})),
  'desk.setKeys': command<null>()(
    z.strictObject({
      opId: operationId,
      keyMap: z.strictObject({
        keys: z
          .record(z.string().min(1).max(80), z.array(z.string().min(1).max(60)).max(MAX_KEYS).readonly())
          .refine((keys) => Object.keys(keys).length <= MAX_REMAPPED, 'too many keys')
          .readonly(),
        isWithoutCharacterKeys: z.boolean(),
      }),
    }),
  ),
  /** Writes this person's keys into a file that they choose; null when they chose none. */
  'desk.exportKeys': command<{ readonly path: string } | null>()(z.strictObject({ opId: operationId }), ['write-failed']),
};
