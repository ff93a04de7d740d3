import { applyInternal } from './apply-action.ts';
import { CommandFailure } from './context.ts';
import type { UseCaseContext } from './context.ts';
import { caseByUid, currentCaseUid } from '../store/cases.store.ts';
import {
  casesOfContact,
  casesOfKey,
  COMMON_FROM,
  comparedCase,
  customerTexts,
  keysOfCase,
  ownAddresses,
  verificationsOf,
} from '../store/routing.store.ts';
import type { ComparedCase } from '../store/routing.store.ts';
import type { ReadDb } from '../store/sql.ts';
import type { Applied } from '../../../shared/contract/cases.contract.ts';
import type { CallError } from '../../../shared/contract/define.ts';
import type { RelatedCase, RelatedCases } from '../../../shared/contract/routing.contract.ts';
import type { CaseId, OperationId } from '../../../shared/domain/ids.ts';
import { VERIFICATIONS } from '../../../shared/domain/message.ts';
import type { Result } from '../../../shared/domain/result.ts';
import { kindOf } from '../../../shared/domain/routing/case-keys.ts';
import type { KeyKind, MessageKey } from '../../../shared/domain/routing/case-keys.ts';
import { compareCases, SUGGESTED_FROM } from '../../../shared/domain/routing/duplicates.ts';
import type { CaseFacts, Sameness } from '../../../shared/domain/routing/duplicates.ts';

/** Of what a case names so much is looked up: the newest, and those that tell most first. */
const MOST_NAMED = 60;
const MOST_NEAR = 24;
const MOST_COMPARED = 60;
const MOST_SUGGESTED = 5;
/** Texts of a case that are compared, the newest ones. */
const TEXTS = 8;

/** What was said to belong to a case, and what may. Nothing is done by itself, and nothing is written. */
export function relatedCases(db: ReadDb, caseUid: CaseId): RelatedCases {
  const uid = currentCaseUid(db, caseUid);
  const saved = caseByUid(db, uid);
  const own = saved === undefined ? undefined : comparedCase(db, saved.id);
  if (own === undefined) return { linked: [], suggested: [] };
  const said = new Map(own.state.related.map(({ otherId, isSame }) => [currentCaseUid(db, otherId), isSame]));
  const shared = sharedKeys(db, own);
  const facts = factsOf(db, own, new Set([...shared.values()].flatMap((keys) => [...keys])));
  const compared = (other: ComparedCase): RelatedCase =>
    rowOf(other, compareCases(facts, factsOf(db, other, shared.get(other.id) ?? NO_KEYS)));
  const candidates = new Set([...shared.keys(), ...casesOfContact(db, own.contactKey)]);
  candidates.delete(own.id);
  const suggested = [...candidates].slice(0, MOST_COMPARED).flatMap((id): readonly RelatedCase[] => {
    const other = comparedCase(db, id);
    if (other === undefined || said.has(other.uid)) return [];
    const row = compared(other);
    return row.score >= SUGGESTED_FROM ? [row] : [];
  });
  return {
    linked: [...said].flatMap(([otherUid, isSame]): readonly RelatedCase[] => {
      const key = isSame ? caseByUid(db, otherUid)?.id : undefined;
      const other = key === undefined || otherUid === uid ? undefined : comparedCase(db, key);
      return other === undefined ? [] : [compared(other)];
    }),
    suggested: suggested
      .toSorted((left, right) => right.score - left.score || right.lastMessageAt - left.lastMessageAt)
      .slice(0, MOST_SUGGESTED),
  };
}

const NO_KEYS: ReadonlySet<MessageKey> = new Set();

/** The other cases that name what this one names, with what; those first that share what tells most. What many cases name tells nothing. */
function sharedKeys(db: ReadDb, own: ComparedCase): ReadonlyMap<number, ReadonlySet<MessageKey>> {
  const ownAddress = ownAddresses(db);
  const named = keysOfCase(db, own.id, false, MOST_NAMED * 2)
    .filter((key) => !(key.startsWith('mail:') && ownAddress.has(key.slice('mail:'.length))))
    .toSorted((one, other) => TELLING.indexOf(kindOf(one)) - TELLING.indexOf(kindOf(other)))
    .slice(0, MOST_NAMED);
  const shared = new Map<number, Set<MessageKey>>();
  for (const key of [...named, ...keysOfCase(db, own.id, true, MOST_NEAR)]) {
    const found = casesOfKey(db, key);
    if (found.length > COMMON_FROM && kindOf(key) !== 'near') continue;
    for (const id of found) if (id !== own.id) shared.set(id, (shared.get(id) ?? new Set()).add(key));
  }
  return shared;
}

const TELLING: readonly KeyKind[] = ['transaction', 'sub', 'order', 'mail', 'handle', 'near'];

function factsOf(db: ReadDb, each: ComparedCase, keys: ReadonlySet<MessageKey>): CaseFacts {
  const found = verificationsOf(db, each.id).map((verification) => VERIFICATIONS.indexOf(verification));
  return {
    contactId: each.state.contactId,
    // a signature that held once says who they are, whatever came later
    verification: found.includes(VERIFICATIONS.indexOf('signed')) ? 'signed' : (VERIFICATIONS[Math.max(0, ...found)] ?? 'none'),
    keys,
    texts: customerTexts(db, each.id, TEXTS),
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
