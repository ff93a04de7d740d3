let typed = '';
let catcher: HTMLTextAreaElement | null = null;

/** Keeps keys, wherever the focus is. */
function keepKey(event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.key.length === 1) typed += event.key;
  else if (event.key === 'Enter') typed += '\n';
  else if (event.key === 'Backspace') typed = typed.slice(0, -1);
  else return;
  event.preventDefault();
  event.stopPropagation();
}

/** Keeps words that come without a key: from an input method, dictation or a paste. */
function keepWords(event: Event): void {
  if (catcher === null || (event instanceof InputEvent && event.isComposing)) return;
  typed += catcher.value;
  catcher.value = '';
}

/**
 * Keeps what is written until `endTypingAhead`: the composer is still being fetched, and people do not wait. Words without keys go nowhere
 * unless something that can be written into has the focus, so a field that nobody sees takes it.
 * @param label what is written there, for who hears the page instead of seeing it
 */
export function beginTypingAhead(label: string): void {
  if (catcher !== null) return;
  window.addEventListener('keydown', keepKey, true);
  catcher = document.createElement('textarea');
  catcher.className = 'visually-hidden';
  catcher.setAttribute('aria-label', label);
  catcher.addEventListener('input', keepWords);
  catcher.addEventListener('compositionend', keepWords);
  document.body.append(catcher);
  catcher.focus({ preventScroll: true });
}

/** What was written meanwhile, in its order. Nothing is kept any longer. */
export function endTypingAhead(): string {
  window.removeEventListener('keydown', keepKey, true);
  catcher?.remove();
  catcher = null;
  const kept = typed;
  typed = '';
  return kept;
}

/** What was typed ahead, cut where a macro was begun: `#` where a word begins, with at most the beginning of its name behind it. */
export function macroAhead(typed: string): { readonly text: string; readonly macro: string | null } {
  const begun = /(?:^|\s)#(?<name>[^\s#]*)$/u.exec(typed);
  const name = begun?.groups?.['name'];
  return name === undefined ? { text: typed, macro: null } : { text: typed.slice(0, typed.length - name.length - 1), macro: name };
}
