// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { FakeEngine } from '../../../../test/renderer/fake-engine.ts';
import { EMPTY_ROSTER } from '../../../shared/domain/coverage/roster.ts';
import type { AgentProfile } from '../../../shared/domain/coverage/roster.ts';
import { makeId } from '../../../shared/domain/ids.ts';
import type { RoutingRule } from '../../../shared/domain/routing/rules.ts';
import { transport } from '../../bridge/client.ts';
import { startI18n } from '../../i18n/i18n.ts';
import { undoLast } from '../../state/undo.ts';
import { ToastRegion } from '../../ui/toast.tsx';
import { useRoutingPage } from './routing-page.tsx';

let engine: FakeEngine;
let rules: readonly RoutingRule[] = [];

const rule = (skill: string, over: Partial<RoutingRule> = {}): RoutingRule => ({
  id: skill,
  accountIds: [],
  channels: [],
  labels: [],
  languages: [],
  tiers: [],
  skill,
  isLast: false,
  isActive: true,
  ...over,
});

function agent(name: string, skills: readonly string[]): AgentProfile {
  return {
    agentId: makeId('agt', name),
    name,
    hubId: null,
    zone: 'UTC',
    contract: { hoursPerWeek: 40, from: null, until: null },
    skills: skills.map((each) => ({ name: each, level: 'good', from: null, until: null })),
    languages: [],
    tiers: ['L1'],
    pattern: {},
    isActive: true,
  };
}

function Page(): ReactNode {
  return useRoutingPage().content;
}

function open(saved: readonly RoutingRule[], canChange = true): void {
  rules = saved;
  engine = new FakeEngine({
    'routing.rules': () => ({ ok: true, value: { rules, canChange } }),
    'routing.save': (input) => {
      rules = input.rules;
      void engine.changed('routing.rules');
      return { ok: true, value: null };
    },
    'roster.get': () => ({
      ok: true,
      value: {
        roster: { ...EMPTY_ROSTER, agents: [agent('Anna', ['withdrawals']), agent('Bo', ['fraud', 'withdrawals']), agent('Cim', [])] },
        me: null,
        canPlan: canChange,
        zoneData: '2026c',
        zoneNotice: null,
      },
    }),
    'accounts.list': () => ({ ok: true, value: [] }),
    'cases.labels': () => ({ ok: true, value: [{ label: 'stuck', count: 3 }] }),
  });
  transport.attach(engine.connect());
  render(
    <ToastRegion>
      <Page />
    </ToastRegion>,
  );
}

const button = async (name: string): Promise<HTMLElement> => screen.findByLabelText(name, { selector: 'button' });
const order = (): readonly string[] => rules.map(({ skill }) => skill);
/** Types into a combobox and takes what is found. */
async function choose(part: HTMLElement, label: string, text: string): Promise<void> {
  const input = within(part).getByLabelText(label, { selector: 'input' });
  fireEvent.focus(input);
  fireEvent.click(input);
  fireEvent.input(input, { target: { value: text } });
  fireEvent.keyDown(input, { key: 'ArrowDown' });
  const found = (): HTMLElement | undefined =>
    [...document.querySelectorAll<HTMLElement>('[role="option"]')].find((each) => each.textContent === text);
  await waitFor(() => expect(found()).toBeDefined());
  fireEvent.click(found() ?? input);
}

beforeAll(async () => startI18n('en'));
beforeEach(() => {
  rules = [];
});
afterEach(() => {
  cleanup();
  engine.stop();
});

