// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import axe from 'axe-core';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { SuggestSection } from './suggest-section.tsx';
import { insertBest, useSuggestions } from './suggest-store.ts';
import { FakeEngine } from '../../../../../test/renderer/fake-engine.ts';
import type { CaseDetail } from '../../../../shared/contract/cases.contract.ts';
import type { Suggestion, Suggestions } from '../../../../shared/contract/suggest.contract.ts';
import { makeId } from '../../../../shared/domain/ids.ts';
import { instant } from '../../../../shared/domain/time.ts';
import { transport } from '../../../bridge/client.ts';
import { startI18n } from '../../../i18n/i18n.ts';
import { useSession } from '../../../state/session.ts';
import { undoLast } from '../../../state/undo.ts';
import { ToastRegion } from '../../../ui/toast.tsx';
import { useMacros } from '../macros/macro-store.ts';

const CASE = makeId('case', 'a');
const AT = instant(Date.UTC(2026, 10, 25, 9));
// what the section reads of it
const DETAIL = { caseId: CASE, status: 'open', lastInboundAt: AT, lastMessageAt: AT } as unknown as CaseDetail;
const answer = (key: string, over: Partial<Suggestion> = {}): Suggestion => ({
  key,
  source: {
    kind: 'case',
    caseId: makeId('case', key),
    messageId: makeId('msg', key),
    subject: `Case ${key}`,
    agentId: null,
    at: AT,
    times: 3,
  },
  language: 'en',
  isOtherLanguage: false,
  text: `Hello Mei,\n\nanswer ${key} of ⟦amount⟧.`,
  gaps: ['amount'],
  fit: 0.5,
  ...over,
});
let engine: FakeEngine;
let value: Suggestions;
const hidden = new Set<string>();

beforeAll(async () => startI18n('en'));
beforeEach(() => {
  useSession.setState({ zone: 'UTC', selectedCaseId: null });
  useMacros.setState({ insert: null });
  hidden.clear();
  value = {
    suggestions: [
      answer('one'),
      answer('two', {
        language: 'ja',
        isOtherLanguage: true,
        source: { kind: 'macro', macroId: makeId('mac', 'm'), name: 'KYC', isTeam: true, actions: [] },
      }),
    ],
    similar: [],
    hidden: 0,
    isComplete: true,
    notIndexed: 0,
  };
  const shown = (): Suggestions => ({
    ...value,
    suggestions: value.suggestions.filter(({ key }) => !hidden.has(key)),
    hidden: hidden.size,
  });
  engine = new FakeEngine({
    'suggest.forCase': () => ({ ok: true, value: shown() }),
    'suggest.hide': ({ key }) => {
      hidden.add(key);
      void engine.changed('suggest.forCase');
      return { ok: true, value: null };
    },
    'suggest.show': () => {
      hidden.clear();
      void engine.changed('suggest.forCase');
      return { ok: true, value: null };
    },
    'macros.used': () => ({ ok: true, value: null }),
    'workspace.get': () => ({ ok: false, error: { code: 'internal', detail: 'not asked here' } }),
  });
  transport.attach(engine.connect());
});
afterEach(() => {
  cleanup();
  engine.stop();
});

const open = (detail = DETAIL): HTMLElement =>
  render(
    <ToastRegion>
      <SuggestSection detail={detail} />
    </ToastRegion>,
  ).container;

test('says where an answer is from, in which language, and what is to be filled in; a digit puts it into the reply', async () => {
  const container = open();
  const part = await screen.findByRole('region', { name: 'Suggested answers' });
  await within(part).findByText('Case one');
  expect(part.textContent).toContain('another program, 25 Nov · given 3 times · 50% alike');
  expect(part.textContent).toContain('1 place to fill in');
  expect(within(part).getAllByText('amount')[0]?.tagName).toBe('MARK');
  expect(part.textContent).toContain('in Japanese');
  const found = await axe.run(container, { rules: { 'color-contrast': { enabled: false }, region: { enabled: false } } });
  expect(found.violations.map(({ id }) => id)).toEqual([]);
  fireEvent.keyDown(within(part).getByRole('button', { name: 'Insert the answer from Case one' }), { key: '2' });
  expect(useMacros.getState().insert).toMatchObject({ caseId: CASE, text: value.suggestions[1]?.text });
  await waitFor(() => expect(engine.calls.map(({ name }) => name)).toContain('macros.used'));
});

test('the one key inserts the best, also where the panel is hidden, and nothing is sent', async () => {
  await insertBest(CASE);
  expect(useMacros.getState().insert).toMatchObject({ caseId: CASE, text: value.suggestions[0]?.text });
  expect(engine.calls.map(({ name }) => name)).toEqual(['suggest.forCase']);
});

test('what is not helpful goes, and comes back by undo', async () => {
  open();
  fireEvent.click(await screen.findByRole('button', { name: 'Not helpful: the answer from Case one' }));
  await waitFor(() => expect(screen.queryByText('Case one')).toBeNull());
  expect(screen.getByText('1 hidden')).toBeDefined();
  await undoLast();
  await screen.findByText('Case one');
});

test('says that there is nothing, and asks for nothing in a solved case', async () => {
  value = { ...value, suggestions: [] };
  open();
  await screen.findByText('No case like this was solved here yet, and no macro or article fits.');
  cleanup();
  const asked = engine.begun.filter(({ name }) => name === 'suggest.forCase').length;
  expect(open({ ...DETAIL, status: 'solved' }).textContent).toBe('');
  expect(engine.begun.filter(({ name }) => name === 'suggest.forCase')).toHaveLength(asked);
  expect(useSuggestions.getState().shown).toBeNull();
});
