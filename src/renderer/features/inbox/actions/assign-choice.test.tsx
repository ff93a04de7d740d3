// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { FakeEngine } from '../../../../../test/renderer/fake-engine.ts';
import { fakeRoster } from '../../../../../test/renderer/preview/fake-coverage.ts';
import type { AgentCard } from '../../../../shared/contract/workspace.contract.ts';
import { EVERYBODY } from '../../../../shared/domain/coverage/roster.ts';
import type { Selector } from '../../../../shared/domain/coverage/roster.ts';
import { makeId } from '../../../../shared/domain/ids.ts';
import { HOUR_MS, instant } from '../../../../shared/domain/time.ts';
import { transport } from '../../../bridge/client.ts';
import { startI18n } from '../../../i18n/i18n.ts';
import { useSession } from '../../../state/session.ts';
import { openPicker } from '../inbox-store.ts';
import { CasePicker } from './case-picker.tsx';

// A Friday, 16:00 in London.
const START = Date.UTC(2026, 10, 20, 16);
const CASE = makeId('case', 'c1');
const shiftId = makeId('shf', 's');
const korean: Selector = { ...EVERYBODY, languages: ['ko'] };
const cards = fakeRoster.agents.map((agent): AgentCard => ({
  agentId: agent.agentId,
  name: agent.name,
  hub: fakeRoster.hubs.find((hub) => hub.hubId === agent.hubId)?.name ?? '',
  zone: agent.zone,
  languages: [],
  isMe: agent.agentId === makeId('agt', 'me'),
}));

let engine: FakeEngine;

beforeAll(async () => startI18n('en'));
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: START });
  useSession.setState({ zone: 'Europe/London', locale: 'en' });
  const on = (id: string): { agentId: AgentCard['agentId']; until: ReturnType<typeof instant>; shiftId: typeof shiftId } => ({
    agentId: makeId('agt', id),
    until: instant(START + 2 * HOUR_MS),
    shiftId,
  });
  engine = new FakeEngine({
    'roster.get': () => ({ ok: true, value: { roster: fakeRoster, me: null, canPlan: false, zoneData: '', zoneNotice: null } }),
    'workspace.get': () => ({
      ok: true,
      value: { workspace: 'main', hasProfile: true, me: null, agents: cards, preparing: null, notice: null },
    }),
    'cases.detail': () => ({ ok: true, value: null }),
    'cases.apply': () => ({ ok: true, value: { changed: 1, undoable: true } }),
    'coverage.runway': () => ({
      ok: true,
      value: {
        caseId: CASE,
        dueAt: null,
        runwayMs: null,
        leftMs: null,
        need: { selector: korean, unspoken: null },
        on: [],
        nextAfterDue: null,
      },
    }),
    'coverage.onNow': ({ selector }) => ({
      ok: true,
      value: {
        at: instant(START),
        on: selector.languages.length > 0 ? [on('jin')] : [on('jin'), on('ana')],
        next: [{ agentId: makeId('agt', 'wei'), from: instant(START + 9 * HOUR_MS), until: instant(START + 17 * HOUR_MS), shiftId }],
      },
    }),
  });
  transport.attach(engine.connect());
});
afterEach(() => {
  cleanup();
  engine.stop();
  vi.useRealTimers();
});

test('who can take the case now is offered first, with their local time and how long they stay', async () => {
  openPicker('assign', [CASE]);
  render(<CasePicker />);
  await screen.findByRole('option', { name: /Wei Ling Tan.*from Sat 01:00/u });
  const options = screen.getAllByRole('option').map((option) => option.textContent ?? '');
  expect(options.slice(0, 4)).toEqual([
    expect.stringContaining('Robin Vale (You)'),
    expect.stringContaining('Singapore 00:00 · on until 18:00'),
    expect.stringContaining('Singapore 00:00 · from Sat 01:00'),
    expect.stringContaining('Lisbon 16:00 · on until 18:00, can not take it'),
  ]);
  fireEvent.click(screen.getByRole('option', { name: /Kim Min-jun/u }));
  await vi.waitFor(() =>
    expect(engine.calls.find((each) => each.name === 'cases.apply')?.input).toMatchObject({
      action: { kind: 'assign', agentId: 'agt_jin' },
    }),
  );
});
