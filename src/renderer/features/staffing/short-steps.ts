import type { DemandBucket } from '../../../shared/domain/coverage/coverage.ts';

/** Steps in which fewer people are on than are needed. Somebody who is needed for a tenth of the time is needed. */
export function isShort(bucket: DemandBucket): boolean {
  return bucket.scheduled + 1e-9 < bucket.required;
}
