import i18next from 'i18next';
import { call, newOperationId } from '../bridge/client.ts';
import type { OperationId } from '../../shared/domain/ids.ts';
import { formatsFor } from '../i18n/formats.ts';
import { showToast } from '../ui/toast.tsx';
import type { ToastHandle } from '../ui/toast.tsx';
import { clock } from './clock-store.ts';
import { useSession } from './session.ts';
import { UndoStack } from './undo-stack.ts';
import type { Deed, UndoEntry } from './undo-stack.ts';

export const undoStack = new UndoStack();
let shown: ToastHandle | null = null;
/** One step at a time: a key that is pressed twice means two steps, not one step twice. */
let turn: Promise<unknown> = Promise.resolve();

/** Something is being done, and shown already: whoever takes the last thing back means this one, and waits for it. */
export function deedUnderWay(work: Promise<unknown>): void {
  turn = Promise.allSettled([turn, work]);
}

/** Remembers something that was done and offers to take it back. */
export function offerUndo(entry: UndoEntry): void {
  undoStack.push(entry, clock.now());
  shown?.close();
  shown = showToast({
    title: entry.label,
    tone: 'ok',
    action: { label: i18next.t('frame:undo.button'), shortcut: 'u', onAction: () => void undoDeed(entry.opId) },
  });
}

/** Takes back the newest thing that was done and stands; says so when there is none. */
export async function undoLast(): Promise<void> {
  return inTurn(async () => {
    const deed = undoStack.next;
    if (deed === null) showToast({ title: i18next.t('frame:undo.nothing') });
    else await undo(deed);
  });
}

/** Does again what was taken back last. */
export async function redoLast(): Promise<void> {
  return inTurn(async () => {
    const deed = undoStack.nextAgain;
    if (deed === null) showToast({ title: i18next.t('keys:undone.redoNothing') });
    else await redo(deed);
  });
}

/** Takes back one thing of the list, whatever was done after it, where that changed nothing of it. */
export async function undoDeed(key: string): Promise<void> {
  return inTurn(async () => {
    const deed = undoStack.find(key);
    if (deed?.state === 'done') await undo(deed);
  });
}

export async function redoDeed(key: string): Promise<void> {
  return inTurn(async () => {
    const deed = undoStack.find(key);
    if (deed?.state === 'undone') await redo(deed);
  });
}

/** Whether a thing that was taken back can be done again. */
export function canRedo(deed: Deed): boolean {
  return deed.state === 'undone' && (deed.takeBack === undefined || deed.doAgain !== undefined);
}

async function inTurn(work: () => Promise<void>): Promise<void> {
  const before = turn;
  const mine = before.then(work, work);
  turn = mine;
  return mine;
}

/** What came of a step: null when it worked, with how many cases stayed as they were. */
interface Step {
  readonly code: string | null;
  readonly opId: OperationId;
  readonly note: string;
}

async function undo(deed: Deed): Promise<void> {
  shown?.close();
  const step = deed.takeBack === undefined ? await throughEngine(deed.lastOpId) : await own(deed.takeBack);
  if (step.code === null) {
    undoStack.undone(deed.key, step.opId);
    shown = showToast({
      title: i18next.t('frame:undo.undone', { what: deed.label }),
      description: step.note === '' ? undefined : step.note,
      ...(canRedo({ ...deed, state: 'undone' })
        ? { action: { label: i18next.t('keys:undone.redo'), shortcut: 'shift+z', onAction: () => void redoDeed(deed.key) } }
        : {}),
    });
    return;
  }
  fail(deed, step, 'frame:undo.failed');
}

async function redo(deed: Deed): Promise<void> {
  shown?.close();
  if (!canRedo(deed)) {
    undoStack.gone(deed.key, i18next.t('keys:undone.already'));
    showToast({ title: i18next.t('keys:undone.redoFailed', { what: deed.label }), tone: 'problem' });
    return;
  }
  const step = deed.doAgain === undefined ? await throughEngine(deed.lastOpId) : await own(deed.doAgain);
  if (step.code === null) {
    undoStack.doneAgain(deed.key, step.opId);
    shown = showToast({
      title: i18next.t('keys:undone.redone', { what: deed.label }),
      description: step.note === '' ? undefined : step.note,
      action: { label: i18next.t('frame:undo.button'), shortcut: 'u', onAction: () => void undoDeed(deed.key) },
    });
    return;
  }
  fail(deed, step, 'keys:undone.redoFailed');
}

/** Says why it did not work; what will never work is marked so, what may work later stays. */
function fail(deed: Deed, step: Step, title: 'frame:undo.failed' | 'keys:undone.redoFailed'): void {
  const why = step.note === '' ? i18next.t(`errors:common.${commonCode(step.code ?? '')}`) : step.note;
  if (step.code !== 'engine-stopped' && step.code !== 'storage-full')
    undoStack.gone(deed.key, step.note === '' ? i18next.t('keys:undone.changedSince') : step.note);
  showToast({ title: i18next.t(title, { what: deed.label }), description: why, tone: 'problem' });
}

async function own(work: () => Promise<string | null>): Promise<Step> {
  return { code: await work(), opId: newOperationId(), note: '' };
}

async function throughEngine(undoes: OperationId): Promise<Step> {
  const opId = newOperationId();
  const answer = await call('cases.undo', { opId, undoes });
  if (answer.ok) {
    const { kept, keptBy } = answer.value;
    const names = kept === 0 ? '' : await namesOf(keptBy);
    const note =
      kept === 0
        ? ''
        : names === ''
          ? i18next.t('keys:undone.kept', { count: kept })
          : i18next.t('keys:undone.keptBy', { count: kept, names });
    return { code: null, opId, note };
  }
  const { code, detail } = answer.error;
  if (code !== 'changed-since') return { code, opId, note: '' };
  const names = await namesOf(detail.split(' '));
  return { code, opId, note: names === '' ? i18next.t('keys:undone.changedSince') : i18next.t('keys:undone.changedBy', { names }) };
}

/** People by their names, oneself as "you"; empty for nobody. */
async function namesOf(agentIds: readonly string[]): Promise<string> {
  const workspace = await call('workspace.get', {});
  if (!workspace.ok) return '';
  const names = workspace.value.agents
    .filter(({ agentId }) => agentIds.includes(agentId))
    .map(({ name, isMe }) => (isMe ? i18next.t('keys:undone.you') : name));
  const { locale, zone } = useSession.getState();
  return formatsFor(locale, zone).list(names);
}

function commonCode(code: string): 'nothing-to-undo' | 'engine-stopped' | 'storage-full' | 'internal' {
  return code === 'nothing-to-undo' || code === 'engine-stopped' || code === 'storage-full' ? code : 'internal';
}
