/** Once the form shows what is missing or wrong: goes to the first such field, which may have been scrolled away. */
export function focusInvalid(form: Element): void {
  requestAnimationFrame(() => form.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
}