describe('the rules of who takes which case', () => {
  test('are added in a dialog, told in words, and taken back', async () => {
    open([]);
    await screen.findByText('No rules yet');
    fireEvent.click(screen.getByText('Add a rule'));
    const dialog = await waitFor(() => {
      const found = document.querySelector<HTMLElement>('.m-dialog');
      if (found === null) throw new Error('no dialog');
      return found;
    });
    within(dialog).getByRole('button', { name: 'Save' }).focus();
    fireEvent.click(within(dialog).getByText('Save'));
    await within(dialog).findByText('Choose a skill.');
    await waitFor(() => expect(document.activeElement).toBe(within(dialog).getByRole('combobox', { name: 'Skill that is needed' })));
    await choose(dialog, 'Skill that is needed', 'fraud');
    await choose(dialog, 'Labels', 'stuck');
    await choose(dialog, 'Channels', 'Telegram');
    fireEvent.click(within(dialog).getByText('Save'));
    await waitFor(() => expect(document.querySelector('th[scope="row"]')?.textContent).toBe('fraud'));
    expect(rules).toMatchObject([{ skill: 'fraud', labels: ['stuck'], channels: ['telegram'], isActive: true, isLast: false }]);
    expect(document.querySelector('tbody tr')?.children[1]?.textContent).toBe('LabelsstuckChannelsTelegram');
    await undoLast();
    await screen.findByText('No rules yet');
    expect(rules).toEqual([]);
  });

  test('are moved, and the button that moved one keeps the focus', async () => {
    open([rule('fraud'), rule('withdrawals'), rule('cards')]);
    fireEvent.click(await button('Move rule 1 down: fraud'));
    await waitFor(() => expect(order()).toEqual(['withdrawals', 'fraud', 'cards']));
    await waitFor(() => expect(document.activeElement?.getAttribute('aria-label')).toBe('Move rule 2 down: fraud'));
    fireEvent.click(await button('Move rule 2 down: fraud'));
    // at the end there is only the way back
    await waitFor(() => expect(document.activeElement?.getAttribute('aria-label')).toBe('Move rule 3 up: fraud'));
    expect(screen.getByText('fraud is now rule 3 of 3')).not.toBeNull();
    fireEvent.click(await button('Remove rule 3: fraud'));
    await waitFor(() => expect(document.activeElement?.getAttribute('aria-label')).toBe('Remove rule 2: cards'));
    fireEvent.click(await screen.findByLabelText('Use rule 1: withdrawals'));
    await waitFor(() => expect(rules[0]?.isActive).toBe(false));
  });

  test('that somebody else has changed since are not put back', async () => {
    open([rule('fraud'), rule('withdrawals')]);
    fireEvent.click(await button('Remove rule 1: fraud'));
    await waitFor(() => expect(order()).toEqual(['withdrawals']));
    rules = [rule('withdrawals'), rule('theirs')];
    await undoLast();
    expect(order()).toEqual(['withdrawals', 'theirs']);
  });

  test('show what a case would need, why, and who could take it', async () => {
    open([rule('withdrawals', { labels: ['stuck'] }), rule('fraud', { labels: ['stuck'], isActive: false })]);
    const attempt = await screen.findByRole('region', { name: 'Try it out' });
    await within(attempt).findByText('Nothing: everybody can take it.');
    await choose(attempt, 'Labels', 'stuck');
    const needs = await within(attempt).findByRole('list', { name: 'Needs' });
    expect(
      within(needs)
        .getAllByRole('listitem')
        .map((each) => each.textContent),
    ).toEqual(['withdrawals because of the label “stuck”']);
    expect(within(attempt).getByText('Can take it: Anna and Bo')).not.toBeNull();
    // a rule that is switched on changes who can take it
    fireEvent.click(await screen.findByLabelText('Use rule 2: fraud'));
    await within(attempt).findByText('Can take it: Bo');
  });

  test('say of a skill that nobody has that it is asked of nobody', async () => {
    open([rule('withdrawls')]);
    await screen.findByText('Nobody has this skill: it is asked of nobody.');
    expect(await screen.findByText('Can take it: Anna, Bo, and Cim')).not.toBeNull();
  });

  test('can only be looked at by who is no lead', async () => {
    open([rule('fraud')], false);
    await screen.findByText('Only leads may change this.');
    expect(screen.queryByText('Add a rule')).toBeNull();
    expect(screen.getByRole('switch', { name: 'Use rule 1: fraud' }).getAttribute('aria-disabled') ?? 'true').toBe('true');
  });
});
