// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { FakeEngine } from '../../../../../test/renderer/fake-engine.ts';
import type { Input } from '../../../../shared/contract/contract.ts';
import type { FilledFor, ListedMacro } from '../../../../shared/contract/macros.contract.ts';
import { makeId } from '../../../../shared/domain/ids.ts';
import { transport } from '../../../bridge/client.ts';
import { startI18n } from '../../../i18n/i18n.ts';
import { useSession } from '../../../state/session.ts';
import { undoLast } from '../../../state/undo.ts';
import { MacroPicker } from './macro-picker.tsx';
import { setWithReply, useMacros } from './macro-store.ts';

const CASES = ['one', 'two'].map((each) => makeId('case', each));
const [ONE = makeId('case', 'none'), TWO = makeId('case', 'none')] = CASES;
const listed = (name: string, patch: Partial<ListedMacro> = {}): ListedMacro => ({
  macroId: makeId('mac', name),
  name,
  shortcut: name.toLowerCase(),
  texts: [{ language: 'en', text: `Words of ${name}` }],
  actions: [{ kind: 'status', to: 'pending' }],
  channels: [],
  isTeam: true,
  ownerId: null,
  canChange: true,
  uses: 0,
  ...patch,
});
const filled = (caseId: FilledFor['caseId'], patch: Partial<FilledFor> = {}): FilledFor => ({
  caseId,
  subject: `Subject of ${caseId}`,
  contactName: `Customer of ${caseId}`,
  language: 'en',
  isFallback: false,
  text: `Dear customer of ${caseId}`,
  gaps: [],
  problem: null,
  ...patch,
});

let engine: FakeEngine;
let macros: readonly ListedMacro[];
let preview: readonly FilledFor[];
let refusal: string | null;
const asked = <Name extends 'macros.apply' | 'outbox.cancel' | 'drafts.discard' | 'cases.undo' | 'macros.used'>(
  name: Name,
): readonly Input<Name>[] => engine.calls.filter((each) => each.name === name).map((each) => each.input as Input<Name>);

beforeAll(async () => {
  await startI18n('en');
});
beforeEach(() => {
  macros = [listed('Kyc', { uses: 3 }), listed('Close', { texts: [], shortcut: '' })];
  preview = [filled(ONE), filled(TWO, { problem: 'has-draft' })];
  refusal = null;
  engine = new FakeEngine({
    'macros.list': () => ({ ok: true, value: macros }),
    'macros.forCase': ({ caseId }) => ({
      ok: true,
      value: macros.map((macro) => ({ ...macro, filled: filled(caseId, macro.texts.length === 0 ? { text: null, language: null } : {}) })),
    }),
    'macros.preview': () => ({ ok: true, value: preview }),
    'macros.used': () => ({ ok: true, value: null }),
    'macros.apply': ({ replies }) =>
      refusal === null
        ? {
            ok: true,
            value: { changed: 2, undoable: true, outboxIds: replies.map((_, index) => makeId('out', `o${index}`)), sendAt: null },
          }
        : { ok: false, error: { code: refusal, detail: '' } },
    'outbox.cancel': () => ({ ok: true, value: { draftId: makeId('drf', 'd') } }),
    'drafts.discard': () => ({ ok: true, value: null }),
    'cases.undo': () => ({ ok: true, value: { changed: 2, undoable: false, kept: 0, keptBy: [] } }),
  });
  transport.attach(engine.connect());
  useSession.setState({ checkedCaseIds: new Set() });
  useMacros.setState({ picker: null, confirm: null, insert: null, withReply: {} });
  render(<MacroPicker />);
});
afterEach(() => {
  cleanup();
  engine.stop();
});

const open = (caseIds = CASES, typed: string | null = null): void => {
  useMacros.setState({ picker: { caseIds, caret: caseIds.length === 1 ? 4 : null, typed } });
};

