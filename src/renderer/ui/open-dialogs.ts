import { useEffect } from 'react';
import { create } from 'zustand';

/** How many modal dialogs are open, one over the other. */
const useOpenDialogs = create(() => ({ count: 0 }));

/** For a dialog: says that it is open. What is told beside dialogs keeps off them. */
export function useSayOpen(isOpen: boolean): void {
  useEffect(() => {
    if (!isOpen) return undefined;
    useOpenDialogs.setState(({ count }) => ({ count: count + 1 }));
    return () => useOpenDialogs.setState(({ count }) => ({ count: count - 1 }));
  }, [isOpen]);
}

/** Whether any modal dialog is open. */
export function useIsDialogOpen(): boolean {
  return useOpenDialogs(({ count }) => count > 0);
}
