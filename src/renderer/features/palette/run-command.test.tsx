// @vitest-environment happy-dom
import { afterEach, beforeAll, expect, test } from 'vitest';
import { startI18n } from '../../i18n/i18n.ts';
import { actionRegistry } from '../../shortcuts/registry.ts';
import type { Action } from '../../shortcuts/registry.ts';
import { whyNotOf } from './run-command.ts';

let isThere: boolean;
const command = (id: string, when: () => boolean): Action => ({ id, label: id, keys: [], area: 'case', when, run: () => undefined });
let leave: () => void = () => undefined;

beforeAll(async () => startI18n('en'));
afterEach(() => leave());

test('what can not be done to the case under the cursor is told from there being none', () => {
  const wake = command('case.wake', () => false);
  leave = actionRegistry.register([command('case.labels', () => isThere), wake]);
  isThere = false;
  expect(whyNotOf(wake)).toBe('No case is chosen.');
  isThere = true;
  expect(whyNotOf(wake)).toBe('Not for a case in this state.');
});
