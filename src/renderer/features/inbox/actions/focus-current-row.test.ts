// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test } from 'vitest';
import { focusCurrentRow } from './use-case-commands.ts';

beforeEach(() => {
  document.body.innerHTML = '<div data-case-row tabindex="0"></div><textarea></textarea><button></button>';
});
afterEach(() => {
  document.body.innerHTML = '';
});

function element(selector: string): HTMLElement {
  const found = document.querySelector<HTMLElement>(selector);
  if (found === null) throw new Error(`no ${selector}`);
  return found;
}
async function nextFrame(): Promise<void> {
  await new Promise((resolve) => requestAnimationFrame(resolve));
}

test('the row has the focus with the next frame, also out of a field and a button', async () => {
  for (const selector of ['textarea', 'button']) {
    element(selector).focus();
    focusCurrentRow();
    await nextFrame();
    expect(document.activeElement).toBe(element('[data-case-row]'));
  }
});

test('words of a reply that is begun before the next frame do not go to the row, where letters are commands', async () => {
  element('button').focus();
  focusCurrentRow();
  element('textarea').focus();
  await nextFrame();
  expect(document.activeElement).toBe(element('textarea'));
});
