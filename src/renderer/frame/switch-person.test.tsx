// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { FakeEngine } from '../../../test/renderer/fake-engine.ts';
import { EMPTY_ROSTER } from '../../shared/domain/coverage/roster.ts';
import type { AgentProfile } from '../../shared/domain/coverage/roster.ts';
import { makeId } from '../../shared/domain/ids.ts';
import { transport } from '../bridge/client.ts';
import { startI18n } from '../i18n/i18n.ts';
import { actionRegistry } from '../shortcuts/registry.ts';
import { useSession } from '../state/session.ts';
import { ToastRegion } from '../ui/toast.tsx';
import { SwitchPerson } from './switch-person.tsx';
import { setSwitchPersonOpen } from './switch-person.store.ts';
import { useFrameActions } from './use-frame-actions.ts';

const agent = (id: string, name: string, zone: string, isActive = true): AgentProfile => ({
  agentId: makeId('agt', id),
  name,
  hubId: makeId('hub', 'sin'),
  zone,
  contract: { hoursPerWeek: 40, from: null, until: null },
  skills: [],
  languages: [],
  tiers: [],
  pattern: {},
  isActive,
});
const TEAM = [
  agent('me', 'Robin Vale', 'Europe/Lisbon'),
  agent('wei', 'Wei Ling', 'Asia/Singapore'),
  agent('gone', 'Gone Away', 'Asia/Singapore', false),
];

let engine: FakeEngine;
let agents = TEAM;
let me = makeId('agt', 'me');
let isRefused = false;

function Desk(): null {
  useFrameActions('main');
  return null;
}

beforeAll(async () => startI18n('en'));
beforeEach(async () => {
  agents = TEAM;
  me = makeId('agt', 'me');
  isRefused = false;
  useSession.setState({ zone: 'Europe/Lisbon', locale: 'en', checkedCaseIds: new Set([makeId('case', 'c1')]) });
  engine = new FakeEngine({
    'roster.get': () => ({
      ok: true,
      value: {
        roster: {
          ...EMPTY_ROSTER,
          agents,
          hubs: [
            {
              hubId: makeId('hub', 'sin'),
              name: 'Singapore',
              zone: 'Asia/Singapore',
              position: null,
              weekend: [],
              holidays: [],
              isActive: true,
            },
          ],
        },
        me,
        canPlan: true,
        zoneData: '2026c',
        zoneNotice: null,
      },
    }),
    'workspace.sitDown': ({ agentId }) => {
      const found = agents.find((each) => each.agentId === agentId);
      if (found === undefined || isRefused) return { ok: false, error: { code: 'not-active', detail: '' } };
      me = agentId;
      void engine.changed('roster.get');
      return { ok: true, value: { agentId, name: found.name, hub: 'Singapore', zone: found.zone, languages: [], isMe: true } };
    },
  });
  transport.attach(engine.connect());
  render(
    <ToastRegion>
      <Desk />
      <SwitchPerson />
    </ToastRegion>,
  );
  await act(async () => engine.changed('roster.get'));
});
afterEach(() => {
  act(() => setSwitchPersonOpen(false));
  cleanup();
  engine.stop();
});

const ask = async (): Promise<HTMLElement> => {
  await expect.poll(() => actionRegistry.list().some((each) => each.id === 'person.switch' && each.when?.() === true)).toBe(true);
  act(() => void actionRegistry.run('person.switch'));
  return screen.findByRole('dialog', { name: 'Who sits here now?' });
};

describe('switching the person at this desk', () => {
  test('lists who is active with hub and local time, is narrowed by typing, and says who sits here now', async () => {
    const dialog = await ask();
    const options = within(dialog).getAllByRole('option');
    expect(options.map((each) => each.textContent.replace(/^[A-Z]{2}/u, ''))).toEqual([
      expect.stringMatching(/^Robin Vale \(here now\)Singapore · \w{3} \d\d:\d\d$/u),
      expect.stringMatching(/^Wei LingSingapore · \w{3} \d\d:\d\d$/u),
    ]);
    const field = within(dialog).getByRole('combobox', { name: 'Search people' });
    fireEvent.change(field, { target: { value: 'wei' } });
    await expect.poll(() => within(dialog).getAllByRole('option')).toHaveLength(1);
    fireEvent.click(within(dialog).getByRole('option'));
    await screen.findByText('Wei Ling sits here now');
    expect(engine.calls).toMatchObject([{ name: 'workspace.sitDown', input: { agentId: makeId('agt', 'wei') } }]);
    // What was checked was the other person's choice.
    expect(useSession.getState().checkedCaseIds.size).toBe(0);
    fireEvent.click(screen.getByRole('button', { name: 'Back to Robin Vale' }));
    await screen.findByText('Robin Vale sits here now');
  });

  test('a refusal is told', async () => {
    isRefused = true;
    fireEvent.click(within(await ask()).getByRole('option', { name: /Wei Ling/u }));
    expect((await screen.findAllByText('This person is not active in the team any more.')).length).toBeGreaterThan(0);
  });

  test('is not offered to somebody who works alone', async () => {
    await ask();
    agents = TEAM.filter((each) => each.name !== 'Wei Ling');
    await act(async () => engine.changed('roster.get'));
    await expect.poll(() => actionRegistry.run('person.switch')).toBe(false);
    await expect.poll(() => screen.queryByRole('dialog')).toBeNull();
  });
});
