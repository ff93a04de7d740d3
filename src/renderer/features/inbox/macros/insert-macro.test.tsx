// @vitest-environment happy-dom
import { act, cleanup, renderHook } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { makeId } from '../../../../shared/domain/ids.ts';
import { startI18n } from '../../../i18n/i18n.ts';
import { undoLast, undoStack } from '../../../state/undo.ts';
import { DraftSession } from '../composer/draft-session.ts';
import { useMacroInsert } from './insert-macro.ts';
import { useMacros } from './macro-store.ts';

const CASE = makeId('case', 'a');
const SIGNATURE = '\n\n-- \nMe';

let session: DraftSession;
const text = (): string => session.snapshot().content.text;

beforeAll(async () => startI18n('en'));
beforeEach(() => {
  undoStack.clear();
  session = new DraftSession(
    { save: async () => Promise.resolve({ ok: false, code: 'internal' }), discard: async () => Promise.resolve(true) },
    { text: SIGNATURE, to: [], cc: [] },
  );
  session.adopt(null);
});
afterEach(() => {
  cleanup();
  useMacros.setState({ insert: null, withReply: {} });
});

function insert(words: string, caret: number | null): void {
  renderHook(() => useMacroInsert(CASE, session));
  act(() => void useMacros.setState({ insert: { caseId: CASE, text: words, caret, macro: null, name: 'An answer' } }));
}

test.each([
  ['above the signature alone as it is', SIGNATURE, null, `It is done.${SIGNATURE}`],
  ['before what was written as a paragraph of its own', `Which day?${SIGNATURE}`, null, `It is done.\n\nWhich day?${SIGNATURE}`],
  ['where somebody writes right there', `See: ${SIGNATURE}`, 5, `See: It is done.${SIGNATURE}`],
])('goes %s, and one undo takes it out', async (_, before, caret, after) => {
  session.edit({ text: before });
  insert('It is done.', caret);
  expect(text()).toBe(after);
  await undoLast();
  expect(text()).toBe(before);
});

test('undo leaves what was written since', async () => {
  session.edit({ text: 'Which day?' });
  insert('It is done.', null);
  session.edit({ text: `${text()} And where?` });
  await undoLast();
  expect(text()).toBe('Which day? And where?');
});
