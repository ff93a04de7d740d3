import { refusalOf } from './outbound-guard.ts';
import type { OutboundGuard } from './outbound-guard.ts';
import { listMacros, macroOf } from './macros.ts';
import { caseByUid, currentCaseUid } from '../store/cases.store.ts';
import { contactByUid } from '../store/contacts.store.ts';
import { answerTarget } from '../store/conversations.store.ts';
import { draftOfCase } from '../store/drafts.store.ts';
import { messagesOfCase } from '../store/messages.store.ts';
import { promisesOfCase } from '../store/promises.store.ts';
import { me, readSettings } from '../store/settings.store.ts';
import type { ReadDb } from '../store/sql.ts';
import { detailOf } from '../store/timeline.store.ts';
import type { CaseDetail } from '../../../shared/contract/cases.contract.ts';
import type { FilledFor, ListedMacro } from '../../../shared/contract/macros.contract.ts';
import { capabilitiesFor } from '../../../shared/domain/channel/capabilities.ts';
import { outboundProblems } from '../../../shared/domain/channel/outbound-limits.ts';
import type { CaseId, MacroId } from '../../../shared/domain/ids.ts';
import { fillMacro } from '../../../shared/domain/macro/fill-macro.ts';
import type { FilledMacro, MacroFacts, MacroFormats } from '../../../shared/domain/macro/fill-macro.ts';
import { fitsChannel, textFor } from '../../../shared/domain/macro/macro.ts';
import type { Macro } from '../../../shared/domain/macro/macro.ts';
import { customerZone } from '../../../shared/domain/promise/customer-zone.ts';
import { keysOf } from '../../../shared/domain/routing/case-keys.ts';
import { instant } from '../../../shared/domain/time.ts';
import type { Instant } from '../../../shared/domain/time.ts';

/** Times in the words of a language, on the 24 hour clock, which no language reads two ways. */
export function macroFormats(language: string): MacroFormats {
  const format = (at: Instant, timeZone: string, options: Intl.DateTimeFormatOptions): string =>
    new Intl.DateTimeFormat(language, { timeZone, ...options }).format(at);
  return {
    time: (at, zone) => format(at, zone, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }),
    dayAndTime: (at, zone) =>
      format(at, zone, { weekday: 'long', day: 'numeric', month: 'long', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }),
    date: (at, zone) => format(at, zone, { dateStyle: 'long' }),
  };
}

/** What is known of a case now; null when there is no such case. */
function factsOf(db: ReadDb, caseUid: CaseId, now: Instant): MacroFacts | null {
  const saved = caseByUid(db, caseUid);
  const contact = saved === undefined ? undefined : contactByUid(db, saved.state.contactId);
  if (saved === undefined || contact === undefined) return null;
  const zone = customerZone(contact, 'UTC', now);
  const open = promisesOfCase(db, saved.id).filter((promise) => promise.state === 'open');
  const promiseAt = open.length === 0 ? null : instant(Math.min(...open.map(({ dueAt }) => dueAt)));
  // the newest message that names one: customers do not say it again in every one
  const keys = messagesOfCase(db, saved.id)
    .filter((message) => message.kind === 'in' && message.auto === 'none')
    .toReversed()
    .flatMap((message) => keysOf({ from: message.from, replyTo: [], text: message.text, origin: message.origin }));
  const newest = (kind: 'order' | 'transaction'): string | null =>
    keys.find((key) => key.startsWith(`${kind}:`))?.slice(kind.length + 1) ?? null;
  return {
    now,
    customerName: contact.name === '' ? null : contact.name,
    customerZone: zone.source === 'assumed' ? null : zone.zone,
    agentName: me(db)?.name ?? null,
    subject: saved.state.subject,
    promiseAt,
    orderId: newest('order'),
    transactionId: newest('transaction'),
  };
}

export interface FillDeps {
  readonly guard: OutboundGuard;
  readonly now: Instant;
}

/** Mail ends with the signature of who writes it, as in the composer; chats have none. */
function withSignature(text: string, signature: string, detail: CaseDetail): string {
  return detail.origin === null && signature.trim() !== '' ? `${text.trimEnd()}\n\n-- \n${signature.trim()}` : text;
}

