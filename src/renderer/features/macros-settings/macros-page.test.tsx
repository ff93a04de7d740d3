// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { FakeEngine } from '../../../../test/renderer/fake-engine.ts';
import type { ListedMacro } from '../../../shared/contract/macros.contract.ts';
import { makeId } from '../../../shared/domain/ids.ts';
import { transport } from '../../bridge/client.ts';
import { startI18n } from '../../i18n/i18n.ts';
import { undoLast } from '../../state/undo.ts';
import { ToastRegion } from '../../ui/toast.tsx';
import { useMacrosPage } from './macros-page.tsx';

let engine: FakeEngine;
let macros: readonly ListedMacro[] = [];

const listed = (name: string, change: Partial<ListedMacro> = {}): ListedMacro => ({
  macroId: makeId('mac', name),
  name,
  shortcut: '',
  texts: [{ language: 'en', text: 'Hello' }],
  actions: [],
  channels: [],
  isTeam: true,
  ownerId: null,
  canChange: true,
  uses: 0,
  ...change,
});

function Page(): ReactNode {
  return useMacrosPage().content;
}

function open(saved: readonly ListedMacro[]): void {
  macros = saved;
  engine = new FakeEngine({
    'macros.list': () => ({ ok: true, value: macros }),
    'macros.try': ({ text }) => ({ ok: true, value: { text: text.replace('{{customer.name}}', 'Mei'), gaps: [] } }),
    'macros.save': ({ macro, isTeam }) => {
      if (macro.texts.some(({ text }) => text.includes('password'))) return { ok: false, error: { code: 'asks-for-secret', detail: 'en' } };
      macros = [...macros.filter(({ macroId }) => macroId !== macro.macroId), { ...listed(macro.name), ...macro, isTeam }];
      void engine.changed('macros.list');
      return { ok: true, value: null };
    },
    'macros.remove': ({ macroId }) => {
      macros = macros.filter((each) => each.macroId !== macroId);
      void engine.changed('macros.list');
      return { ok: true, value: null };
    },
    'workspace.get': () => ({ ok: false, error: { code: 'internal', detail: 'not asked here' } }),
  });
  transport.attach(engine.connect());
  render(
    <ToastRegion>
      <Page />
    </ToastRegion>,
  );
}

beforeAll(async () => startI18n('en'));
afterEach(() => {
  cleanup();
  engine.stop();
});

test('a macro is written with a preview, refused with words when it asks for a secret, and kept when it does not', async () => {
  open([]);
  await screen.findByText('No macros yet');
  fireEvent.click(screen.getByText('Add a macro'));
  const dialog = await waitFor(() => {
    const found = document.querySelector<HTMLElement>('.m-dialog');
    if (found === null) throw new Error('no dialog');
    return found;
  });
  within(dialog).getByRole('button', { name: 'Save' }).focus();
  fireEvent.click(within(dialog).getByText('Save'));
  await within(dialog).findByText('Give it a name.');
  // it may have been scrolled away
  await waitFor(() => expect(document.activeElement).toBe(within(dialog).getByLabelText('Name')));
  fireEvent.change(within(dialog).getByLabelText('Name'), { target: { value: 'Check' } });
  const area = within(dialog).getByLabelText('Text in English');
  fireEvent.change(area, { target: { value: 'Your password, {{customer.name}}?' } });
  await within(dialog).findByText('Your password, Mei?');
  fireEvent.click(within(dialog).getByText('Save'));
  const refusal = await within(dialog).findByRole('alert');
  expect(refusal.textContent).toContain('The text in English asks for a secret');
  expect(refusal.closest('footer')).not.toBeNull();
  fireEvent.change(area, { target: { value: 'Hello {{customer.name}}' } });
  fireEvent.click(within(dialog).getByText('Add'));
  fireEvent.click(within(dialog).getByText('Save'));
  await waitFor(() =>
    expect(macros).toMatchObject([
      {
        name: 'Check',
        texts: [{ language: 'en', text: 'Hello {{customer.name}}' }],
        actions: [{ kind: 'status', to: 'pending' }],
        isTeam: true,
      },
    ]),
  );
  await screen.findByText('Status: Pending');
  await undoLast();
  await screen.findByText('No macros yet');
});

test('a macro that is removed comes back as it was', async () => {
  const saved = [listed('One', { uses: 4, shortcut: 'one' }), listed('Two', { canChange: false })];
  open(saved);
  await screen.findByText('#one');
  expect(screen.queryByLabelText('Remove Two')).toBeNull();
  fireEvent.click(screen.getByLabelText('Remove One', { selector: 'button' }));
  await waitFor(() => expect(macros.map(({ name }) => name)).toEqual(['Two']));
  await undoLast();
  await waitFor(() => expect(macros.map(({ name, shortcut }) => [name, shortcut])).toContainEqual(['One', 'one']));
});
