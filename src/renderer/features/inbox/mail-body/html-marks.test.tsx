// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { useRef } from 'react';
import type { ReactNode } from 'react';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { FakeEngine } from '../../../../../test/renderer/fake-engine.ts';
import { fakeMessage } from '../../../../../test/renderer/fake-message.ts';
import type { Input } from '../../../../shared/contract/contract.ts';
import { makeId } from '../../../../shared/domain/ids.ts';
import { parseQuery } from '../../../../shared/domain/search-text.ts';
import type { Query } from '../../../../shared/domain/search-text.ts';
import { transport } from '../../../bridge/client.ts';
import { startI18n } from '../../../i18n/i18n.ts';
import { listenForKeys } from '../../../shortcuts/registry.ts';
import { MessageCard } from '../conversation/message-card.tsx';
import { FindBar } from '../search/find-bar.tsx';
import { FindQuery } from '../search/find-query.ts';
import { MOST_LIVE } from './live-frames.ts';
import type { ReadMail } from './sanitise-mail.ts';

/** What the frame of a formatted message is told; the frame itself, and what it shows, are looked at in the real app. */
const CASE = makeId('case', 'a');
const HTML = '<p>My <b>re</b>fund.</p><p>Another refund <a href="https://shop.example/lost">here</a></p>';
const written = fakeMessage('t', { text: 'About the refund' });
const formatted = fakeMessage('h', { text: 'My refund. Another refund here [https://shop.example/lost]', hasHtml: true });

// A FAKE in the place of the cleaning, which needs a browser's own parsers: it reads a mail and cleans nothing.
vi.mock(import('./sanitise-mail.ts'), async (original) => ({
  ...(await original()),
  readMail: (text: string): ReadMail => {
    const root = document.createElement('div');
    root.append(document.createElement('body'));
    for (const body of root.children) body.innerHTML = text;
    return { root, css: [], links: [], remoteImages: [], trackers: 0 };
  },
}));

/** Tells of each frame that it is near, or far, as the test says; happy-dom's own one says nothing. */
class Nearness implements Pick<IntersectionObserver, 'observe' | 'disconnect'> {
  static readonly all = new Set<Nearness>();
  readonly #tell: (isNear: boolean) => void;
  node: Element | null = null;
  constructor(tell: (entries: readonly Pick<IntersectionObserverEntry, 'isIntersecting'>[]) => void) {
    this.#tell = (isIntersecting) => tell([{ isIntersecting }]);
  }
  observe(node: Element): void {
    this.node = node;
    Nearness.all.add(this);
    this.say(!isFar.has(messageOf(node)));
  }
  disconnect(): void {
    Nearness.all.delete(this);
  }
  say(isNear: boolean): void {
    this.#tell(isNear);
  }
}
const messageOf = (node: Element | null): string => node?.closest('[data-message-id]')?.getAttribute('data-message-id') ?? '';
const isFar = new Set<string>();
const comes = (messageId: string, isNear: boolean): void =>
  act(() => {
    for (const each of Nearness.all) if (messageOf(each.node) === messageId) each.say(isNear);
  });

let engine: FakeEngine;
let stopKeys: () => void;
let html: Promise<string>;
/** Addresses that frames were led to, without what nobody can guess. */
let led: string[];
const ownWindow = Object.getOwnPropertyDescriptor(HTMLIFrameElement.prototype, 'contentWindow');

beforeAll(async () => {
  await startI18n('en');
  vi.stubGlobal('IntersectionObserver', Nearness);
  stopKeys = listenForKeys(window);
  const contentWindow = { location: { replace: (address: string) => led.push(address) } };
  Object.defineProperty(HTMLIFrameElement.prototype, 'contentWindow', { configurable: true, get: () => contentWindow });
});
afterAll(() => {
  stopKeys();
  vi.unstubAllGlobals();
  if (ownWindow !== undefined) Object.defineProperty(HTMLIFrameElement.prototype, 'contentWindow', ownWindow);
});
beforeEach(() => {
  html = Promise.resolve(HTML);
  led = [];
  isFar.clear();
  let bodies = 0;
  engine = new FakeEngine({
    'messages.html': async () => ({ ok: true, value: { html: await html, inline: {} } }),
    'mailBody.put': () => {
      bodies += 1;
      return { ok: true, value: { url: `about:blank?${String(bodies)}`, token: String(bodies) } };
    },
    'mailBody.drop': () => ({ ok: true, value: null }),
  });
  transport.attach(engine.connect());
});
afterEach(() => {
  cleanup();
  engine.stop();
});

function Found({
  query,
  items = [written, formatted],
}: {
  readonly query: Query | null;
  readonly items?: readonly (typeof written)[];
}): ReactNode {
  const scroller = useRef<HTMLDivElement>(null);
  return (
    <FindQuery value={query}>
      {query !== null && <FindBar query={query} scroller={scroller} onLead={() => undefined} onHide={() => undefined} />}
      <div ref={scroller}>
        {items.map((item) => (
          <MessageCard key={item.messageId} item={item} caseId={CASE} channel="email" isOpen onToggle={() => undefined} />
        ))}
      </div>
    </FindQuery>
  );
}

