import { z } from 'zod';
import type { AgentId, CaseId } from '../domain/ids.ts';
import type { Reminder } from '../domain/reminder/reminders.ts';
import type { Instant } from '../domain/time.ts';
import { query } from './define.ts';
import { caseId } from './schemas.ts';

/** An open reminder with what a person knows its case by. */
export interface ReminderRow extends Reminder {
  readonly caseId: CaseId;
  readonly subject: string;
  readonly contactName: string;
  /** Whom it reminds now; null when nobody answers for the case and a program set it. */
  readonly concerns: AgentId | null;
  readonly isSolved: boolean;
}

/** Who can take a case comes next. */
export interface NextShift {
  readonly caseId: CaseId;
  readonly agentId: AgentId;
  readonly from: Instant;
}

/** They are set, moved and cleared by `cases.apply`. */
export const remindersContract = {
  /** By time; what is due comes first. */
  'reminders.list': query<{ readonly rows: readonly ReminderRow[]; readonly total: number }>()(
    z.strictObject({ of: z.enum(['me', 'all']), limit: z.number().int().min(1).max(1_000) }),
  ),
  /** Those that concern me: all, and those that are due. */
  'reminders.counts': query<{ readonly open: number; readonly due: number }>()(z.strictObject({})),
  /** Who comes next to each of these cases by the published plan; cases that the plan knows nobody for are left out. */
  'reminders.nextShifts': query<readonly NextShift[]>()(z.strictObject({ caseIds: z.array(caseId).min(1).max(200).readonly() })),
};
