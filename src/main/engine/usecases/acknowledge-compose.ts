import { acknowledgementSettings, templateFor } from './acknowledge-settings.ts';
import type { CaseLedger } from './case-ledger.ts';
import type { CoverageBook } from './coverage-book.ts';
import { caseByUid } from '../store/cases.store.ts';
import { contactByUid } from '../store/contacts.store.ts';
import { messageByUid } from '../store/messages.store.ts';
import { caseForStaffing } from '../store/runway.store.ts';
import type { ReadDb } from '../store/sql.ts';
import type { Output, Input } from '../../../shared/contract/contract.ts';
import { caseNeed, selectorKey } from '../../../shared/domain/coverage/case-need.ts';
import type { CaseId, MessageId } from '../../../shared/domain/ids.ts';
import { acknowledgementFacts } from '../../../shared/domain/promise/acknowledge.ts';
import type { AcknowledgementFacts } from '../../../shared/domain/promise/acknowledge.ts';
import { customerZone } from '../../../shared/domain/promise/customer-zone.ts';
import { acknowledgementLanguage, writeAcknowledgement } from '../../../shared/domain/promise/write-acknowledgement.ts';
import { UNKNOWN_CASE } from '../../../shared/domain/routing/rules.ts';
import type { CaseTraits } from '../../../shared/domain/routing/rules.ts';
import { choosePolicy, targetFor } from '../../../shared/domain/sla/policy.ts';
import type { CaseAttributes, Policy } from '../../../shared/domain/sla/policy.ts';
import { promisedTime } from '../../../shared/domain/sla/promise.ts';
import { isKnownZone } from '../../../shared/domain/time/zone.ts';
import { MINUTE_MS } from '../../../shared/domain/time.ts';
import type { Clock, Instant } from '../../../shared/domain/time.ts';

/** What an acknowledgement is worked out from. */
export interface ComposingDeps {
  readonly ledger: CaseLedger;
  readonly book: CoverageBook;
  readonly clock: Clock;
}

export interface Composed {
  readonly facts: AcknowledgementFacts;
  readonly text: string;
}

/** What a customer can be told about their message now; null when the message is gone. */
export function composeAcknowledgement(db: ReadDb, deps: ComposingDeps, caseUid: CaseId, answersId: MessageId): Composed | null {
  const now = deps.clock.now();
  const saved = caseByUid(db, caseUid);
  const contact = saved === undefined ? undefined : contactByUid(db, saved.state.contactId);
  const message = messageByUid(db, answersId);
  const traits = caseForStaffing(db, caseUid);
  if (contact === undefined || message === undefined || traits === undefined) return null;
  const zone = customerZone(contact, 'UTC', now);
  // The clock that a person's answer ends: the policy's promise for this message.
  const clock = deps.ledger
    .clocks(db, caseUid)
    .find((each) => each.endedAt === null && (each.metric === 'first-reply' || each.metric === 'next-reply'));
  const policy = deps.ledger.rules(db).policies.find((each) => each.id === clock?.policyId && each.version === clock.policyVersion);
  const facts = factsOf(db, deps, {
    traits,
    policy: policy ?? null,
    targetMs: clock?.targetMs ?? null,
    zone: zone.source === 'assumed' ? null : zone.zone,
    now,
  });
  const template = templateFor(acknowledgementSettings(db), acknowledgementLanguage(message.language ?? contact.language));
  const names = { customer: contact.name === '' ? null : contact.name, reference: caseReference(caseUid) };
  return { facts, text: writeAcknowledgement(template, facts, names) };
}

/** What customers may call their case: short enough to be read out, and found by search as it stands in the answer. */
export function caseReference(caseUid: CaseId): string {
  const code = caseUid.slice('case_'.length, 'case_'.length + 8).toUpperCase();
  return `${code.slice(0, 4)}-${code.slice(4)}`;
}

/** What a customer asks of the plan: when somebody can read what they wrote. */
export interface Asked {
  readonly traits: CaseTraits;
  readonly policy: Policy | null;
  readonly targetMs: number | null;
  readonly zone: string | null;
  readonly now: Instant;
}

export function factsOf(db: ReadDb, { ledger, book }: ComposingDeps, { traits, policy, targetMs, zone, now }: Asked): AcknowledgementFacts {
  const { selector } = caseNeed(traits, book.roster(db));
  return acknowledgementFacts({
    now,
    targetMs,
    open: policy === null ? null : promisedTime(policy.promise, ledger.rules(db).hours),
    staffed: book.staffedTime(db, selectorKey(selector), selector, now),
    readingMs: acknowledgementSettings(db).readingMinutes * MINUTE_MS,
    plannedUntil: book.publishedUntil(db) ?? now,
    customerZone: zone,
    readerLanguage: selector.languages[0] ?? null,
  });
}

/** The customer of the preview. */
const SOMEBODY = { customer: 'Mei Tanaka', reference: 'QX4M-7K2D' };

/** What an ordinary customer who writes for the first time would be told now. */
export function previewAcknowledgement(
  db: ReadDb,
  deps: ComposingDeps,
  input: Input<'acknowledgements.preview'>,
): Output<'acknowledgements.preview'> {
  const now = deps.clock.now();
  const attributes: CaseAttributes = {
    channel: 'email',
    tier: 'standard',
    priority: null,
    language: input.language,
    team: null,
    labels: [],
  };
  const policy = choosePolicy(deps.ledger.rules(db).policies, attributes, now);
  const facts = factsOf(db, deps, {
    traits: { ...UNKNOWN_CASE, language: input.language, channel: 'email', tier: 'standard' },
    policy,
    targetMs: targetFor(policy, attributes, 'first-reply'),
    zone: isKnownZone(input.zone) ? input.zone : null,
    now,
  });
  const language = input.template?.language ?? acknowledgementLanguage(input.language);
  const template = input.template ?? templateFor(acknowledgementSettings(db), language);
  return { facts, text: writeAcknowledgement(template, facts, SOMEBODY), language };
}
