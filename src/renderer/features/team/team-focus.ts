/** Once what was added is drawn. */
function afterDrawing(run: () => void): void {
  requestAnimationFrame(() => requestAnimationFrame(run));
}

/** Puts the focus where something is wrong, as soon as that page is drawn. */
export function focusFault(): void {
  afterDrawing(() => document.querySelector<HTMLElement>('.team-editor [aria-invalid="true"]')?.focus());
}

/** Puts the focus into the name of what has just been added, ready to be typed over. */
export function focusName(): void {
  afterDrawing(() => {
    const field = document.querySelector<HTMLInputElement>('.team-editor input');
    field?.focus();
    field?.select();
  });
}

/** Puts the focus into the first field of a row that has just been added, so that who adds by key goes on there. */
export function focusRow(list: HTMLElement | null, selector: string): void {
  afterDrawing(() => list?.querySelector<HTMLElement>(`${selector} input`)?.focus());
}
