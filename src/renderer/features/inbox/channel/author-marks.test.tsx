// @vitest-environment happy-dom
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, beforeAll, expect, test } from 'vitest';
import type { MessageOrigin } from '../../../../shared/domain/message.ts';
import { startI18n } from '../../../i18n/i18n.ts';
import { AuthorMarks } from './author-marks.tsx';

beforeAll(async () => startI18n('en'));
afterEach(cleanup);

function marks(isPrivate: boolean, facts: MessageOrigin['author']['facts']): string {
  const author = { nativeId: '48211', handle: '@mei_c', verification: 'platform', facts } as const;
  return render(<AuthorMarks origin={{ conversation: 'g:1', nativeKey: '1', author, isPrivate }} channel="telegram" />).container
    .textContent;
}

test('a message that everybody can read says so, and in which group where there is one', () => {
  expect(marks(true, { 'telegram.group': 'Aurelia users' })).not.toContain('Public');
  expect(marks(false, {})).toMatch(/Public$/u);
  expect(marks(false, { 'telegram.group': 'Aurelia users' })).toMatch(/Public · Aurelia users$/u);
  expect(screen.getByTitle('Everybody in the group “Aurelia users” can read this conversation.')).toBeDefined();
});
