import { expect, test } from 'vitest';
import { makeId } from '../../shared/domain/ids.ts';
import { checkCases, setSearchText, useSession } from './session.ts';

const CASE = makeId('case', 'c1');

test('what was checked in one list is not checked in what is asked for next, where it may not be seen', () => {
  setSearchText('refund');
  checkCases([CASE]);
  setSearchText('refund ');
  expect([...useSession.getState().checkedCaseIds]).toEqual([CASE]);
  setSearchText('refund card');
  expect(useSession.getState().checkedCaseIds.size).toBe(0);
  checkCases([CASE]);
  setSearchText('');
  expect(useSession.getState()).toMatchObject({ searchText: '', savedViewId: null, checkedCaseIds: new Set() });
});
