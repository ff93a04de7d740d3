// @vitest-environment happy-dom
import { act, cleanup, render } from '@testing-library/react';
import i18next from 'i18next';
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { FakeEngine } from '../../test/renderer/fake-engine.ts';
import { fakeRoster } from '../../test/renderer/preview/fake-coverage.ts';
import { fakeWorld } from '../../test/renderer/preview/fake-world.ts';
import { makeId } from '../shared/domain/ids.ts';
import { App } from './app.tsx';
import { transport } from './bridge/client.ts';
import { flatTexts } from './i18n/flat-texts.ts';
import { resources, startI18n } from './i18n/i18n.ts';
import { isPseudo, PSEUDO_LOCALE, pseudoTexts } from './i18n/pseudo-locale.ts';
import { clashes } from '../shared/domain/desk/key-map.ts';
import { actionRegistry } from './shortcuts/registry.ts';
import { openSettings, useSession } from './state/session.ts';
import type { SettingsPage } from './state/session.ts';

/** A busy machine shows what is waited for, only later. */
const PATIENT = { timeout: 15_000 };

let engine: FakeEngine;

function open(scenario: string): HTMLElement {
  engine = new FakeEngine(fakeWorld(new URLSearchParams({ scenario }), () => engine));
  transport.attach(engine.connect());
  return render(<App />).container;
}

beforeAll(async () => {
  await startI18n('en');
});

beforeEach(() => {
  useSession.setState({ route: 'settings', settingsPage: 'about', selectedCaseId: null, locale: 'en' });
});

afterEach(() => {
  cleanup();
  engine.stop();
  vi.useRealTimers();
});

test('no two shortcuts of the frame and the inbox are in each other’s way', async () => {
  useSession.setState({ route: 'inbox' });
  open('main');
  await vi.waitFor(() => expect(actionRegistry.list().some((action) => action.id === 'app.palette')).toBe(true), PATIENT);
  const shortcuts = actionRegistry.list().flatMap((action) => action.keys.map((keys) => ({ id: action.id, keys })));
  expect(shortcuts.length).toBeGreaterThan(20);
  const pairs = shortcuts.flatMap((one, index) =>
    shortcuts
      .slice(index + 1)
      .filter((other) => other.id !== one.id && clashes(one.keys, other.keys))
      .map((other) => [one, other]),
  );
  expect(pairs).toEqual([]);
});

test('a menu command from the shell runs the action', async () => {
  const container = open('main');
  await vi.waitFor(() => expect(container.querySelector('.rail')).not.toBeNull(), PATIENT);
  act(() => engine.tell({ type: 'menu', command: 'go.outbox' }));
  await vi.waitFor(() => expect(useSession.getState().route).toBe('outbox'), PATIENT);
});

test('while the engine is away the window says so and takes no input; it comes back by itself', async () => {
  const container = open('main');
  await vi.waitFor(() => expect(container.querySelector('.rail')).not.toBeNull(), PATIENT);
  engine.stop();
  await vi.waitFor(() => expect(container.querySelector('.engine-overlay')).not.toBeNull(), PATIENT);
  expect(container.querySelector('.app-desk')?.hasAttribute('inert')).toBe(true);
  act(() => transport.attach(engine.connect()));
  await vi.waitFor(() => expect(container.querySelector('.engine-overlay')).toBeNull(), PATIENT);
});

test('in the right-to-left pseudo-locale the page is mirrored and every word of ours went through translation', async () => {
  for (const [namespace, texts] of Object.entries(resources.en))
    i18next.addResourceBundle(PSEUDO_LOCALE, namespace, flatTexts(pseudoTexts(texts)));
  const container = open('problem');
  await vi.waitFor(() => expect(container.querySelector('.about-facts')).not.toBeNull(), PATIENT);
  await act(async () => i18next.changeLanguage(PSEUDO_LOCALE));
  expect(i18next.dir()).toBe('rtl');
  const pages: readonly SettingsPage[] = [
    'profile',
    'appearance',
    'mailboxes',
    'sending',
    'notifications',
    'hours',
    'policies',
    'simulator',
    'hubs',
    'people',
    'requirements',
    'about',
  ];
  const plain = new Set<string>();
  for (const page of pages) {
    act(() => openSettings(page));
    await vi.waitFor(() => expect(container.querySelector('[role="tabpanel"]:not([hidden])')?.textContent).not.toBe(''), PATIENT);
    for (const text of texts(container))
      if (!isPseudo(text) && /\p{L}{3}/u.test(text) && !DATA.some((pattern) => pattern.test(text)) && !isOfTheTeam(text)) plain.add(text);
  }
  expect([...plain]).toEqual([]);
});

test('a new message is announced to screen readers; a full disk, and what the engine can not begin, in a banner', async () => {
  const container = open('main');
  await vi.waitFor(() => expect(container.querySelector('.rail')).not.toBeNull(), PATIENT);
  act(() => engine.tell({ type: 'message-arrived', caseId: makeId('case', 'c1'), contactName: 'Amara', subject: 'Export', tier: 'vip' }));
  await vi.waitFor(() => expect(container.querySelector('[aria-live]')?.textContent).toBe('New message from Amara: Export'), PATIENT);
  act(() => engine.tell({ type: 'storage', state: 'full' }));
  await vi.waitFor(() => expect(container.querySelector('[role="alert"]')?.textContent).toContain('The disk is full'), PATIENT);
  act(() => engine.tell({ type: 'not-begun', what: ['reminders', 'clocks'] }));
  await vi.waitFor(() => expect(texts(container).join(' ')).toContain('look after: reminders and SLA clocks.'), PATIENT);
  act(() => engine.tell({ type: 'not-begun', what: [] }));
  act(() => engine.tell({ type: 'storage', state: 'ok' }));
  await vi.waitFor(() => expect(container.querySelector('[role="alert"]')).toBeNull(), PATIENT);
});

/** What is data, a name, or a word of the language itself, and so not ours to translate. */
const DATA: readonly RegExp[] = [
  /acme\.example|Acme Support|Robin Vale|INBOX|AUTHENTICATIONFAILED|\/home\/robin/u,
  /^(Meridian|Unicode CLDR|Unicode security data|linux x64|English|Portuguese|Chinese|Lisbon, Europe|UTC.*)$/u,
  /^(\S+|\(?[A-Z][\w.-]+( OR [\w.-]+\))?)$/u,
  // A hub, and days as the language has them.
  /^(San Francisco|\w{3},? \d{1,2} \w{3})$/u,
];

/** Names of the fake team, with the languages that they speak. */
function isOfTheTeam(text: string): boolean {
  return [...fakeRoster.agents, ...fakeRoster.hubs, ...fakeRoster.requirements].some(({ name }) => text.includes(name));
}

function texts(root: HTMLElement): readonly string[] {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const found: string[] = [];
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) found.push(node.textContent?.trim() ?? '');
  for (const element of root.querySelectorAll('[aria-label],[placeholder],[title]')) {
    for (const name of ['aria-label', 'placeholder', 'title']) found.push(element.getAttribute(name) ?? '');
  }
  return found.filter((text) => text !== '');
}
