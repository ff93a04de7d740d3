/** What one tab remembers over a reload: whether the panel was open, and what was being written. Another tab has its own. */
const WAS_OPEN = 'meridian-chat-open';
const DRAFT = 'meridian-chat-draft';

export interface TabMemory {
  readonly wasOpen: () => boolean;
  readonly rememberOpen: (isOpen: boolean) => void;
  readonly draft: () => string;
  readonly keepDraft: (draft: string) => void;
}

function keep(key: string, value: string): void {
  try {
    if (value === '') sessionStorage.removeItem(key);
    else sessionStorage.setItem(key, value);
  } catch {
    // a frame without storage remembers nothing
  }
}

function kept(key: string): string {
  try {
    return sessionStorage.getItem(key) ?? '';
  } catch {
    return '';
  }
}

export const tabMemory: TabMemory = {
  wasOpen: () => kept(WAS_OPEN) !== '',
  rememberOpen: (isOpen) => keep(WAS_OPEN, isOpen ? '1' : ''),
  draft: () => kept(DRAFT),
  keepDraft: (draft) => keep(DRAFT, draft),
};
