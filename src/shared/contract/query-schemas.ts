import { z } from 'zod';
import { CHOICE_FIELDS, TEXT_FIELDS, TIME_FIELDS } from '../domain/query/case-query.ts';
import type { Condition, Moment } from '../domain/query/case-query.ts';
import { MAX_CONDITIONS } from '../domain/query/parse-case-query.ts';
import { parseLocalDate } from '../domain/time/local-time.ts';
import { zoneName } from './schemas.ts';

const values = z.array(z.string().min(1).max(200)).min(1).max(50).readonly();

const moment: z.ZodType<Moment> = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('offset'), ms: z.number().int().min(-1e13).max(1e13) }),
  z.strictObject({ kind: z.literal('day'), days: z.number().int().min(-9_999).max(9_999) }),
  z.strictObject({ kind: z.literal('date'), date: z.string().refine((text) => parseLocalDate(text) !== null) }),
]);

/** One condition on cases. Values are not compared with the lists that are known here: a view that a newer version saved stays what it is. */
export const condition: z.ZodType<Condition> = z.discriminatedUnion('field', [
  z.strictObject({ field: z.enum(CHOICE_FIELDS), not: z.boolean(), values }),
  z.strictObject({ field: z.enum(TEXT_FIELDS), not: z.boolean(), values }),
  z.strictObject({ field: z.enum(TIME_FIELDS), not: z.boolean(), side: z.enum(['before', 'from']), moment }),
]);

export const conditions = z.array(condition).max(MAX_CONDITIONS).readonly();

/** Conditions and the zone whose days they mean. */
export const caseFilter = z.strictObject({ conditions, zone: zoneName });
