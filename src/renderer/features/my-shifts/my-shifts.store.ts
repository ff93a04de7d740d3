import { create } from 'zustand';
import type { ShiftId } from '../../../shared/domain/ids.ts';

/** Which request is being written. */
interface MyShiftsState {
  readonly dialog: { readonly kind: 'swap'; readonly shiftId: ShiftId | null } | { readonly kind: 'absence' } | null;
}

export const useMyShifts = create<MyShiftsState>()(() => ({ dialog: null }));

export function openSwapDialog(shiftId: ShiftId | null): void {
  useMyShifts.setState({ dialog: { kind: 'swap', shiftId } });
}

export function openAbsenceDialog(): void {
  useMyShifts.setState({ dialog: { kind: 'absence' } });
}

export function closeRequestDialog(): void {
  useMyShifts.setState({ dialog: null });
}
