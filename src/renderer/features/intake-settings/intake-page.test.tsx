// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { FakeEngine } from '../../../../test/renderer/fake-engine.ts';
import { DEFAULT_RULES } from '../../../shared/domain/intake/checklist.ts';
import type { IntakeRules } from '../../../shared/domain/intake/checklist.ts';
import { transport } from '../../bridge/client.ts';
import { startI18n } from '../../i18n/i18n.ts';
import { undoLast } from '../../state/undo.ts';
import { ToastRegion } from '../../ui/toast.tsx';
import { useIntakePage } from './intake-page.tsx';

let engine: FakeEngine;
let saved: IntakeRules | null = null;

function Page(): ReactNode {
  return useIntakePage().content;
}

function open(canChange = true): void {
  saved = null;
  engine = new FakeEngine({
    'intake.rules': () => ({ ok: true, value: { rules: saved ?? DEFAULT_RULES, canChange, isDefault: saved === null } }),
    'intake.save': (input) => {
      if (JSON.stringify(input.rules).includes('password')) return { ok: false, error: { code: 'asks-for-secret', detail: 'deposit' } };
      saved = input.rules;
      void engine.changed('intake.rules');
      return { ok: true, value: null };
    },
    'cases.labels': () => ({ ok: true, value: [] }),
  });
  transport.attach(engine.connect());
  render(
    <ToastRegion>
      <Page />
    </ToastRegion>,
  );
}

beforeAll(async () => startI18n('en'));
afterEach(() => {
  cleanup();
  engine.stop();
});

// by its class: to look for roles in so large a page takes seconds
const theDialog = async (): Promise<HTMLElement> =>
  waitFor(() => {
    const found = document.querySelector<HTMLElement>('.m-dialog');
    if (found === null) throw new Error('no dialog');
    return found;
  });

const kindOf = (id: string) => (saved ?? DEFAULT_RULES).kinds.find((kind) => kind.id === id);

test('a kind is edited in a dialog, saved for the team, taken back, and restored', async () => {
  open();
  fireEvent.click(await screen.findByLabelText('Edit Deposit not credited', { selector: 'button' }));
  const dialog = await theDialog();
  fireEvent.click(within(dialog).getByLabelText('Move down: When it happened', { selector: 'button' }));
  fireEvent.click(within(dialog).getByLabelText('Coin is needed', { selector: '[role="switch"]' }));
  fireEvent.click(within(dialog).getByLabelText('Edit the question: Network', { selector: 'button' }));
  fireEvent.change(within(dialog).getByLabelText('Question in Japanese'), { target: { value: 'どのネットワーク？' } });
  fireEvent.click(within(dialog).getByText('Save'));
  await waitFor(() => expect(kindOf('deposit')?.items.slice(0, 2)).toMatchObject([{ field: 'coin', isNeeded: false }, { field: 'when' }]));
  expect(kindOf('deposit')?.items.find(({ field }) => field === 'network')?.questions).toEqual([
    { language: 'ja', text: 'どのネットワーク？' },
  ]);
  // kinds that were not touched stay as Meridian has them
  expect(kindOf('app')).toEqual(DEFAULT_RULES.kinds.find(({ id }) => id === 'app'));
  await screen.findByText('Back to what Meridian comes with');
  await undoLast();
  expect(saved).toBeNull();
});

test('a kind without a name is not saved, and the field that lacks is gone to', async () => {
  open();
  fireEvent.click(await screen.findByText('Add a kind'));
  const dialog = await theDialog();
  within(dialog).getByRole('button', { name: 'Save' }).focus();
  fireEvent.click(within(dialog).getByText('Save'));
  await within(dialog).findByText('Give it a name.');
  await waitFor(() => expect(document.activeElement).toBe(within(dialog).getByLabelText('Name')));
});

test('a question that asks for a secret is refused, and the dialog keeps what was written', async () => {
  open();
  fireEvent.click(await screen.findByLabelText('Edit Deposit not credited', { selector: 'button' }));
  const dialog = await theDialog();
  fireEvent.click(within(dialog).getByLabelText('Edit the question: Coin', { selector: 'button' }));
  const field = within(dialog).getByLabelText('Question in English');
  fireEvent.change(field, { target: { value: 'What is your password?' } });
  fireEvent.click(within(dialog).getByText('Save'));
  await waitFor(() => expect(document.body.textContent).toContain('A question asks for a secret: Deposit not credited'));
  expect(saved).toBeNull();
  expect((field as HTMLInputElement).value).toBe('What is your password?');
});

test('what a message would be read as is shown as it is typed', async () => {
  open();
  const attempt = await screen.findByRole('region', { name: 'Try it out' });
  fireEvent.change(within(attempt).getByLabelText('Message of a customer'), {
    target: { value: 'I sent 500 USDT via TRC20 and my deposit is missing' },
  });
  await within(attempt).findByText('Kind: Deposit not credited');
  expect(attempt.textContent).toContain('Amount: 500 USDT');
  expect(attempt.textContent).toContain('What is the transaction ID (hash) on the blockchain?');
});

test('only leads may change it', async () => {
  open(false);
  await screen.findByText('Only leads may change this.');
  expect(screen.queryByText('Add a kind')).toBeNull();
  expect(screen.queryByLabelText('Edit Deposit not credited')).toBeNull();
});
