import { recordAudit } from './audit.ts';
import { CommandFailure } from './context.ts';
import type { UseCaseContext } from './context.ts';
import { textsWith } from '../store/guard.store.ts';
import { officialRegistryOf } from './guard-settings.ts';
import type { Redactor } from './redactor.ts';
import type { ReadDb, WriteDb } from '../store/sql.ts';
import { addressesIn, isSameAddress } from '../../../shared/domain/guard/addresses.ts';
import type { PaymentAddress } from '../../../shared/domain/guard/addresses.ts';
import type { OutboundFinding, RegistrableDomain } from '../../../shared/domain/guard/guard-types.ts';
import { checkOutbound } from '../../../shared/domain/guard/outbound.ts';
import { splitPlaceholders } from '../../../shared/domain/guard/placeholder.ts';
import type { SecretScanner } from '../../../shared/domain/guard/secret-types.ts';
import type { AgentId, CaseId } from '../../../shared/domain/ids.ts';

/**
 * Judges what is about to leave, by the team's list of who it is. Addresses for payments are judged in the conversation of a case alone: what its
 * customer has not written, and nobody has confirmed in it before, has to be confirmed.
 */
export type OutboundGuard = (db: ReadDb, text: string, caseUid: CaseId | null) => readonly OutboundFinding[];

export function createOutboundGuard(deps: {
  readonly scanner: () => SecretScanner;
  readonly registrableDomain: RegistrableDomain;
}): OutboundGuard {
  return (db, text, caseUid) => {
    const registry = officialRegistryOf(db);
    const links = registry.domains.length === 0 ? null : { registry, registrableDomain: deps.registrableDomain };
    const isConfirmed = caseUid === null ? null : (found: PaymentAddress): boolean => isInConversation(db, caseUid, found);
    return [...checkOutbound(text, { scanner: deps.scanner(), links, isConfirmed }), ...placeholdersIn(text)].toSorted(
      (a, b) => a.from - b.from || a.to - b.to,
    );
  };
}

/** As a whole, in what the customer wrote or was told in this case. */
function isInConversation(db: ReadDb, caseUid: CaseId, { address }: PaymentAddress): boolean {
  return textsWith(db, caseUid, address).some((text) => addressesIn(text).some((known) => isSameAddress(known.address, address)));
}

/** What was taken out of a draft when it was saved must not leave as if somebody had meant it; what is quoted may. */
function placeholdersIn(text: string): readonly OutboundFinding[] {
  const findings: OutboundFinding[] = [];
  let at = 0;
  for (const part of splitPlaceholders(text)) {
    const from = at;
    at += part.text.length;
    const line = text.slice(text.lastIndexOf('\n', from - 1) + 1, from);
    if (part.type === 'secret' && !/^\s*>/u.test(line))
      findings.push({ code: 'echoes-secret', severity: 'block', from, to: at, detail: part.kind });
  }
  return findings;
}

/** Why a reply is refused, by what is worst about it. */
export function refusalOf(findings: readonly OutboundFinding[]): string | null {
  const blocking = new Set(findings.filter(({ severity }) => severity === 'block').map(({ code }) => code));
  if (blocking.has('asks-for-secret')) return 'asks-for-secret';
  if (blocking.has('echoes-secret')) return 'echoes-secret';
  if (blocking.has('look-alike-domain') || blocking.has('disguised-link')) return 'unofficial-link';
  return blocking.size > 0 ? 'unconfirmed-address' : null;
}

/** What replies are judged with; texts of machines and of tests that are about something else go without. */
export interface ReplyGuard {
  readonly outbound: OutboundGuard;
  readonly redactor: Pick<Redactor, 'text'>;
  /** For the audit log, when a refusal is overridden. */
  readonly auditKey: Uint8Array | null;
}

/** A finding by which it is known again, without what stood in the text. */
function nameOf({ code, detail }: OutboundFinding): string {
  return `${code} (${detail})`.slice(0, 1_000);
}

/** Why a reply that was queued a while ago is refused by now, or null: what its writer has answered for then is no news. */
export function refusedNow(
  { outbound }: Pick<ReplyGuard, 'outbound'>,
  db: ReadDb,
  { payload, caseUid }: { readonly payload: { readonly text: string; readonly allowed?: readonly string[] }; readonly caseUid: CaseId },
): string | null {
  const allowed = new Set(payload.allowed);
  return refusalOf(outbound(db, payload.text, caseUid).filter((finding) => !allowed.has(nameOf(finding))));
}

/** A text as it may leave, and what was found in it that somebody answers for. */
export interface GuardedText {
  readonly text: string;
  readonly allowed: readonly string[];
}

/**
 * A reply's text as it may leave. Throws a CommandFailure with the findings as its detail (JSON) for one that the guardrails refuse, unless
 * somebody says why it is fine: then that is in the audit log, and secrets in it are taken out all the same.
 */
export function guardedReply(
  context: Pick<UseCaseContext, 'clock' | 'ledger'> & { readonly guard?: ReplyGuard },
  tx: WriteDb,
  reply: { readonly text: string; readonly caseUid: CaseId; readonly author: AgentId; readonly overrideReason: string | undefined },
): GuardedText {
  const { guard } = context;
  if (guard === undefined) return { text: reply.text, allowed: [] };
  const findings = guard.outbound(tx, reply.text, reply.caseUid).filter(({ severity }) => severity === 'block');
  const refusal = refusalOf(findings);
  if (refusal === null) return { text: reply.text, allowed: [] };
  if (reply.overrideReason === undefined) throw new CommandFailure(refusal, JSON.stringify(findings));
  const allowed = [...new Set(findings.map(nameOf))];
  const what = allowed.join(', ');
  const detail = `${what}: ${reply.overrideReason}`;
  recordAudit(context, tx, { actor: reply.author, action: 'reply.overridden', caseId: reply.caseUid, detail }, guard.auditKey);
  return { text: guard.redactor.text(reply.text).text, allowed };
}
