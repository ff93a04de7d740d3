import i18next from 'i18next';
import type { FilledFor, ListedMacro } from '../../../../shared/contract/macros.contract.ts';
import type { CaseId, MacroId, OutboxId } from '../../../../shared/domain/ids.ts';
import { MACRO_VARIABLES } from '../../../../shared/domain/macro/fill-macro.ts';
import { call, newOperationId } from '../../../bridge/client.ts';
import { errorText } from '../../../i18n/error-text.ts';
import { checkCases, useSession } from '../../../state/session.ts';
import { offerUndo } from '../../../state/undo.ts';
import { showToast } from '../../../ui/toast.tsx';
import { sparingWriters } from '../../../state/writers.ts';
import { startWriting } from '../inbox-store.ts';
import { useMacros } from './macro-store.ts';

const macroText = () => i18next.getFixedT(null, 'macros');

/** Puts the words into the reply, where what it does waits for the sending; without words it is done at once. */
export async function insertInCase(
  macro: ListedMacro & { readonly filled: FilledFor },
  caseId: CaseId,
  caret: number | null,
): Promise<void> {
  if ((await sparingWriters([caseId])) === null) return;
  const { text } = macro.filled;
  if (text === null) {
    await applyMacro(macro.macroId, macro.name, [caseId], []);
    return;
  }
  startWriting(caseId, 'reply');
  const { name, actions } = macro;
  useMacros.setState({
    insert: { caseId, text, caret, macro: actions.length === 0 ? null : { name, actions }, name: macroText()('inserted', { name }) },
  });
  await call('macros.used', { opId: newOperationId(), macroId: macro.macroId });
}

/** Asks who gets what where there are words; else does it at once. */
export async function applyInCases(macro: ListedMacro, chosen: readonly CaseId[]): Promise<void> {
  const { macroId, name } = macro;
  const caseIds = await sparingWriters(chosen);
  if (caseIds === null) return;
  if (macro.texts.length === 0) void applyMacro(macroId, name, caseIds, []);
  else useMacros.setState({ confirm: { macroId, name, caseIds } });
}

/** Does what a macro does to all of the cases and queues the replies, with one undo for the whole. False when nothing was done. */
export async function applyMacro(
  macroId: MacroId,
  name: string,
  caseIds: readonly CaseId[],
  replies: readonly { readonly caseId: CaseId; readonly text: string }[],
): Promise<boolean> {
  const t = macroText();
  const opId = newOperationId();
  const answer = await call('macros.apply', { opId, macroId, caseIds: [...caseIds], replies: [...replies] });
  if (!answer.ok) {
    const { code } = answer.error;
    showToast({ title: t('failed'), description: whyNot(code), tone: 'problem' });
    return false;
  }
  const { changed, undoable, outboxIds } = answer.value;
  const count = Math.max(changed, outboxIds.length);
  if (count === 0) showToast({ title: t('nothing', { name }) });
  else if (undoable || outboxIds.length > 0)
    offerUndo({ opId, label: t('applied', { name, count }), takeBack: async () => takeAllBack(outboxIds, undoable ? opId : null) });
  else showToast({ title: t('applied', { name, count }), tone: 'ok' });
  if (caseIds.length > 1 || useSession.getState().checkedCaseIds.size > 0) checkCases([]);
  return true;
}

/** The replies that have not left, and what was done to the cases. Answers the first code of what could not be taken back, else null. */
async function takeAllBack(outboxIds: readonly OutboxId[], undoes: Parameters<typeof offerUndo>[0]['opId'] | null): Promise<string | null> {
  let code: string | null = null;
  for (const outboxId of outboxIds) {
    const cancelled = await call('outbox.cancel', { opId: newOperationId(), outboxId });
    if (!cancelled.ok) code ??= cancelled.error.code;
    // nobody wrote it by hand: no draft is left behind
    else await call('drafts.discard', { opId: newOperationId(), draftId: cancelled.value.draftId });
  }
  if (undoes === null) return code;
  const undone = await call('cases.undo', { opId: newOperationId(), undoes });
  return undone.ok ? code : undone.error.code;
}

const KNOWN = [
  'has-draft',
  'other-channel',
  'no-text',
  'no-recipient',
  'text-too-long',
  'window-over',
  'not-summoned',
  'asks-for-secret',
  'echoes-secret',
  'unofficial-link',
  'unconfirmed-address',
  'account-removed',
] as const;

function whyNot(code: string): string {
  return KNOWN.some((known) => known === code) ? problemText(code, []) : errorText(i18next.getFixedT(null, 'errors'), code);
}

/** Why a customer gets no reply. */
export function problemText(code: string, gaps: readonly string[]): string {
  const t = macroText();
  if (code === 'macro-gap') return t('problem.macro-gap', { gaps: gaps.map(gapName).join(', ') });
  const known = KNOWN.find((each) => each === code);
  return known === undefined ? t('problem.other', { code }) : t(`problem.${known}`);
}

const TAKEN_OUT = ['amount', 'payment.address', 'mail', 'phone', 'link', 'code', 'number', 'secret'] as const;

/** A variable as people call it. */
export function gapName(name: string): string {
  const t = macroText();
  if (name === '?') return t('gapUnknown');
  const known = MACRO_VARIABLES.find((each) => each === name);
  if (known !== undefined) return t(`variable.${known}`);
  // what was taken out of an answer that another customer got
  const taken = TAKEN_OUT.find((each) => each === name);
  return taken === undefined ? name : i18next.t(`suggest:gap.${taken}`);
}
