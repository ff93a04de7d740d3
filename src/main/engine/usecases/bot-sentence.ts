import { factsOf } from './acknowledge-compose.ts';
import type { ComposingDeps } from './acknowledge-compose.ts';
import { caseByUid } from '../store/cases.store.ts';
import { contactByUid } from '../store/contacts.store.ts';
import { caseForStaffing } from '../store/runway.store.ts';
import type { ReadDb } from '../store/sql.ts';
import type { Phrases } from '../../../shared/domain/bot/phrases.ts';
import type { CaseId } from '../../../shared/domain/ids.ts';
import type { AcknowledgementFacts } from '../../../shared/domain/promise/acknowledge.ts';
import { ACKNOWLEDGEMENT_TEMPLATES } from '../../../shared/domain/promise/acknowledgement-texts.ts';
import { customerZone } from '../../../shared/domain/promise/customer-zone.ts';
import { acknowledgementLanguage, acknowledgementSentence } from '../../../shared/domain/promise/write-acknowledgement.ts';
import { choosePolicy, targetFor } from '../../../shared/domain/sla/policy.ts';

/** When a person reads a conversation, in the bot's words; and what that follows from, null when no time was told. */
export interface Told {
  readonly sentence: string;
  readonly facts: AcknowledgementFacts | null;
}

/**
 * By when a person reads this conversation, if it is handed over now: worked out as an acknowledgement is, of policy, hours and plan. What
 * nobody can know is not said; nor is a time in a language whose dates Meridian does not write.
 */
export function whenSomebodyReads(db: ReadDb, deps: ComposingDeps, caseUid: CaseId, language: string, phrases: Phrases): Told {
  const now = deps.clock.now();
  const saved = caseByUid(db, caseUid);
  const contact = saved === undefined ? undefined : contactByUid(db, saved.state.contactId);
  const traits = caseForStaffing(db, caseUid);
  const words = acknowledgementLanguage(language);
  // English dates among words of another language are nobody's
  const isWritten = words !== 'en' || language.startsWith('en');
  if (saved === undefined || contact === undefined || traits === undefined || !isWritten) {
    return { sentence: phrases.untimed, facts: null };
  }
  const { state } = saved;
  const clock = deps.ledger
    .clocks(db, caseUid)
    .find((each) => each.endedAt === null && (each.metric === 'first-reply' || each.metric === 'next-reply'));
  const { policies } = deps.ledger.rules(db);
  // while the bot has it nothing runs; it would from the moment of handing over
  const attributes = {
    channel: state.channel,
    tier: contact.tier,
    priority: state.priority,
    language: traits.language,
    team: null,
    labels: state.labels,
  };
  const policy =
    clock === undefined
      ? choosePolicy(policies, attributes, now)
      : (policies.find((each) => each.id === clock.policyId && each.version === clock.policyVersion) ?? null);
  const zone = customerZone(contact, 'UTC', now);
  const facts = factsOf(db, deps, {
    traits,
    policy,
    targetMs: clock?.targetMs ?? targetFor(policy, attributes, 'first-reply'),
    zone: zone.source === 'assumed' ? null : zone.zone,
    now,
  });
  const { speaking, reading, untimed } = phrases;
  const template = { ...ACKNOWLEDGEMENT_TEMPLATES[words], speaking, reading, untimed };
  return { sentence: acknowledgementSentence(template, facts), facts };
}
