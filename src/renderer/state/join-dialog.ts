import { create } from 'zustand';

/** The dialog in which a person joins a team; any screen and any link may open it, and it alone joins. */
export const useJoinDialog = create<{
  readonly isOpen: boolean;
  /** What it was opened with: the text of an invite, or nothing. */
  readonly text: string;
  /** `link`: another program handed it over, and nobody asked for it. */
  readonly source: 'person' | 'link';
}>(() => ({ isOpen: false, text: '', source: 'person' }));

export function openJoinDialog(text = '', source: 'person' | 'link' = 'person'): void {
  useJoinDialog.setState({ isOpen: true, text, source });
}

/** Forgets the invite as well: it is a secret. */
export function closeJoinDialog(): void {
  useJoinDialog.setState({ isOpen: false, text: '', source: 'person' });
}
