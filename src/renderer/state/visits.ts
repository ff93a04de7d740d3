import type { VisitKind } from '../../shared/domain/desk/visit.ts';
import { call, newOperationId } from '../bridge/client.ts';

/** Remembers that somebody was there, or did that. It is a help and no more: when it can not be kept, nothing is said. */
export function noteVisit(kind: VisitKind, target: string): void {
  void call('desk.visit', { opId: newOperationId(), kind, target: target.slice(0, 200) });
}
