// @vitest-environment happy-dom
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { FakeEngine } from '../../../../../test/renderer/fake-engine.ts';
import { fakeCase } from '../../../../../test/renderer/fake-lanes.ts';
import { makeId } from '../../../../shared/domain/ids.ts';
import { instant } from '../../../../shared/domain/time.ts';
import { transport } from '../../../bridge/client.ts';
import { startI18n } from '../../../i18n/i18n.ts';
import { undoLast, undoStack } from '../../../state/undo.ts';
import { useInbox } from '../inbox-store.ts';
import { applyStatus } from './apply-actions.ts';

const MEI = fakeCase('mei', { subject: 'Where is my deposit?', contactName: 'Mei Lin' });
const NAMELESS = fakeCase('nameless', { subject: '  ', contactName: '', contactAddress: 'a@example.test' });

let engine: FakeEngine;
/** What storing an action waits for. */
let storing: Promise<void> = Promise.resolve();

beforeAll(async () => startI18n('en'));
beforeEach(() => {
  storing = Promise.resolve();
  undoStack.clear();
  useInbox.setState({ rows: [MEI, NAMELESS], order: [MEI.caseId, NAMELESS.caseId] });
  engine = new FakeEngine({
    'cases.apply': async ({ caseIds }) => {
      await storing;
      return { ok: true, value: { changed: caseIds.length, undoable: true } };
    },
    'cases.undo': () => ({ ok: true, value: { changed: 1, undoable: false, kept: 0, keptBy: [] } }),
  });
  transport.attach(engine.connect());
});
afterEach(() => void vi.restoreAllMocks());

test('the list of what was done tells which case it was, where it was one', async () => {
  await applyStatus([MEI.caseId], 'pending');
  await applyStatus([NAMELESS.caseId], 'hold');
  await applyStatus([MEI.caseId, NAMELESS.caseId], 'open');
  expect(undoStack.list().map(({ label, about }) => [label, about])).toEqual([
    ['Set 1 case to pending', 'Mei Lin · Where is my deposit?'],
    ['Put 1 case on hold', 'a@example.test · (no subject)'],
    ['Reopened 2 cases', undefined],
  ]);
});

test('says that offers end with a case that is solved, which no undo brings back', async () => {
  const [handoffId, fromId] = [makeId('hnd', 'h'), makeId('agt', 'a')];
  const offered = (name: string) =>
    fakeCase(name, { handoff: { handoffId, state: 'offered', fromId, to: { kind: 'queue' }, expiresAt: instant(1) } });
  const rows = [MEI, offered('one'), offered('two')];
  useInbox.setState({ rows, order: rows.map(({ caseId }) => caseId) });
  await applyStatus(
    rows.map(({ caseId }) => caseId),
    'solved',
  );
  await applyStatus([makeId('case', 'one')], 'solved');
  await applyStatus([makeId('case', 'one')], 'pending');
  await applyStatus([MEI.caseId], 'solved');
  expect(undoStack.list().map(({ label }) => label)).toEqual([
    'Solved 3 cases; 2 offers ended with it, and no undo brings them back',
    'Solved 1 case; one offer ended with it, and no undo brings it back',
    'Set 1 case to pending',
    'Solved 1 case',
  ]);
});

test('who takes something back means what is shown, also while it is being stored', async () => {
  await applyStatus([MEI.caseId], 'pending');
  let stored: () => void = () => undefined;
  storing = new Promise((resolve) => {
    stored = resolve;
  });
  const holding = applyStatus([MEI.caseId], 'hold');
  const undoing = undoLast();
  stored();
  await Promise.all([holding, undoing]);
  const applied = engine.calls.filter(({ name }) => name === 'cases.apply').map(({ input }) => input as { readonly opId: string });
  const undone = engine.calls.filter(({ name }) => name === 'cases.undo').map(({ input }) => input as { readonly undoes: string });
  expect(undone.map(({ undoes }) => undoes)).toEqual([applied[1]?.opId]);
});
