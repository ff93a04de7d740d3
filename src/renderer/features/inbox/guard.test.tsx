// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { useState } from 'react';
import type { ReactNode } from 'react';
import axe from 'axe-core';
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { FakeEngine } from '../../../../test/renderer/fake-engine.ts';
import { asksForSecret } from '../../../shared/domain/guard/outbound.ts';
import { makeId } from '../../../shared/domain/ids.ts';
import { instant } from '../../../shared/domain/time.ts';
import { transport } from '../../bridge/client.ts';
import { startI18n } from '../../i18n/i18n.ts';
import { useSession } from '../../state/session.ts';
import { GuardBar } from './composer/guard-bar.tsx';
import { reasonOf, useGuardReasons } from './composer/guard-reasons.ts';
import { SecretBar } from './conversation/guard-reveal.tsx';
import { MessageText } from './conversation/message-text.tsx';

const CASE = makeId('case', 'a');
const MESSAGE = makeId('msg', 'a');
const ASKS = 'Hello. Please send me your recovery phrase.';
let engine: FakeEngine;

beforeAll(async () => startI18n('en'));

beforeEach(() => {
  useSession.setState({ zone: 'UTC' });
  useGuardReasons.setState({ reasons: {} });
  engine = new FakeEngine({
    'guard.checkDraft': ({ text }) => ({ ok: true, value: asksForSecret(text) }),
    'guard.sealed': () => ({
      ok: true,
      value: { kinds: ['recovery-phrase'], keptUntil: instant(Date.UTC(2026, 10, 30, 12)), keptBy: null, mayReveal: true, needsLead: true },
    }),
    'guard.reveal': () => ({ ok: true, value: { texts: ['the words'], showMs: 15_000 } }),
  });
  transport.attach(engine.connect());
});
afterEach(() => {
  vi.useRealTimers();
  cleanup();
  engine.stop();
});

function Written({ start }: { readonly start: string }): ReactNode {
  const [text, setText] = useState(start);
  return (
    <div className="ib-editor">
      <textarea aria-label="Text" value={text} onChange={(event) => setText(event.target.value)} />
      <GuardBar caseId={CASE} text={text} language="en" onInsert={setText} />
    </div>
  );
}

async function violations(container: HTMLElement): Promise<readonly string[]> {
  // happy-dom paints nothing, so contrast can not be seen here
  const result = await axe.run(container, { rules: { 'color-contrast': { enabled: false }, region: { enabled: false } } });
  return result.violations.map(({ id }) => id);
}

test('a reply that asks for a secret is pointed at while it is typed, and may leave with a reason', async () => {
  const { container } = render(<Written start={ASKS} />);
  const bar = await screen.findByRole('region', { name: 'Before this leaves' });
  expect(bar.textContent).toContain('Asks the customer for a secret: recovery phrase.');
  fireEvent.click(within(bar).getByRole('button', { name: /^Show/u }));
  const area = screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Text' });
  expect(area.value.slice(area.selectionStart, area.selectionEnd)).toBe('Please send me your recovery phrase.');
  fireEvent.click(within(bar).getByRole('button', { name: 'This is a warning to the customer' }));
  fireEvent.change(within(bar).getByRole('textbox', { name: /Why is it fine/u }), { target: { value: 'It warns.' } });
  expect(reasonOf(useGuardReasons.getState(), CASE)).toBe('It warns.');
  expect(await violations(container)).toEqual([]);
});

test('a reply that warns is left alone', async () => {
  render(<Written start="Never send anybody your recovery phrase." />);
  await vi.waitFor(() => expect(screen.queryByRole('region')).toBeNull());
});

test('what was taken out is shown for a while, with a reason, and can not be copied', async () => {
  const { container } = render(<SecretBar messageId={MESSAGE} />);
  fireEvent.click(await screen.findByRole('button', { name: 'Show what was taken out' }));
  expect(await violations(container)).toEqual([]);
  const dialog = await screen.findByRole('dialog');
  const show = within(dialog).getByRole<HTMLButtonElement>('button', { name: 'Show for 15 s' });
  expect(show.disabled).toBe(true);
  fireEvent.change(within(dialog).getByRole('textbox', { name: /Why do you need/u }), { target: { value: 'They asked which.' } });
  fireEvent.click(show);
  const words = await screen.findByText('the words');
  expect(engine.calls.find(({ name }) => name === 'guard.reveal')?.input).toMatchObject({
    messageId: MESSAGE,
    reason: 'They asked which.',
  });
  expect(fireEvent.copy(words)).toBe(false);
  fireEvent.click(screen.getByRole('button', { name: 'Hide' }));
  await vi.waitFor(() => expect(screen.queryByText('the words')).toBeNull());
});

test('a placeholder is said in words, and addresses of customers lead nowhere when they are copied', () => {
  render(<MessageText text="my phrase ⟦redacted:recovery-phrase:12⟧ and https://evil.test/a" isDefanged />);
  expect(screen.getByText('recovery phrase, 12 words taken out')).toBeDefined();
  expect(screen.getByRole('button', { name: 'hxxps://evil[.]test/a' })).toBeDefined();
});
