// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import axe from 'axe-core';
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { FakeEngine } from '../../../../../test/renderer/fake-engine.ts';
import type { CaseIntake } from '../../../../shared/contract/intake.contract.ts';
import { makeId } from '../../../../shared/domain/ids.ts';
import type { IntakeFact } from '../../../../shared/domain/intake/read-intake.ts';
import { instant } from '../../../../shared/domain/time.ts';
import { transport } from '../../../bridge/client.ts';
import { startI18n } from '../../../i18n/i18n.ts';
import { useSession } from '../../../state/session.ts';
import { withAsk, useIntakeState } from './intake-insert.ts';
import { IntakeSection } from './intake-section.tsx';

const CASE = makeId('case', 'a');
const MESSAGE = makeId('msg', 'a');
const AT = instant(Date.UTC(2026, 10, 25, 9));

const fact = (field: string, over: Partial<IntakeFact> = {}): IntakeFact => ({
  field,
  name: null,
  isNeeded: true,
  state: 'missing',
  value: null,
  meaning: null,
  source: null,
  others: [],
  ...over,
});

const INTAKE: CaseIntake = {
  kindId: 'deposit',
  kindName: null,
  kindBy: 'words',
  facts: [
    fact('when', { state: 'known', value: 'yesterday', meaning: '2026-11-24', source: { kind: 'message', messageId: MESSAGE, at: AT } }),
    fact('network'),
    fact('address', { state: 'not-known', value: 'no idea', source: { kind: 'message', messageId: MESSAGE, at: AT } }),
    fact('screenshot', { isNeeded: false }),
  ],
  known: 1,
  needed: 3,
  missing: ['network'],
  rounds: 1,
  openAsk: [],
  kinds: [
    { id: 'deposit', name: null },
    { id: 'app', name: 'Our app' },
  ],
  ask: { text: 'Which network?', language: 'ja', isFallback: false, fields: ['network'], heldBack: ['address'], left: [] },
  cannotAsk: null,
};

let engine: FakeEngine;
let value: CaseIntake | null;

beforeAll(async () => startI18n('en'));
beforeEach(() => {
  useSession.setState({ zone: 'UTC', selectedCaseId: CASE, route: 'inbox' });
  value = INTAKE;
  const done = { ok: true, value: { changed: 1, undoable: true } } as const;
  engine = new FakeEngine({
    'intake.ofCase': () => ({ ok: true, value }),
    'intake.setFact': (input) => (input.value === 'my words' ? { ok: false, error: { code: 'is-secret', detail: '' } } : done),
    'intake.setKind': () => done,
  });
  transport.attach(engine.connect());
});
afterEach(() => {
  vi.restoreAllMocks();
  cleanup();
  engine.stop();
  useIntakeState.setState({ insert: null, wanted: null });
});

const inputs = (name: string): readonly unknown[] => engine.calls.filter((each) => each.name === name).map(({ input }) => input);

test('shows what is known and where it stands, what is missing, how far it is, and how often was asked', async () => {
  const { container } = render(<IntakeSection caseId={CASE} />);
  const part = await screen.findByRole('region', { name: 'Checklist' });
  expect(part.textContent).toContain('→ 2026-11-24 by their clock');
  expect(part.textContent).toContain('The customer does not know it: “no idea”');
  expect(part.textContent).toContain('Asked once');
  expect(within(part).getByRole('progressbar', { name: 'Needed' }).getAttribute('aria-valuenow')).toBe('1');
  // what would help is shown when one wants to see it
  expect(part.textContent).not.toContain('Screenshot');
  fireEvent.click(within(part).getByRole('button', { name: 'Show one more that would help' }));
  expect(part.textContent).toContain('Screenshot · optional');
  expect(part.textContent).toContain('Not asked in public: Public address');
  const found = await axe.run(container, { rules: { 'color-contrast': { enabled: false }, region: { enabled: false } } });
  expect(found.violations.map(({ id }) => id)).toEqual([]);
  fireEvent.click(within(part).getByRole('button', { name: /Show where it stands: When it happened/u }));
  expect(useIntakeState.getState().wanted).toEqual({ caseId: CASE, messageId: MESSAGE });
});

test('is stated and corrected by keyboard; what looks like a secret stays in the field', async () => {
  vi.spyOn(window, 'requestAnimationFrame').mockImplementation((draw) => {
    draw(0);
    return 0;
  });
  render(<IntakeSection caseId={CASE} />);
  fireEvent.click(await screen.findByRole('button', { name: 'State: Network' }));
  const field = screen.getByRole('textbox', { name: 'Network' });
  expect(document.activeElement).toBe(field);
  fireEvent.change(field, { target: { value: 'my words' } });
  fireEvent.keyDown(field, { key: 'Enter' });
  await waitFor(() => expect(inputs('intake.setFact')).toHaveLength(1));
  expect(screen.queryByRole('textbox', { name: 'Network' })).not.toBeNull();
  fireEvent.change(field, { target: { value: ' TRC20 ' } });
  fireEvent.keyDown(field, { key: 'Enter' });
  await waitFor(() =>
    expect(inputs('intake.setFact').at(-1)).toMatchObject({ caseId: CASE, field: 'network', value: 'TRC20', isAsRead: false }),
  );
  await waitFor(() => expect(screen.queryByRole('textbox', { name: 'Network' })).toBeNull());
  // however busy the computer is: frames do not wait for what is drawn next
  expect(document.activeElement).toBe(screen.getByRole('button', { name: 'State: Network' }));
  // nothing is said by looking
  fireEvent.click(screen.getByRole('button', { name: 'Correct: When it happened' }));
  fireEvent.keyDown(screen.getByRole('textbox', { name: 'When it happened' }), { key: 'Escape' });
  await waitFor(() => expect(screen.queryByRole('textbox', { name: 'When it happened' })).toBeNull());
  expect(inputs('intake.setFact')).toHaveLength(2);
  fireEvent.click(screen.getByRole('button', { name: 'Correct: When it happened' }));
  fireEvent.click(screen.getByRole('button', { name: 'Not right' }));
  await waitFor(() => expect(inputs('intake.setFact').at(-1)).toMatchObject({ field: 'when', value: null, isAsRead: false }));
});

test('one button puts the questions on their way into the reply', async () => {
  render(<IntakeSection caseId={CASE} />);
  fireEvent.click(await screen.findByRole('button', { name: /^Ask for what is missing/u }));
  await waitFor(() => expect(useIntakeState.getState().insert).toMatchObject({ caseId: CASE, text: 'Which network?', count: 1 }));
});

test('nothing missing needs no button', async () => {
  value = { ...INTAKE, missing: [], ask: null, facts: [], known: 3 };
  render(<IntakeSection caseId={CASE} />);
  await screen.findByText('Everything that is needed is known.');
  expect(screen.queryByRole('button', { name: /^Ask/u })).toBeNull();
});

describe('the questions in a reply', () => {
  test('stand behind what was written and above the signature, once', () => {
    expect(withAsk('\n\n-- \nAna', 'Q?')).toEqual({ text: 'Q?\n\n-- \nAna', end: 2 });
    expect(withAsk('Hello Mei,\n\n-- \nAna', 'Q?')).toEqual({ text: 'Hello Mei,\n\nQ?\n\n-- \nAna', end: 14 });
    expect(withAsk('', 'Q?')).toEqual({ text: 'Q?', end: 2 });
    expect(withAsk('Hello\n\nQ?\n\n-- \nAna', 'Q?')).toBeNull();
  });
});
