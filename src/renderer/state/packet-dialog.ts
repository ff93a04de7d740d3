import { create } from 'zustand';
import type { Recipient } from '../../shared/domain/handoff/packet.ts';
import type { CaseId } from '../../shared/domain/ids.ts';

/** Which cases the packet dialog is open for; any screen opens it, and the feature that owns it shows it. */
export interface PacketDialog {
  /** Null while it is closed. */
  readonly open: readonly CaseId[] | null;
  /** To whom, when that was chosen before it was opened. */
  readonly to: Recipient | null;
}

export const usePacketDialog = create<PacketDialog>()((): PacketDialog => ({ open: null, to: null }));

/** Opens the packet of a case, or of several that are offered together; nothing is opened for none. */
export function openPacket(caseIds: readonly CaseId[], to: Recipient | null = null): void {
  if (caseIds.length > 0) usePacketDialog.setState({ open: caseIds, to });
}

export function closePacket(): void {
  usePacketDialog.setState({ open: null, to: null });
}
