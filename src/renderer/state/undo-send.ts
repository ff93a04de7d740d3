import type { OutboxId } from '../../shared/domain/ids.ts';
import { showToast } from '../ui/toast.tsx';
import type { ToastContent, ToastHandle } from '../ui/toast.tsx';

const offers = new Map<OutboxId, ToastHandle>();

/** Offers to take a reply back for as long as it waits, in milliseconds. */
export function offerUndoSend(
  outboxId: OutboxId,
  { waitsMs, ...content }: Omit<ToastContent, 'durationMs'> & { readonly waitsMs: number },
): void {
  offers.set(outboxId, showToast({ ...content, durationMs: waitsMs }));
  setTimeout(() => offers.delete(outboxId), waitsMs);
}

/** Somebody let it leave, or took it back, where it stands: there is nothing to offer any more. */
export function endUndoSend(outboxId: OutboxId): void {
  offers.get(outboxId)?.close();
  offers.delete(outboxId);
}