/** What a macro says in a case, and why that could not be sent. */
function filledFor(
  db: ReadDb,
  deps: FillDeps,
  {
    macro,
    detail,
    facts,
    signature = '',
  }: { readonly macro: Macro; readonly detail: CaseDetail; readonly facts: MacroFacts; readonly signature?: string },
): FilledFor {
  const { caseId, subject, contactName, contactAddress } = detail;
  const chosen = textFor(macro, detail.language ?? detail.contact.language);
  const base = { caseId, subject, contactName: contactName === '' ? contactAddress : contactName };
  if (chosen === null) return { ...base, language: null, isFallback: false, text: null, gaps: [], problem: 'no-text' };
  const filled = fillMacro(chosen.text, facts, macroFormats(chosen.language));
  const text = withSignature(filled.text, signature, detail);
  const { gaps } = filled;
  const problem = problemOf(db, deps, { macro, detail, text, gaps });
  return { ...base, language: chosen.language, isFallback: chosen.isFallback, text, gaps, problem };
}

function problemOf(
  db: ReadDb,
  { guard, now }: FillDeps,
  { macro, detail, text, gaps }: FilledMacro & { readonly macro: Macro; readonly detail: CaseDetail },
): string | null {
  if (!detail.canReply) return detail.cannotReplyCode ?? 'account-removed';
  if (!fitsChannel(macro, detail.channel)) return 'other-channel';
  if (gaps.length > 0) return 'macro-gap';
  if (detail.replyTo.length === 0) return 'no-recipient';
  const draft = draftOfCase(db, detail.caseId, 'reply');
  if (draft !== undefined) return 'has-draft';
  const saved = caseByUid(db, detail.caseId);
  const origin = saved === undefined ? null : answerTarget(db, saved.id);
  const shape = { text, attachments: [], now, lastInboundAt: detail.lastInboundAt, isSummoned: origin?.isSummon ?? null };
  const [refused] = outboundProblems(capabilitiesFor(detail.channel, origin), shape);
  return refused?.code ?? refusalOf(guard(db, text, detail.caseId));
}

/** What one macro says in each case; cases that are gone are left out. */
export function previewMacro(db: ReadDb, deps: FillDeps, macroId: MacroId, caseIds: readonly CaseId[]): readonly FilledFor[] {
  const macro = macroOf(db, macroId);
  if (macro === null) return [];
  const { signature } = readSettings(db);
  return caseIds.flatMap((caseId) => {
    const uid = currentCaseUid(db, caseId);
    const [detail, facts] = [detailOf(db, uid), factsOf(db, uid, deps.now)];
    return detail === null || facts === null ? [] : [filledFor(db, deps, { macro, detail, facts, signature })];
  });
}

/** What one macro says in a case; null when the case is not here. */
export function macroForCase(db: ReadDb, deps: FillDeps, macro: Macro, caseId: CaseId): FilledFor | null {
  const uid = currentCaseUid(db, caseId);
  const [detail, facts] = [detailOf(db, uid), factsOf(db, uid, deps.now)];
  return detail === null || facts === null ? null : filledFor(db, deps, { macro, detail, facts });
}

/** Every macro that fits a case, with what it says there. */
export function macrosForCase(db: ReadDb, deps: FillDeps, caseId: CaseId): readonly (ListedMacro & { readonly filled: FilledFor })[] {
  const uid = currentCaseUid(db, caseId);
  const [detail, facts] = [detailOf(db, uid), factsOf(db, uid, deps.now)];
  if (detail === null || facts === null) return [];
  return listMacros(db)
    .filter((macro) => fitsChannel(macro, detail.channel))
    .map((macro) => ({ ...macro, filled: filledFor(db, deps, { macro, detail, facts }) }));
}

/** The customer of the example. */
const SOMEBODY = {
  customerName: 'Mei Tanaka',
  customerZone: 'Asia/Tokyo',
  subject: 'My withdrawal has not arrived',
  orderId: '2026110731',
  transactionId: 'c0ffee254729296a45a3885639ac7e10f9d54979',
};

/** What a text that is being written says in a case, or of an invented customer. */
export function tryMacro(
  db: ReadDb,
  now: Instant,
  { text, language, caseId }: { readonly text: string; readonly language: string; readonly caseId: CaseId | null },
): FilledMacro {
  const known = caseId === null ? null : factsOf(db, currentCaseUid(db, caseId), now);
  const facts = known ?? { ...SOMEBODY, now, agentName: me(db)?.name ?? null, promiseAt: instant(now + 4 * 3_600_000) };
  return fillMacro(text, facts, macroFormats(language));
}
