// @vitest-environment happy-dom
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { FakeEngine } from '../../../../../test/renderer/fake-engine.ts';
import { fakeCase } from '../../../../../test/renderer/fake-lanes.ts';
import { transport } from '../../../bridge/client.ts';
import { startI18n } from '../../../i18n/i18n.ts';
import { undoStack } from '../../../state/undo.ts';
import { useInbox } from '../inbox-store.ts';
import { applyStatus } from './apply-actions.ts';

const MEI = fakeCase('mei', { subject: 'Where is my deposit?', contactName: 'Mei Lin' });
const NAMELESS = fakeCase('nameless', { subject: '  ', contactName: '', contactAddress: 'a@example.test' });

beforeAll(async () => startI18n('en'));
beforeEach(() => {
  undoStack.clear();
  useInbox.setState({ rows: [MEI, NAMELESS], order: [MEI.caseId, NAMELESS.caseId] });
  const engine = new FakeEngine({
    'cases.apply': ({ caseIds }) => ({ ok: true, value: { changed: caseIds.length, undoable: true } }),
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
