import type { CaseLedger } from './case-ledger.ts';
import { caseByUid } from '../store/cases.store.ts';
import { contactByUid } from '../store/contacts.store.ts';
import { caseForStaffing } from '../store/runway.store.ts';
import { me } from '../store/settings.store.ts';
import type { ReadDb } from '../store/sql.ts';
import type { PromiseZone } from '../../../shared/contract/promise.contract.ts';
import type { CaseTraits } from '../../../shared/domain/routing/rules.ts';
import type { CaseId } from '../../../shared/domain/ids.ts';
import { languageOfTag } from '../../../shared/domain/language.ts';
import { customerZone } from '../../../shared/domain/promise/customer-zone.ts';
import type { DetectionContext } from '../../../shared/domain/promise/detect-promises.ts';
import { promisedTime } from '../../../shared/domain/sla/promise.ts';
import type { OpenTime } from '../../../shared/domain/time/open-time.ts';
import type { Instant } from '../../../shared/domain/time.ts';

/** What promising something in a case depends on; null when there is no such case. */
export interface PromisingCase {
  readonly caseId: number;
  readonly traits: CaseTraits;
  readonly zone: PromiseZone;
  /** IANA zone of the person at this desk. */
  readonly ownZone: string | null;
}

export function promisingCase(db: ReadDb, caseUid: CaseId, now: Instant): PromisingCase | null {
  const saved = caseByUid(db, caseUid);
  const contact = saved === undefined ? undefined : contactByUid(db, saved.state.contactId);
  const traits = caseForStaffing(db, caseUid);
  if (saved === undefined || contact === undefined || traits === undefined) return null;
  const ownZone = me(db)?.zone ?? null;
  return { caseId: saved.id, traits, zone: customerZone(contact, ownZone ?? 'UTC', now), ownZone };
}

/** The hours that the case's SLA promises, which business days are counted in; null when none are known. */
export function promisedHoursOf(db: ReadDb, ledger: CaseLedger, caseUid: CaseId): OpenTime | null {
  const clock = ledger.clocks(db, caseUid).at(-1);
  if (clock === undefined) return null;
  const { policies, hours } = ledger.rules(db);
  const policy = policies.find((each) => each.id === clock.policyId && each.version === clock.policyVersion);
  return policy === undefined ? null : promisedTime(policy.promise, hours);
}

/** What a text that is written now in a case is read with. */
export function detectionContext(
  db: ReadDb,
  ledger: CaseLedger,
  caseUid: CaseId,
  { zone, ownZone, traits }: PromisingCase,
  now: Instant,
): DetectionContext {
  return {
    writtenAt: now,
    customerZone: zone.zone,
    writerZone: ownZone,
    businessHours: promisedHoursOf(db, ledger, caseUid),
    language: traits.language === null ? null : languageOfTag(traits.language),
  };
}
