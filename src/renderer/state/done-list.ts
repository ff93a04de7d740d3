import { create } from 'zustand';

export const useDoneList = create<{ readonly isOpen: boolean }>(() => ({ isOpen: false }));

/** Opens the list of what was done in this session, or closes it. */
export function setDoneListOpen(isOpen: boolean): void {
  useDoneList.setState({ isOpen });
}
