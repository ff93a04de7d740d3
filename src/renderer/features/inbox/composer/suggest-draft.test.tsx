// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { FakeEngine } from '../../../../../test/renderer/fake-engine.ts';
import { makeId } from '../../../../shared/domain/ids.ts';
import { transport } from '../../../bridge/client.ts';
import { startI18n } from '../../../i18n/i18n.ts';
import { SuggestDraft } from './suggest-draft.tsx';

/** Over a fake engine: what it answers is written here. */

const CASE = makeId('case', 'a');
let isOn = true;
let engine: FakeEngine;
let answer: (value: { readonly text: string } | { readonly code: 'timeout' | 'cancelled' }) => void;
const stopped = vi.fn<(caseId: string) => void>();

beforeAll(async () => startI18n('en'));
beforeEach(() => {
  isOn = true;
  stopped.mockReset();
  engine = new FakeEngine({
    'assistant.get': () => ({
      ok: true,
      value: { settings: { isOn, address: 'https://a.test/v1', model: 'm' }, hasKey: true, canChange: true },
    }),
    'drafts.suggest': async () =>
      new Promise((resolve) => {
        answer = (value) =>
          resolve(
            'text' in value
              ? { ok: true, value: { ...value, basedOn: null, redacted: 0 } }
              : { ok: false, error: { code: value.code, detail: '' } },
          );
      }),
    'drafts.stopSuggesting': ({ caseId }) => {
      stopped(caseId);
      return { ok: true, value: null };
    },
  });
  transport.attach(engine.connect());
});
afterEach(() => {
  cleanup();
  engine.stop();
});

// an answer crosses the port, and is told after those that came with it
const settle = async (): Promise<void> => act(async () => new Promise((resolve) => setTimeout(resolve, 20)));
async function show(onDraft: (text: string) => void) {
  const shown = render(<SuggestDraft caseId={CASE} onDraft={onDraft} />);
  await settle();
  return shown;
}

it('is not there while nobody has set a service up', async () => {
  isOn = false;
  const { container } = await show(vi.fn());
  expect(container.textContent).toBe('');
});

it('hands the draft over, and can be stopped', async () => {
  const onDraft = vi.fn<(text: string) => void>();
  await show(onDraft);
  fireEvent.click(screen.getByRole('button', { name: 'Draft a reply' }));
  await settle();
  fireEvent.click(screen.getByRole('button', { name: 'Stop drafting' }));
  await settle();
  expect(stopped).toHaveBeenCalledWith(CASE);
  answer({ code: 'cancelled' });
  await settle();
  expect(onDraft).not.toHaveBeenCalled();
  fireEvent.click(screen.getByRole('button', { name: 'Draft a reply' }));
  await settle();
  answer({ text: 'Hello Mei' });
  await settle();
  expect(onDraft).toHaveBeenCalledWith('Hello Mei');
});

it('says that it drafts, and takes whoever waited at the button into the text', async () => {
  render(
    <div className="ib-editor">
      <textarea aria-label="Text" />
      <SuggestDraft caseId={CASE} onDraft={() => undefined} />
    </div>,
  );
  await settle();
  const ask = async (): Promise<void> => {
    screen.getByRole('button', { name: 'Draft a reply' }).focus();
    fireEvent.click(screen.getByRole('button', { name: 'Draft a reply' }));
    await settle();
  };
  await ask();
  expect(screen.getByRole('status').textContent).toBe('Drafting …');
  answer({ text: 'Hello Mei' });
  await settle();
  expect(screen.getByRole('status').textContent).toBe('');
  expect(document.activeElement).toBe(screen.getByLabelText('Text'));
  // whoever has gone elsewhere meanwhile stays there
  await ask();
  (document.activeElement as HTMLElement).blur();
  answer({ text: 'Hello Mei' });
  await settle();
  expect(document.activeElement).toBe(document.body);
});

it('gives nothing to a case that the person has left', async () => {
  const onDraft = vi.fn<(text: string) => void>();
  const { unmount } = await show(onDraft);
  fireEvent.click(screen.getByRole('button', { name: 'Draft a reply' }));
  await settle();
  unmount();
  answer({ text: 'too late' });
  await settle();
  expect(onDraft).not.toHaveBeenCalled();
  expect(stopped).toHaveBeenCalledWith(CASE);
});
