import { attachmentsOfCase, messagesOfCase } from './messages.store.ts';
import { contactByUid } from './contacts.store.ts';
import { outboxOfCase } from './outbox.store.ts';
import { ownAddresses } from './routing.store.ts';
import { saveSettingValue, settingValue } from './settings.store.ts';
import type { ReadDb, WriteDb } from './sql.ts';
import type { CaseState } from '../../../shared/domain/case.ts';
import type { CaseId } from '../../../shared/domain/ids.ts';
import { DEFAULT_RULES } from '../../../shared/domain/intake/checklist.ts';
import type { IntakeRules } from '../../../shared/domain/intake/checklist.ts';
import { NOTHING_SAID } from '../../../shared/domain/intake/intake-said.ts';
import type { Intake, IntakeCase, IntakeMessage } from '../../../shared/domain/intake/read-intake.ts';
import { MINUTE_MS } from '../../../shared/domain/time.ts';
import type { Instant } from '../../../shared/domain/time.ts';
import { isKnownZone, zoneOffsetMs } from '../../../shared/domain/time/zone.ts';

/** The setting that holds the checklists. */
export const INTAKE_KEY = 'intake';

/** What the team asks for; null while nobody has changed what Meridian comes with. */
export function savedIntakeRules(db: ReadDb): IntakeRules | null {
  const stored = settingValue(db, INTAKE_KEY);
  if (stored === null) return null;
  // written by the functions of this key alone, from parsed input; an empty object: back to what Meridian comes with
  const { kinds } = JSON.parse(stored) as Partial<IntakeRules>;
  return kinds === undefined ? null : { kinds };
}

export function intakeRules(db: ReadDb): IntakeRules {
  return savedIntakeRules(db) ?? DEFAULT_RULES;
}

export function writeIntakeRules(db: WriteDb, rules: IntakeRules | null): void {
  saveSettingValue(db, INTAKE_KEY, JSON.stringify(rules ?? {}));
}

/** What never reached the customer, and may not any more. */
const NEVER_LEFT: ReadonlySet<string> = new Set(['cancelled', 'failed']);

/** What is read of a case for its checklist. */
export function intakeCase(db: ReadDb, id: number, state: CaseState): IntakeCase {
  const contact = contactByUid(db, state.contactId);
  const outbox = new Map(outboxOfCase(db, id).map((entry) => [entry.messageId, entry.state]));
  const files = attachmentsOfCase(db, id);
  const messages = messagesOfCase(db, id).flatMap((message): readonly IntakeMessage[] =>
    message.kind === 'note'
      ? []
      : [
          {
            messageId: message.uid,
            at: message.sentAt,
            direction: message.kind,
            auto: message.auto,
            text: message.text,
            // a mail that is gone from the mailbox was moved there, and not taken back
            isRemoved: message.removed && message.origin !== null,
            isUnsent: message.kind === 'out' && (message.bounced !== null || NEVER_LEFT.has(outbox.get(message.id) ?? '')),
            fromAddress: message.from.address,
            offsetMinutes: message.offsetMinutes,
            origin: message.origin,
            files: files
              .filter(({ messageId }) => messageId === message.id)
              .map(({ name, type, sizeBytes, inline }) => ({ name, type, sizeBytes, isInline: inline })),
          },
        ],
  );
  const zone = contact?.zone ?? null;
  const offsetAt = (at: Instant): number | null =>
    zone !== null && isKnownZone(zone) ? zoneOffsetMs(zone, at) / MINUTE_MS : (contact?.offsetMinutes ?? null);
  return {
    subject: state.subject,
    labels: state.labels,
    messages,
    said: state.intake ?? NOTHING_SAID,
    rules: intakeRules(db),
    offsetAt,
    ownAddresses: ownAddresses(db),
  };
}

/** What lists show of it. */
export function saveCaseIntake(db: WriteDb, caseId: number, { kindId, known, needed, missing, rounds }: Intake): void {
  db.run(
    `INSERT INTO case_intake(case_id, kind, known, needed, missing, rounds) VALUES(@caseId, @kind, @known, @needed, @missing, @rounds)
     ON CONFLICT(case_id) DO UPDATE SET kind = @kind, known = @known, needed = @needed, missing = @missing, rounds = @rounds
       WHERE kind <> @kind OR known <> @known OR needed <> @needed OR missing <> @missing OR rounds <> @rounds`,
    { caseId, kind: kindId ?? '', known, needed, missing: ` ${missing.join(' ')} `, rounds },
  );
}

/** What was worked out last of an unsolved case. */
export function savedIntake(
  db: ReadDb,
  uid: CaseId,
): { readonly kind: string; readonly known: number; readonly needed: number; readonly missing: readonly string[] } | undefined {
  const row = db.get<{ kind: string; known: number; needed: number; missing: string }>(
    `SELECT i.kind, i.known, i.needed, i.missing FROM cases c JOIN case_intake i ON i.case_id = c.id WHERE c.uid = @uid AND c.status < 3`,
    { uid },
  );
  return row === undefined ? undefined : { ...row, missing: row.missing.split(' ').filter((each) => each !== '') };
}

/** A case that has to be worked out anew; undefined when there is none. What was touched last comes first. */
export function staleCase(db: ReadDb): { readonly id: number; readonly state: CaseState | null } | undefined {
  const row = db.get<{ id: number; state: string | null }>(
    `SELECT s.case_id AS id, CASE WHEN c.merged_into IS NULL AND (c.status < 3 OR i.case_id IS NOT NULL) THEN c.state END AS state
     FROM intake_stale s LEFT JOIN cases c ON c.id = s.case_id LEFT JOIN case_intake i ON i.case_id = s.case_id
     ORDER BY s.case_id DESC LIMIT 1`,
  );
  // The state column is written by `saveCase` alone.
  return row === undefined ? undefined : { id: row.id, state: row.state === null ? null : (JSON.parse(row.state) as CaseState) };
}

export function isAnyStale(db: ReadDb): boolean {
  return db.get<{ one: number }>('SELECT 1 AS one FROM intake_stale LIMIT 1') !== undefined;
}

/** It is worked out; `isGone`: it lives on in another case. */
export function noteFresh(db: WriteDb, caseId: number, isGone: boolean): void {
  db.run('DELETE FROM intake_stale WHERE case_id = @caseId', { caseId });
  if (isGone)
    db.run('DELETE FROM case_intake WHERE case_id = @caseId AND case_id IN (SELECT id FROM cases WHERE merged_into IS NOT NULL)', {
      caseId,
    });
}

/** Other checklists: all unsolved cases are worked out anew. */
export function markAllStale(db: WriteDb): void {
  db.run('INSERT OR IGNORE INTO intake_stale(case_id) SELECT id FROM cases WHERE status < 3 AND merged_into IS NULL');
}
