// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import axe from 'axe-core';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { ThanksOffer } from './thanks-offer.tsx';
import { FakeEngine } from '../../../../../test/renderer/fake-engine.ts';
import { fakeMessage } from '../../../../../test/renderer/fake-message.ts';
import { fakeCase } from '../../../../../test/renderer/fake-lanes.ts';
import type { CaseDetail } from '../../../../shared/contract/cases.contract.ts';
import { instant } from '../../../../shared/domain/time.ts';
import { transport } from '../../../bridge/client.ts';
import { startI18n } from '../../../i18n/i18n.ts';

const AT = instant(Date.UTC(2026, 10, 25, 9));
const message = (name: string, direction: 'in' | 'out', text: string) => fakeMessage(name, { direction, text, at: AT });
// The offer reads no more of a case than its row has, and whether the bot has it.
const detail = { ...fakeCase('a'), waitingSince: AT, bot: null } as unknown as CaseDetail;
const answered = [message('q', 'in', 'It is missing'), message('a', 'out', 'It has arrived')];
let engine: FakeEngine;

beforeAll(async () => startI18n('en'));
beforeEach(() => {
  engine = new FakeEngine({
    'workspace.get': () => ({ ok: false, error: { code: 'offline', detail: '', retryable: false } }),
    'cases.apply': () => ({ ok: true, value: { changed: 1, undoable: false } }),
  });
  transport.attach(engine.connect());
});
afterEach(() => {
  cleanup();
  engine.stop();
});

const applied = (): readonly unknown[] => engine.calls.filter((each) => each.name === 'cases.apply').map(({ input }) => input);

test('suggests that thanks need no reply, and does it only when it is pressed', async () => {
  const { container } = render(<ThanksOffer detail={detail} items={[...answered, message('t', 'in', '谢谢！')]} />);
  const button = screen.getByRole('button', { name: /^No reply needed/u });
  expect(button.getAttribute('aria-keyshortcuts')).toBe('Shift+E');
  expect(applied()).toEqual([]);
  const found = await axe.run(container, { rules: { 'color-contrast': { enabled: false }, region: { enabled: false } } });
  expect(found.violations.map(({ id }) => id)).toEqual([]);
  fireEvent.click(button);
  await waitFor(() => expect(applied()).toMatchObject([{ caseIds: [detail.caseId], action: { kind: 'no-reply-needed' } }]));
});

test('suggests nothing where somebody asks, nothing waits or the bot has the conversation', () => {
  const thanks = [...answered, message('t', 'in', 'thanks')];
  const bot = { interval: 'evt_b', since: AT, playbook: 'p', messageId: null };
  const { container, rerender } = render(<ThanksOffer detail={detail} items={[...answered, message('t', 'in', 'Thanks, but where?')]} />);
  expect(container.textContent).toBe('');
  rerender(<ThanksOffer detail={{ ...detail, waitingSince: null }} items={thanks} />);
  expect(container.textContent).toBe('');
  rerender(<ThanksOffer detail={{ ...detail, bot }} items={thanks} />);
  expect(container.textContent).toBe('');
});
