import i18next from 'i18next';
import { call, newOperationId } from '../bridge/client.ts';
import type { OperationId } from '../../shared/domain/ids.ts';
import { showToast } from '../ui/toast.tsx';
import type { ToastHandle } from '../ui/toast.tsx';
import { UndoStack } from './undo-stack.ts';
import type { UndoEntry } from './undo-stack.ts';

export const undoStack = new UndoStack();
let shown: ToastHandle | null = null;

/** Remembers something that was done and offers to take it back. */
export function offerUndo(entry: UndoEntry): void {
  undoStack.push(entry);
  shown?.close();
  shown = showToast({
    title: entry.label,
    tone: 'ok',
    action: { label: i18next.t('frame:undo.button'), shortcut: 'u', onAction: () => void undoOperation(entry.opId) },
  });
}

/** Takes back the newest thing that was done; says so when there is none. */
export async function undoLast(): Promise<void> {
  const entry = undoStack.pop();
  if (entry === null) {
    showToast({ title: i18next.t('frame:undo.nothing') });
    return;
  }
  await undo(entry);
}

async function undoOperation(opId: OperationId): Promise<void> {
  const entry = undoStack.take(opId);
  if (entry !== null) await undo(entry);
}

async function undo(entry: UndoEntry): Promise<void> {
  shown?.close();
  const code = await (entry.takeBack ?? (() => takeBackOperation(entry.opId)))();
  if (code === null) {
    shown = showToast({ title: i18next.t('frame:undo.undone', { what: entry.label }) });
    return;
  }
  if (code === 'engine-stopped') undoStack.push(entry);
  showToast({
    title: i18next.t('frame:undo.failed', { what: entry.label }),
    description: i18next.t(`errors:common.${commonCode(code)}`),
    tone: 'problem',
  });
}

async function takeBackOperation(opId: OperationId): Promise<string | null> {
  const answer = await call('cases.undo', { opId: newOperationId(), undoes: opId });
  return answer.ok ? null : answer.error.code;
}

function commonCode(code: string): 'nothing-to-undo' | 'engine-stopped' | 'storage-full' | 'internal' {
  return code === 'nothing-to-undo' || code === 'engine-stopped' || code === 'storage-full' ? code : 'internal';
}