it('shows what each says to this customer, and what it does; narrowed by what was typed', async () => {
  open([ONE], 'ky');
  const option = await screen.findByRole('option', { name: /Kyc #kyc/u });
  expect(option.textContent).toContain(`Dear customer of ${ONE}`);
  expect(option.textContent).toContain('used 3 times');
  expect(option.textContent).toContain('Status: Pending');
  expect(screen.getAllByRole('option')).toHaveLength(1);
  expect(screen.getByRole<HTMLInputElement>('combobox', { name: 'Choose a macro' }).value).toBe('ky');
});

it('puts the words where the cursor was, and keeps what it does for the reply', async () => {
  open([ONE]);
  fireEvent.click(await screen.findByRole('option', { name: /Kyc/u }));
  await waitFor(() =>
    expect(useMacros.getState().insert).toMatchObject({
      caseId: ONE,
      caret: 4,
      text: `Dear customer of ${ONE}`,
      macro: { name: 'Kyc', actions: [{ kind: 'status', to: 'pending' }] },
    }),
  );
  await waitFor(() => expect(asked('macros.used')).toHaveLength(1));
  expect(asked('macros.apply')).toEqual([]);
});

it('gives a # back that was no macro, with what was typed behind it', async () => {
  open([ONE], 'nonsense');
  expect(await screen.findByText(/No macro fits/u)).toBeDefined();
  fireEvent.keyDown(document.activeElement ?? document.body, { key: 'Escape' });
  await waitFor(() => expect(useMacros.getState().insert).toMatchObject({ text: '#nonsense', caret: 4, isTyped: true, macro: null }));
});

it('does at once what has no words', async () => {
  open();
  fireEvent.click(await screen.findByRole('option', { name: /Close/u }));
  await waitFor(() => expect(asked('macros.apply')).toMatchObject([{ caseIds: CASES, replies: [] }]));
  expect(screen.queryByRole('dialog', { name: /Send/u })).toBeNull();
});

it('says who gets what and who gets nothing, sends what was seen, and takes all of it back', async () => {
  open();
  fireEvent.click(await screen.findByRole('option', { name: /Kyc/u }));
  const dialog = await screen.findByRole('dialog', { name: 'Send “Kyc” to 2 cases?' });
  await within(dialog).findByText(`Dear customer of ${ONE}`);
  const [first, second] = within(dialog).getAllByRole('listitem');
  expect(first?.textContent).not.toContain('Gets no reply');
  expect(second?.textContent).toContain('Gets no reply: somebody’s draft waits there');
  fireEvent.click(within(dialog).getByRole('button', { name: 'Send 1 reply' }));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(asked('macros.apply')).toMatchObject([{ caseIds: CASES, replies: [{ caseId: ONE, text: `Dear customer of ${ONE}` }] }]);
  await undoLast();
  expect(asked('outbox.cancel')).toMatchObject([{ outboxId: makeId('out', 'o0') }]);
  expect(asked('drafts.discard')).toHaveLength(1);
  expect(asked('cases.undo')).toMatchObject([{ undoes: asked('macros.apply')[0]?.opId }]);
});

it('stays open where it is refused, and sends to nobody where nobody can get it', async () => {
  preview = preview.map((row) => ({ ...row, problem: 'no-recipient' }));
  open();
  fireEvent.click(await screen.findByRole('option', { name: /Kyc/u }));
  const dialog = await screen.findByRole('dialog', { name: /Send/u });
  await within(dialog).findAllByText('Gets no reply: nobody to write to');
  expect(within(dialog).getByRole('button', { name: 'Nothing to send' }).hasAttribute('disabled')).toBe(true);
  refusal = 'has-draft';
  fireEvent.click(within(dialog).getByRole('button', { name: 'Only the actions' }));
  await waitFor(() => expect(asked('macros.apply')).toMatchObject([{ replies: [] }]));
  expect(screen.getByRole('dialog', { name: /Send/u })).toBeDefined();
});

it('keeps what goes with a reply for the next start', () => {
  const withReply = { name: 'Kyc', actions: [{ kind: 'status', to: 'pending' }] } as const;
  setWithReply(ONE, withReply);
  setWithReply(TWO, withReply);
  setWithReply(TWO, null);
  const stored = JSON.parse(localStorage.getItem('meridian.macros') ?? '{}') as { readonly state?: unknown };
  expect(stored.state).toEqual({ withReply: { [ONE]: withReply } });
});