const put = (): readonly string[] =>
  engine.calls.filter(({ name }) => name === 'mailBody.put').map(({ input }) => (input as Input<'mailBody.put'>).html);
const status = (text: string): Promise<HTMLElement> => screen.findByText(text, { selector: '.ib-find-count' });

const lastLed = async (to: string): Promise<void> => waitFor(() => expect(led.at(-1)).toBe(to));

it('keeps the message formatted, counts what is marked in it, and leads the frame from place to place', async () => {
  const { rerender } = render(<Found query={parseQuery('refund')} />);
  // it begins at the first place of the newest message that has one
  await status('2 of 3');
  expect(put()).toHaveLength(1);
  expect(put()[0]).toMatch(/<b><mark [^>]+>re<\/mark><\/b><mark [^>]+>fund<\/mark>/u);
  await lastLed('about:blank?1#hit-1');
  fireEvent.keyDown(document.body, { key: 'F3' });
  await status('3 of 3');
  await lastLed('about:blank?1#hit-2');
  // on to the first message, which is text: nothing in the frame is the current place any more
  fireEvent.keyDown(document.body, { key: 'F3' });
  await status('1 of 3');
  await lastLed('about:blank?1#hit-0');
  fireEvent.keyDown(document.body, { key: 'F3', shiftKey: true });
  await status('3 of 3');
  await lastLed('about:blank?1#hit-2');

  // who has done with it goes on reading where it was
  rerender(<Found query={null} />);
  await lastLed('about:blank?1#hits-off');
  expect(put()).toHaveLength(1);

  // other words are another document
  rerender(<Found query={parseQuery('another')} />);
  await waitFor(() => expect(put()).toHaveLength(2));
  expect(put()[1]).toMatch(/<p><mark [^>]+>Another<\/mark> refund/u);
  await status('1 of 1');
  await lastLed('about:blank?2#hit-1');
});

it('begins nowhere while a message is still being made ready', async () => {
  let come: (text: string) => void = () => undefined;
  html = new Promise((resolve) => {
    come = resolve;
  });
  render(<Found query={parseQuery('refund')} />);
  await status('0 of 1');
  expect(led).toEqual([]);
  come(HTML);
  await status('2 of 3');
  await lastLed('about:blank?1#hit-1');
});

it('shows as text what only the text of the message has, and formatted when somebody wants it', async () => {
  const { container, rerender } = render(<Found query={parseQuery('shop.example')} />);
  await status('1 of 1');
  expect(container.querySelector('iframe')).toBeNull();
  expect(container.querySelectorAll('.ib-text')).toHaveLength(2);
  // for other words it is formatted again
  rerender(<Found query={parseQuery('another')} />);
  await waitFor(() => expect(container.querySelector('.ib-frame[data-hits="1"]')).not.toBeNull());
  rerender(<Found query={parseQuery('shop.example')} />);
  await waitFor(() => expect(container.querySelectorAll('.ib-text')).toHaveLength(2));
  fireEvent.click(screen.getByRole('button', { name: 'Formatted' }));
  await waitFor(() => expect(container.querySelector('.ib-frame')).not.toBeNull());
});

it('counts what is in all messages, and keeps no more frames than are near or were lately', async () => {
  const items = Array.from({ length: 12 }, (_, index) => fakeMessage(`m${String(index)}`, { text: 'refund', hasHtml: true }));
  for (const { messageId } of items) isFar.add(messageId);
  const { container } = render(<Found query={parseQuery('refund')} items={items} />);
  await status('23 of 24');
  expect(container.querySelectorAll('iframe')).toHaveLength(0);
  const framed = (): readonly string[] => [...container.querySelectorAll('iframe')].map(messageOf);
  const ids = items.map(({ messageId }) => messageId);
  for (const id of ids.slice(0, 8)) comes(id, true);
  // all of them are near
  await waitFor(() => expect(framed()).toEqual(ids.slice(0, 8)));
  for (const id of ids.slice(0, 8)) comes(id, false);
  comes(ids[11] ?? '', true);
  // the place that is looked at is led to when its frame comes
  await waitFor(() => expect(framed()).toEqual([...ids.slice(8 - MOST_LIVE + 1, 8), ids[11]]));
  await waitFor(() => expect(led.at(-1)).toMatch(/#hit-1$/u));
  const dropped = engine.calls.flatMap(({ name, input }) => (name === 'mailBody.drop' ? [(input as Input<'mailBody.drop'>).token] : []));
  expect(dropped).toEqual(expect.arrayContaining(['1', '2', '3']));
  expect(dropped).not.toContain('8');
  // one that comes back is made again
  comes(ids[0] ?? '', true);
  await waitFor(() => expect(framed()).toContain(ids[0]));
  expect(framed()).toHaveLength(MOST_LIVE);
});
