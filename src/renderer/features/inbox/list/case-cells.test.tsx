// @vitest-environment happy-dom
import { cleanup, render } from '@testing-library/react';
import { afterEach, beforeAll, expect, test } from 'vitest';
import type { CaseRow } from '../../../../shared/contract/cases.contract.ts';
import { startI18n } from '../../../i18n/i18n.ts';
import { CasePreview } from './case-cells.tsx';

beforeAll(async () => startI18n('en'));
afterEach(cleanup);

function previewOf(subject: string, preview: string): string {
  const row = { caseId: 'case_a', subject, preview, snoozedUntil: null } as CaseRow;
  return render(<CasePreview row={row} isBehind />).container.textContent;
}

test('a preview stands behind the subject, and says nothing twice', () => {
  expect(previewOf('我的充值没有到账', '我的充值没有到账 ')).toBe('');
  expect(previewOf('我的充值没有到账', '我等了两个小时')).toBe(' · 我等了两个小时');
});
