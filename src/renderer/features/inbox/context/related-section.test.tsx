// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import axe from 'axe-core';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { RelatedSection } from './related-section.tsx';
import { FakeEngine } from '../../../../../test/renderer/fake-engine.ts';
import type { RelatedCase, RelatedCases } from '../../../../shared/contract/routing.contract.ts';
import { makeId } from '../../../../shared/domain/ids.ts';
import { instant } from '../../../../shared/domain/time.ts';
import { transport } from '../../../bridge/client.ts';
import { startI18n } from '../../../i18n/i18n.ts';
import { useSession } from '../../../state/session.ts';

const CASE = makeId('case', 'a');
const other = (over: Partial<RelatedCase>): RelatedCase => ({
  caseId: makeId('case', 'b'),
  subject: 'No deposit',
  contactName: 'Mei',
  channel: 'telegram',
  status: 'open',
  lastMessageAt: instant(Date.UTC(2026, 10, 25, 9)),
  score: 0.8,
  reasons: ['same-transaction', 'same-words'],
  isVerifiedMeetsUnverified: true,
  ...over,
});
let engine: FakeEngine;
let value: RelatedCases;

beforeAll(async () => startI18n('en'));
beforeEach(() => {
  useSession.setState({ zone: 'UTC', selectedCaseId: null });
  value = { linked: [], suggested: [other({})] };
  const done = { ok: true, value: { changed: 2, undoable: true } } as const;
  engine = new FakeEngine({
    'cases.related': () => ({ ok: true, value }),
    'cases.link': () => done,
    'cases.unlink': () => done,
    'cases.notSame': () => done,
  });
  transport.attach(engine.connect());
});
afterEach(() => {
  cleanup();
  engine.stop();
});

const inputs = (name: string): readonly unknown[] => engine.calls.filter((each) => each.name === name).map(({ input }) => input);

test('says what may be the same and why, warns of a customer nobody has verified, and asks a person', async () => {
  const { container } = render(<RelatedSection caseId={CASE} />);
  const part = await screen.findByRole('region', { name: 'Possibly the same' });
  expect(part.textContent).toContain('the same transaction or wallet address · nearly the same words within two days');
  expect(part.textContent).toContain('Only one of these two customers has proven who they are.');
  expect(part.textContent).toContain('Telegram · Mei');
  const found = await axe.run(container, { rules: { 'color-contrast': { enabled: false }, region: { enabled: false } } });
  expect(found.violations.map(({ id }) => id)).toEqual([]);
  // opening, then linking, then refusing: each is a button, in the order of reading
  expect(
    within(part)
      .getAllByRole('button')
      .map((each) => each.tabIndex),
  ).toEqual([0, 0, 0]);
  fireEvent.click(within(part).getByRole('button', { name: 'Link with “No deposit”' }));
  await waitFor(() => expect(inputs('cases.link')).toMatchObject([{ caseId: CASE, otherId: makeId('case', 'b') }]));
  fireEvent.click(within(part).getByRole('button', { name: '“No deposit” is not the same' }));
  await waitFor(() => expect(inputs('cases.notSame')).toHaveLength(1));
  value = { linked: [other({ reasons: [], isVerifiedMeetsUnverified: false })], suggested: [] };
  await engine.changed('cases.related');
  const linked = await screen.findByRole('region', { name: 'Linked cases' });
  expect(screen.queryByRole('region', { name: 'Possibly the same' })).toBeNull();
  expect(linked.textContent).toContain('linked by a colleague');
  fireEvent.click(within(linked).getByRole('button', { name: 'Unlink “No deposit”' }));
  await waitFor(() => expect(inputs('cases.unlink')).toHaveLength(1));
  fireEvent.click(within(linked).getByRole('button', { name: /^No deposit/u }));
  expect(useSession.getState().selectedCaseId).toBe(makeId('case', 'b'));
});

test('takes no room where nothing is related', async () => {
  value = { linked: [], suggested: [] };
  const { container } = render(<RelatedSection caseId={CASE} />);
  await waitFor(() => expect(container.textContent).toBe(''));
});
