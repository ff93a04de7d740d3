import { afterEach, beforeEach, expect, test } from 'vitest';
import { attachToDraft, MAX_ATTACHMENTS_BYTES, saveDraftText } from './write-draft.ts';
import { attachmentsOfDraft } from '../store/messages.store.ts';
import { caseOf, letThrough, mail, openDesk, receive } from '../../../../test/engine/desk.ts';
import type { Desk } from '../../../../test/engine/desk.ts';
import { makeId } from '../../../shared/domain/ids.ts';

let desk: Desk;
beforeEach(() => {
  desk = openDesk();
});
afterEach(() => desk[Symbol.dispose]());

test('attaching a large file again under the same operation answers as before; another one is too large', async () => {
  await receive(desk, mail('a1'));
  const draft = saveDraftText(desk, { opId: makeId('op', 'd'), caseId: caseOf(desk, 'a1'), kind: 'reply', text: 'x', to: [], cc: [] });
  if (!draft.ok) throw new Error(draft.error.code);
  const { draftId } = draft.value;
  const file = { draftId, name: 'a.bin', type: '', bytes: new Uint8Array(MAX_ATTACHMENTS_BYTES / 2 + 1) };
  const first = await attachToDraft({ ...desk, redactor: letThrough }, { ...file, opId: makeId('op', 'first') });
  expect(first.ok).toBe(true);
  expect(await attachToDraft({ ...desk, redactor: letThrough }, { ...file, opId: makeId('op', 'first') })).toEqual(first);
  expect(await attachToDraft({ ...desk, redactor: letThrough }, { ...file, opId: makeId('op', 'second') })).toMatchObject({
    error: { code: 'too-large' },
  });
  expect(desk.store.read((db) => attachmentsOfDraft(db, draftId))).toHaveLength(1);
});
