// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { FakeEngine } from '../../../../test/renderer/fake-engine.ts';
import { transport } from '../../bridge/client.ts';
import { changeLanguage, startI18n } from '../../i18n/i18n.ts';
import { ToastRegion } from '../../ui/toast.tsx';
import { importKeys } from './keys-files.ts';
import { useKeysPage } from './keys-page.tsx';

let engine: FakeEngine;

function Page(): ReactNode {
  return useKeysPage().content;
}

beforeAll(async () => startI18n('en'));
beforeEach(() => {
  engine = new FakeEngine({ 'desk.setKeys': () => ({ ok: true, value: null }) });
  transport.attach(engine.connect());
  render(
    <ToastRegion>
      <Page />
    </ToastRegion>,
  );
});
afterEach(async () => {
  cleanup();
  engine.stop();
  await changeLanguage('en');
});

test('of many commands that a key would be taken from three are named', () => {
  fireEvent.change(screen.getByLabelText('Find a command or a key'), { target: { value: 'Solve' } });
  fireEvent.click(screen.getByLabelText('Add keys to Solve'));
  const field = within(screen.getByRole('dialog')).getByRole('textbox');
  fireEvent.keyDown(field, { key: 'g' });
  expect(screen.getByText(/^G is “[^”]+”, “[^”]+”, “[^”]+”,? and \d+ more\. Keeping it/u)).toBeDefined();
  fireEvent.keyDown(field, { key: 'i' });
  expect(screen.getByText('G I is “Go to Inbox”. Keeping it takes it from there.')).toBeDefined();
});

test('in Chinese a command is found by its English words, too', async () => {
  await changeLanguage('zh-CN');
  const find = await screen.findByLabelText('查找命令或按键');
  fireEvent.change(find, { target: { value: 'snooze' } });
  expect(await screen.findByText('推迟……')).toBeDefined();
  fireEvent.change(find, { target: { value: '推迟' } });
  expect(await screen.findByText('推迟……')).toBeDefined();
});

test.each(['{bad', '[]', '{"version":1}', '"keys"'])('a file with %s is no file of keys, and changes none', async (text) => {
  await importKeys(new File([text], 'keys.json'));
  expect((await screen.findAllByText('This is no file of keys')).length).toBeGreaterThan(0);
  expect(engine.calls.filter(({ name }) => name === 'desk.setKeys')).toEqual([]);
});
