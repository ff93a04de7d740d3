import { CommandFailure, once, requireMe } from './context.ts';
import type { UseCaseContext } from './context.ts';
import { mayPlan } from './planner-access.ts';
import { readProfiles } from '../store/roster.store.ts';
import {
  privateViews,
  sharedView,
  sharedViews,
  viewOrder,
  writePrivateViews,
  writeSharedView,
  writeViewOrder,
} from '../store/saved-views.store.ts';
import type { SharedView } from '../store/saved-views.store.ts';
import { me } from '../store/settings.store.ts';
import type { ReadDb, WriteDb } from '../store/sql.ts';
import type { CallError } from '../../../shared/contract/define.ts';
import type { ListedView } from '../../../shared/contract/views.contract.ts';
import type { AgentId, OperationId, SavedViewId } from '../../../shared/domain/ids.ts';
import type { Result } from '../../../shared/domain/result.ts';
import { inOrder, MAX_PRIVATE_VIEWS, MAX_SHARED_VIEWS } from '../../../shared/domain/saved-view.ts';
import type { SavedView } from '../../../shared/domain/saved-view.ts';

/** The views of who sits here and those of the team, in this person's order. */
export function listViews(db: ReadDb): readonly ListedView[] {
  const agentId = me(db)?.agentId ?? null;
  const isLead = mayPlan(readProfiles(db), agentId);
  const own = privateViews(db).map((view): ListedView => ({ ...view, isShared: false, ownerId: null, canChange: true, isMine: true }));
  const shared = sharedViews(db).map(({ owner, view }): ListedView => {
    const isMine = owner === agentId;
    return { ...view, isShared: true, ownerId: owner, canChange: isMine || isLead, isMine };
  });
  return inOrder([...own, ...shared], viewOrder(db));
}

/** Makes or changes a view. Anybody may share one; a shared one is changed by its owner and by leads, and only its owner takes it back. */
export function saveView(
  context: UseCaseContext,
  input: { readonly opId: OperationId; readonly view: SavedView; readonly isShared: boolean },
): Result<null, CallError> {
  return once(context, input.opId, 'views.save', (tx) => {
    const { view, isShared } = input;
    const { agentId } = requireMe(tx);
    const shared = sharedView(tx, view.viewId);
    const others = privateViews(tx).filter((each) => each.viewId !== view.viewId);
    const known = shared?.view ?? null;
    const isMine = shared === null || shared.owner === agentId;
    if (isShared) {
      if (!isMine) requireLead(tx, agentId);
      if (known === null && sharedViews(tx).length >= MAX_SHARED_VIEWS) throw new CommandFailure('too-many');
      tell(context, tx, view.viewId, { owner: shared?.owner ?? agentId, view }, agentId);
      writePrivateViews(tx, others);
      return { value: null };
    }
    if (shared !== null && known !== null) {
      if (!isMine) throw new CommandFailure('not-allowed');
      tell(context, tx, view.viewId, { owner: shared.owner, view: null }, agentId);
    }
    if (others.length >= MAX_PRIVATE_VIEWS) throw new CommandFailure('too-many');
    writePrivateViews(tx, [...others, view]);
    return { value: null };
  });
}

export function removeView(
  context: UseCaseContext,
  { opId, viewId }: { readonly opId: OperationId; readonly viewId: SavedViewId },
): Result<null, CallError> {
  return once(context, opId, 'views.remove', (tx) => {
    const { agentId } = requireMe(tx);
    const own = privateViews(tx);
    if (own.some((view) => view.viewId === viewId)) {
      writePrivateViews(
        tx,
        own.filter((view) => view.viewId !== viewId),
      );
      return { value: null };
    }
    const shared = sharedView(tx, viewId);
    // gone already: a colleague was faster
    if (shared === null || shared.view === null) return { value: null };
    if (shared.owner !== agentId) requireLead(tx, agentId);
    tell(context, tx, viewId, { owner: shared.owner, view: null }, agentId);
    return { value: null };
  });
}

export function orderViews(
  context: UseCaseContext,
  { opId, viewIds }: { readonly opId: OperationId; readonly viewIds: readonly SavedViewId[] },
): Result<null, CallError> {
  return once(context, opId, 'views.order', (tx) => {
    writeViewOrder(tx, viewIds);
    return { value: null };
  });
}

function requireLead(tx: ReadDb, agentId: AgentId): void {
  if (!mayPlan(readProfiles(tx), agentId)) throw new CommandFailure('not-allowed');
}

function tell(context: UseCaseContext, tx: WriteDb, viewId: SavedViewId, shared: SharedView, actor: AgentId): void {
  const { owner, view } = shared;
  const stream = `view.${viewId}`;
  if (view === null) context.ledger.recordTeamEvent(tx, stream, 'view.removed', { viewId, owner }, { actor });
  else context.ledger.recordTeamEvent(tx, stream, 'view.saved', { view, owner }, { actor });
  writeSharedView(tx, viewId, shared);
}
