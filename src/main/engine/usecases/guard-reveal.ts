import { recordAudit } from './audit.ts';
import { CommandFailure, requireMe } from './context.ts';
import type { UseCaseContext } from './context.ts';
import type { GuardKeys } from './guard-keys.ts';
import { isLeadHere } from './guard-settings.ts';
import { secretToldBy } from '../store/guard.store.ts';
import { membership } from '../store/membership.store.ts';
import { messageByUid } from '../store/messages.store.ts';
import { sealedOf } from '../store/sealed.store.ts';
import type { ReadDb } from '../store/sql.ts';
import type { CallError } from '../../../shared/contract/define.ts';
import type { Revealed, SealedState } from '../../../shared/contract/guard.contract.ts';
import { splitPlaceholders } from '../../../shared/domain/guard/placeholder.ts';
import { needsLead, REVEAL_MS } from '../../../shared/domain/guard/reveal-rules.ts';
import type { SecretKind } from '../../../shared/domain/guard/secret-types.ts';
import type { MessageId } from '../../../shared/domain/ids.ts';
import { fail, ok } from '../../../shared/domain/result.ts';
import type { Result } from '../../../shared/domain/result.ts';
import { eventsOfCase } from '../store/events.store.ts';
import type { Instant } from '../../../shared/domain/time.ts';

/** What was taken out of a message: as its case was told, else as its text shows; and always what is sealed of it. */
function kindsOf(db: ReadDb, messageId: MessageId, sealed: readonly SecretKind[]): readonly SecretKind[] {
  const message = messageByUid(db, messageId);
  if (message === undefined) return [];
  const told = eventsOfCase(db, message.caseUid).flatMap(({ body }) =>
    body.type === 'case.secretFound' && body.messageId === messageId ? body.kinds : [],
  );
  const shown = splitPlaceholders(message.text).flatMap((part) => (part.type === 'secret' ? [part.kind] : []));
  return [...new Set([...(told.length > 0 ? told : shown), ...sealed])];
}

export function sealedState(db: ReadDb, messageId: MessageId, now: Instant): SealedState | null {
  const kept = sealedOf(db, messageId, now);
  // a case that was merged tells it elsewhere: the right to look must not depend on that
  const sealed = kept.flatMap((each) => each.kinds);
  const kinds = kindsOf(db, messageId, sealed);
  if (kinds.length === 0) return null;
  const lead = needsLead(kinds);
  const caseUid = messageByUid(db, messageId)?.caseUid;
  const toldBy = kept.length > 0 || caseUid === undefined ? null : secretToldBy(db, { caseUid, messageUid: messageId });
  return {
    keptBy: toldBy === membership(db)?.user.name ? null : toldBy,
    kinds,
    keptUntil: kept.at(-1)?.expiresAt ?? null,
    needsLead: lead,
    mayReveal: kept.length > 0 && (!lead || isLeadHere(db)),
  };
}

/**
 * Opens what was sealed. The audit log and the team hear of it, with the reason, in a transaction that is committed before anything is
 * answered; what can not be opened is told as well as what can, since somebody wanted to see it.
 */
export async function revealOriginal(
  context: UseCaseContext,
  keys: GuardKeys,
  { messageId, reason }: { readonly messageId: MessageId; readonly reason: string },
): Promise<Result<Revealed, CallError>> {
  const { store, clock, ledger } = context;
  const state = store.read((db) => sealedState(db, messageId, clock.now()));
  if (state === null) return fail({ code: 'not-found', detail: messageId });
  if (state.keptUntil === null) return fail({ code: 'not-kept', detail: '' });
  if (!state.mayReveal) return fail({ code: 'not-allowed', detail: '' });
  const sealed = store.read((db) => sealedOf(db, messageId, clock.now()));
  const auditKey = await keys.auditKey();
  // an entry without the key of the vault could be made by whoever has the file
  if (auditKey === null) return fail({ code: 'vault-locked', detail: '' });
  const texts: string[] = [];
  for (const each of sealed) {
    const opened = await keys.unseal(each);
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- sealed by the redactor alone
    if (opened !== null) texts.push(...(JSON.parse(opened) as string[]));
  }
  if (texts.length === 0) return fail({ code: 'vault-locked', detail: '' });
  try {
    store.write((tx) => {
      const { agentId: actor } = requireMe(tx);
      const message = messageByUid(tx, messageId);
      if (message === undefined) throw new CommandFailure('not-found', messageId);
      const { kinds } = state;
      recordAudit(
        context,
        tx,
        { actor, action: 'secret.revealed', caseId: message.caseUid, messageId, detail: `${kinds.join(', ')}: ${reason}` },
        auditKey,
      );
      ledger.append(tx, message.caseUid, [{ type: 'case.secretRevealed', messageId, kinds, reason }], { actor });
    });
  } catch (error) {
    ledger.forget();
    if (error instanceof CommandFailure) return fail({ code: error.code, detail: error.message });
    throw error;
  }
  return ok({ texts: [...new Set(texts)], showMs: REVEAL_MS });
}
