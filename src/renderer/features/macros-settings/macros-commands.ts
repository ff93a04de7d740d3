import i18next from 'i18next';
import type { ListedMacro } from '../../../shared/contract/macros.contract.ts';
import { makeId } from '../../../shared/domain/ids.ts';
import type { Macro } from '../../../shared/domain/macro/macro.ts';
import { call, newOperationId } from '../../bridge/client.ts';
import { formatsFor } from '../../i18n/formats.ts';
import { errorText } from '../../i18n/error-text.ts';
import { useSession } from '../../state/session.ts';
import { offerUndo } from '../../state/undo.ts';
import { showToast } from '../../ui/toast.tsx';

export function freshMacro(): Macro {
  return { macroId: makeId('mac', newOperationId().slice('op_'.length)), name: '', shortcut: '', texts: [], actions: [], channels: [] };
}

/** What is kept of a macro in a list. */
export function macroOf({ macroId, name, shortcut, texts, actions, channels }: Macro): Macro {
  return { macroId, name, shortcut, texts, actions, channels };
}

/** Saves a macro and offers to put back what was. Answers why it could not be saved, in words, else null. */
export async function saveMacro(macro: Macro, isTeam: boolean, before: ListedMacro | null): Promise<string | null> {
  const opId = newOperationId();
  const answer = await call('macros.save', { opId, macro, isTeam });
  if (!answer.ok) return refusalText(answer.error.code, answer.error.detail);
  offerUndo({
    opId,
    label: i18next.t('macros:done.saved', { name: macro.name }),
    takeBack: async () => (before === null ? remove(macro) : put(before)),
    doAgain: async () => put({ ...macro, isTeam }),
  });
  return null;
}

/** Removes a macro and offers to bring it back. False when that could not be. */
export async function removeMacro(macro: ListedMacro): Promise<boolean> {
  const opId = newOperationId();
  const answer = await call('macros.remove', { opId, macroId: macro.macroId });
  if (!answer.ok) {
    showToast({ title: i18next.t('macros:notSaved'), description: refusalText(answer.error.code, answer.error.detail), tone: 'problem' });
    return false;
  }
  offerUndo({
    opId,
    label: i18next.t('macros:done.removed', { name: macro.name }),
    takeBack: async () => put(macro),
    doAgain: async () => remove(macro),
  });
  return true;
}

async function put(macro: Macro & Pick<ListedMacro, 'isTeam'>): Promise<string | null> {
  const answer = await call('macros.save', { opId: newOperationId(), macro: macroOf(macro), isTeam: macro.isTeam });
  return answer.ok ? null : answer.error.code;
}

async function remove({ macroId }: Macro): Promise<string | null> {
  const answer = await call('macros.remove', { opId: newOperationId(), macroId });
  return answer.ok ? null : answer.error.code;
}

const REFUSALS = [
  'not-allowed',
  'too-many',
  'shortcut-taken',
  'unknown-variable',
  'nothing-in-it',
  'asks-for-secret',
  'echoes-secret',
  'unofficial-link',
  'unconfirmed-address',
] as const;
/** Refusals whose detail is the language of the text. */
const OF_TEXT: ReadonlySet<string> = new Set(['asks-for-secret', 'echoes-secret', 'unofficial-link', 'unconfirmed-address']);

function refusalText(code: string, detail: string): string {
  const known = REFUSALS.find((each) => each === code);
  if (known === undefined) return errorText(i18next.getFixedT(null, 'errors'), code);
  const shown = OF_TEXT.has(code) ? languageName(detail) : detail;
  return i18next.t(`macros:refusal.${known}`, { detail: shown });
}

function languageName(tag: string): string {
  return formatsFor(useSession.getState().locale, 'UTC').languageName(tag);
}
