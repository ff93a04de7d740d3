// @vitest-environment happy-dom
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { FakeEngine } from '../../../test/renderer/fake-engine.ts';
import { makeId } from '../../shared/domain/ids.ts';
import { transport } from '../bridge/client.ts';
import { startI18n } from '../i18n/i18n.ts';
import { ToastRegion } from '../ui/toast.tsx';
import { saveView } from './saved-views.ts';

beforeAll(async () => startI18n('en'));
afterEach(() => cleanup());

const VIEW = {
  viewId: makeId('view', 'v'),
  name: 'Mine',
  conditions: [],
  text: '',
  sort: 'due',
  hiddenColumns: [],
  grouping: 'none',
} as const;

test.each([
  ['storage-full', /^The disk is full/u],
  ['too-many', /views/u],
] as const)('a view that could not be saved (%s) says why', async (code, words) => {
  const engine = new FakeEngine({ 'views.save': () => ({ ok: false, error: { code, detail: '' } }) });
  transport.attach(engine.connect());
  render(<ToastRegion>{null}</ToastRegion>);
  expect(await saveView(VIEW, false, null)).toBe(false);
  expect((await screen.findAllByText(words)).length).toBeGreaterThan(0);
});
