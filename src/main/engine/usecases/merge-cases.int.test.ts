import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { applyAction, markRead } from './apply-action.ts';
import { saveDraftText } from './write-draft.ts';
import { startHousekeeping } from '../jobs/housekeeping.ts';
import { rowsOfCases } from '../store/case-list.store.ts';
import { currentCaseUid, dueSnoozes, nextSnoozeAt } from '../store/cases.store.ts';
import { draftOfCase } from '../store/drafts.store.ts';
import { attachmentsOfDraft, insertAttachment } from '../store/messages.store.ts';
import { caseOf, mail, openDesk, receive, T0 } from '../../../../test/engine/desk.ts';
import type { Desk } from '../../../../test/engine/desk.ts';
import type { CaseRow } from '../../../shared/contract/cases.contract.ts';
import { makeId } from '../../../shared/domain/ids.ts';
import type { CaseId } from '../../../shared/domain/ids.ts';
import { instant } from '../../../shared/domain/time.ts';

let desk: Desk;
let operations = 0;
const op = () => makeId('op', `merge-${(operations += 1)}`);
beforeEach(() => {
  desk = openDesk();
});
afterEach(() => {
  vi.useRealTimers();
  desk[Symbol.dispose]();
});

/** Two cases whose threads a later mail joins: which one stays is decided by their ids. */
async function twoCases(): Promise<{ readonly stays: CaseId; readonly goes: CaseId; readonly join: () => Promise<void> }> {
  await receive(desk, mail('a1'), mail('b2'));
  const [stays, goes] = [caseOf(desk, 'a1'), caseOf(desk, 'b2')].sort();
  if (stays === undefined || goes === undefined) throw new Error('two cases were expected');
  // Joined by an old mail of ours, which changes neither reading nor waiting.
  const ours = mail('c0', { direction: 'out', auto: 'auto-generated' }, ['a1', 'b2']);
  return { stays, goes, join: () => receive(desk, ours) };
}

function row(uid: CaseId): CaseRow {
  const [found] = desk.store.read((db) => rowsOfCases(db, [currentCaseUid(db, uid)]));
  if (found === undefined) throw new Error('the case is gone');
  return found;
}

test('a snoozed case that is merged away sleeps no more, and does not keep others asleep', async () => {
  const { goes, stays, join } = await twoCases();
  await receive(desk, mail('z9'));
  const other = caseOf(desk, 'z9');
  const until = instant(desk.time.now + 60_000);
  applyAction(desk, { opId: op(), caseIds: [goes, other], action: { kind: 'snooze', until } });
  await join();
  desk.time.now += 120_000;
  const now = instant(desk.time.now);
  expect(desk.store.read((db) => dueSnoozes(db, now))).not.toContain(goes);
  const problems: unknown[] = [];
  startHousekeeping(desk, (_level, message, fields) => problems.push([message, fields]))[Symbol.dispose]();
  expect(problems).toEqual([]);
  expect(row(other).snoozedUntil).toBeNull();
  expect(row(stays).snoozedUntil).toBeNull();
  expect(desk.store.read(nextSnoozeAt)).toBeNull();
});

test('the drafts of both cases are kept, with their files', async () => {
  const { stays, goes, join } = await twoCases();
  const to = [{ address: 'mei@customer.test', name: '' }];
  saveDraftText(desk, { opId: op(), caseId: stays, kind: 'reply', text: 'words here', to, cc: [] });
  const there = saveDraftText(desk, { opId: op(), caseId: goes, kind: 'reply', text: 'words there', to, cc: [] });
  if (!there.ok) throw new Error(there.error.code);
  desk.store.write((tx) =>
    insertAttachment(tx, {
      uid: makeId('att', 'file'),
      messageId: null,
      draftUid: there.value.draftId,
      position: 0,
      inline: false,
      sizeBytes: 1,
      sha256: 'x',
      inSource: false,
      contentId: null,
      embedded: null,
      type: 'text/plain',
      name: 'a.txt',
    }),
  );
  await join();
  const draft = desk.store.read((db) => draftOfCase(db, stays, 'reply'));
  expect(draft?.text).toBe('words here\n\nwords there');
  expect(desk.store.read((db) => attachmentsOfDraft(db, draft?.uid ?? '')).map((each) => each.name)).toEqual(['a.txt']);
  expect(desk.store.read((db) => draftOfCase(db, goes, 'reply'))).toBeUndefined();
});

test.each([
  ['the one that goes', true],
  ['the one that stays', false],
])('what nobody has read stays unread: %s was not', async (_which, isGoing) => {
  const { stays, goes, join } = await twoCases();
  markRead(desk, { opId: op(), caseIds: [isGoing ? stays : goes], read: true });
  await join();
  expect(row(stays).unread).toBe(true);
});

test('what was read in both stays read', async () => {
  const { stays, goes, join } = await twoCases();
  markRead(desk, { opId: op(), caseIds: [stays, goes], read: true });
  await join();
  expect(row(stays).unread).toBe(false);
  expect(row(stays).lastMessageAt).toBe(T0 + 2_000);
});
