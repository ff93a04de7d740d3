// @vitest-environment happy-dom
import { act, cleanup, render, waitFor } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { startI18n } from '../i18n/i18n.ts';
import { AlertDialog, Dialog } from './dialog.tsx';
import { showToast, ToastRegion } from './toast.tsx';

beforeAll(async () => startI18n('en'));
afterEach(() => cleanup());

const shown = (): readonly string[] =>
  [...document.querySelectorAll('.m-toast:not([data-ending-style])')].map((toast) => toast.textContent.replaceAll(/Close.*$/gu, ''));

test('what goes wrong again is said once; what was done twice is said twice', async () => {
  render(<ToastRegion>{null}</ToastRegion>);
  const full = { title: 'That did not work', description: 'The disk is full.', tone: 'problem' } as const;
  for (const each of [full, { ...full, description: 'The engine stopped.' }, full, full]) act(() => void showToast(each));
  await waitFor(() => expect(shown()).toHaveLength(2));
  expect(shown()).toEqual(['That did not workThe disk is full.', 'That did not workThe engine stopped.']);
  for (let times = 0; times < 2; times += 1) act(() => void showToast({ title: 'Done', tone: 'ok' }));
  await waitFor(() => expect(shown()).toHaveLength(4));
});

test('while a dialog is open, toasts keep off its buttons', () => {
  const region = () => document.querySelector('.m-toasts');
  const shownWith = (isOpen: boolean, isAsking: boolean): ReactNode => (
    <ToastRegion>
      <Dialog open={isOpen} onOpenChange={() => undefined} title="Snooze" />
      <AlertDialog
        open={isAsking}
        onOpenChange={() => undefined}
        title="Sure?"
        description=""
        confirmLabel="Yes"
        onConfirm={() => undefined}
      />
    </ToastRegion>
  );
  const { rerender } = render(shownWith(false, false));
  expect(region()?.hasAttribute('data-over-dialog')).toBe(false);
  rerender(shownWith(true, true));
  expect(region()?.hasAttribute('data-over-dialog')).toBe(true);
  rerender(shownWith(false, true));
  expect(region()?.hasAttribute('data-over-dialog')).toBe(true);
  rerender(shownWith(false, false));
  expect(region()?.hasAttribute('data-over-dialog')).toBe(false);
});
