// @vitest-environment happy-dom
import { afterEach, expect, test, vi } from 'vitest';
import { listenForFrameKeys } from './frame-keys.ts';

let stop: () => void = () => undefined;
afterEach(() => {
  stop();
  document.body.replaceChildren();
});

test('keys of a mail are pressed in the page while the mail has the focus, and only if the page itself tells of them', async () => {
  const pressed: string[] = [];
  const onKey = (event: KeyboardEvent): void => void pressed.push(event.key);
  window.addEventListener('keydown', onKey);
  stop = listenForFrameKeys(window);
  const tell = (key: string, source: Window | null = window): void => {
    window.dispatchEvent(new MessageEvent('message', { source, data: { meridian: 'frame-key', key: { key, code: `Key${key}` } } }));
  };
  const frame = document.createElement('iframe');
  const button = document.createElement('button');
  document.body.append(frame, button);
  button.focus();
  tell('a');
  frame.tabIndex = 0;
  frame.focus();
  expect(document.activeElement).toBe(frame);
  tell('b', null);
  tell('j');
  window.dispatchEvent(new MessageEvent('message', { source: window, data: { meridian: 'engine-port' } }));
  await vi.waitFor(() => expect(pressed).toEqual(['j']));
  window.removeEventListener('keydown', onKey);
});
