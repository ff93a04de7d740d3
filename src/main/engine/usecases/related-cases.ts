import { applyInternal } from './apply-action.ts';
import { CommandFailure } from './context.ts';
import type { UseCaseContext } from './context.ts';
import { caseByUid, currentCaseUid } from '../store/cases.store.ts';
import { casesOfContact, casesOfKey, COMMON_FROM, comparedCase, customerMessages, ownAddresses } from '../store/routing.store.ts';
import type { ComparedCase } from '../store/routing.store.ts';
import type { ReadDb } from '../store/sql.ts';
import type { Applied } from '../../../shared/contract/cases.contract.ts';
import type { CallError } from '../../../shared/contract/define.ts';
import type { RelatedCase, RelatedCases } from '../../../shared/contract/routing.contract.ts';
import type { CaseId, OperationId } from '../../../shared/domain/ids.ts';
import { VERIFICATIONS } from '../../../shared/domain/message.ts';
import type { Result } from '../../../shared/domain/result.ts';
import { keysOf, kindOf } from '../../../shared/domain/routing/case-keys.ts';
import type { MessageKey } from '../../../shared/domain/routing/case-keys.ts';
import { compareCases, SUGGESTED_FROM } from '../../../shared/domain/routing/duplicates.ts';
import type { CaseFacts, Sameness } from '../../../shared/domain/routing/duplicates.ts';

/** Keys of the case on screen that are looked up. */
const MOST_KEYS = 80;
const MOST_COMPARED = 60;
const MOST_SUGGESTED = 5;
const TEXTS = 8;

/** What was said to belong to a case, and what may. Nothing is done by itself, and nothing is written. */
export function relatedCases(db: ReadDb, caseUid: CaseId): RelatedCases {
  const uid = currentCaseUid(db, caseUid);
  const saved = caseByUid(db, uid);
  const own = saved === undefined ? undefined : comparedCase(db, saved.id);
  if (own === undefined) return { linked: [], suggested: [] };
  const said = new Map(own.state.related.map(({ otherId, isSame }) => [currentCaseUid(db, otherId), isSame]));
  // From the messages and not from the table, so that what is older than the table finds what is newer.
  const ownAddress = ownAddresses(db);
  const facts = factsOf(db, own, (key) => !(key.startsWith('mail:') && ownAddress.has(key.slice('mail:'.length))));
  const common = new Set<MessageKey>();
  const candidates = new Set(casesOfContact(db, own.contactKey));
  for (const key of [...facts.keys].slice(0, MOST_KEYS)) {
    const found = casesOfKey(db, key);
    if (found.length > COMMON_FROM && kindOf(key) !== 'near') common.add(key);
    else for (const id of found) candidates.add(id);
  }
  const telling: CaseFacts = { ...facts, keys: new Set([...facts.keys].filter((key) => !common.has(key))) };
  candidates.delete(own.id);
  const suggested: RelatedCase[] = [];
  for (const id of [...candidates].slice(0, MOST_COMPARED)) {
    const other = comparedCase(db, id);
    if (other === undefined || said.has(other.uid)) continue;
    const sameness = compareCases(
      telling,
      factsOf(db, other, () => true),
    );
    if (sameness.score >= SUGGESTED_FROM) suggested.push(rowOf(other, sameness));
  }
  return {
    linked: [...said].flatMap(([otherUid, isSame]): readonly RelatedCase[] => {
      const key = isSame ? caseByUid(db, otherUid)?.id : undefined;
      const other = key === undefined || otherUid === uid ? undefined : comparedCase(db, key);
      return other === undefined
        ? []
        : [
            rowOf(
              other,
              compareCases(
                telling,
                factsOf(db, other, () => true),
              ),
            ),
          ];
    }),
    suggested: suggested
      .toSorted((left, right) => right.score - left.score || right.lastMessageAt - left.lastMessageAt)
      .slice(0, MOST_SUGGESTED),
  };
}

function factsOf(db: ReadDb, each: ComparedCase, isTelling: (key: MessageKey) => boolean): CaseFacts {
  const messages = customerMessages(db, each.id);
  const found = messages.map(({ origin }) => VERIFICATIONS.indexOf(origin?.author.verification ?? 'none'));
  return {
    contactId: each.state.contactId,
    // a signature that held once says who they are, whatever came later
    verification: found.includes(VERIFICATIONS.indexOf('signed')) ? 'signed' : (VERIFICATIONS[Math.max(0, ...found)] ?? 'none'),
    keys: new Set(messages.flatMap((message) => keysOf(message)).filter(isTelling)),
    texts: messages.slice(0, TEXTS).map(({ at, text }) => ({ at, text })),
  };
}

function rowOf(other: ComparedCase, { score, reasons, isVerifiedMeetsUnverified }: Sameness): RelatedCase {
  const { uid, subject, contactName, channel, status, lastMessageAt } = other;
  return { caseId: uid, subject, contactName, channel, status, lastMessageAt, score, reasons, isVerifiedMeetsUnverified };
}

/**
 * Says of two cases that they are about one thing (`same`), about different things (`different`), or takes either back (null). Both cases
 * tell it, so that it is seen in both; one undo takes it back in both.
 */
export function relateCases(
  context: UseCaseContext,
  input: { readonly opId: OperationId; readonly caseId: CaseId; readonly otherId: CaseId },
  name: string,
  as: 'same' | 'different' | null,
): Result<Applied, CallError> {
  const { opId, caseId, otherId } = input;
  return applyInternal(context, { opId, caseIds: [caseId, otherId] }, name, (tx, at) => {
    const [one, other] = [currentCaseUid(tx, caseId), currentCaseUid(tx, otherId)];
    if (one === other) throw new CommandFailure('same-case');
    return { kind: 'relate', otherId: at === caseId ? other : one, as };
  });
}
