import type { SecretHit } from '../../../shared/domain/guard/secret-types.ts';

/**
 * Scans long texts for secrets beside the engine's thread. Never rejects.
 * @returns the hits of each text; null where it could not be asked: the text is then scanned where one waits for it
 */
export type LongTextScan = (texts: readonly string[]) => Promise<readonly (readonly SecretHit[] | null)[]>;
