// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { startI18n } from '../../../i18n/i18n.ts';
import { actionRegistry, isPossible } from '../../../shortcuts/registry.ts';
import type { DraftView } from './draft-session.ts';
import { Editor } from './editor.tsx';

const EMPTY: DraftView = {
  content: { text: '', to: [], cc: [] },
  state: 'untouched',
  errorCode: null,
  draftId: null,
  savedAt: null,
};
const BEGUN: DraftView = { ...EMPTY, content: { ...EMPTY.content, text: 'Hello' }, state: 'saved' };

let told: string[];

beforeAll(async () => startI18n('en'));
beforeEach(() => {
  told = [];
});
afterEach(cleanup);

function show(view: DraftView, takesFiles = true): void {
  render(
    <Editor
      view={view}
      attachments={[]}
      label="Text"
      placeholder=""
      problem={null}
      onText={() => undefined}
      onFiles={takesFiles ? () => undefined : null}
      onRemoveFile={() => undefined}
      sendLabel="Send the reply"
      onSend={() => told.push('sent')}
      onDiscard={() => told.push('discarded')}
      onLeave={() => undefined}
      top={null}
      hint={null}
      buttons={null}
    />,
  );
}
const possible = (): readonly string[] =>
  actionRegistry
    .list()
    .filter((action) => action.area === 'compose' && action.hidden !== true && isPossible(action))
    .map(({ label }) => label);

test('what can be done with a draft is among the commands, where it can be done', async () => {
  show(BEGUN);
  expect(possible()).toEqual(['Send the reply', 'Attach files to the reply', 'Throw the draft away']);
  actionRegistry.run('compose.send');
  expect(told).toEqual(['sent']);
  // it asks, as the button does
  actionRegistry.run('compose.discard');
  await screen.findByRole('alertdialog');
  expect(told).toEqual(['sent']);
  fireEvent.click(screen.getByRole('button', { name: 'Throw away' }));
  expect(told).toEqual(['sent', 'discarded']);
});

test('nothing is sent or thrown away where nothing is written; files are chosen where there may be some', () => {
  show(EMPTY);
  expect(possible()).toEqual(['Attach files to the reply']);
  const chosen = vi.fn<() => void>();
  document.querySelector('input[type="file"]')?.addEventListener('click', chosen);
  actionRegistry.run('compose.attach');
  expect(chosen).toHaveBeenCalledTimes(1);
  cleanup();
  show(BEGUN, false);
  expect(possible()).toEqual(['Send the reply', 'Throw the draft away']);
});
