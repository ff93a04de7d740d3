// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { FakeEngine } from '../../../../test/renderer/fake-engine.ts';
import { fakeCase, fakeLanes, fakePacket, LANES_ME, RECEIVER, SENDER } from '../../../../test/renderer/fake-lanes.ts';
import type { FakeLanesOptions } from '../../../../test/renderer/fake-lanes.ts';
import type { Input } from '../../../shared/contract/contract.ts';
import { EMPTY_ROSTER } from '../../../shared/domain/coverage/roster.ts';
import type { AgentProfile } from '../../../shared/domain/coverage/roster.ts';
import { makeId } from '../../../shared/domain/ids.ts';
import type { AgentId } from '../../../shared/domain/ids.ts';
import { after, HOUR_MS, instant, MINUTE_MS } from '../../../shared/domain/time.ts';
import { call, transport } from '../../bridge/client.ts';
import { startI18n } from '../../i18n/i18n.ts';
import { listenForKeys } from '../../shortcuts/registry.ts';
import { closePacket, usePacketDialog } from '../../state/packet-dialog.ts';
import { useSession } from '../../state/session.ts';
import type { HandoffsTab } from '../../state/session.ts';
import { undoLast } from '../../state/undo.ts';
import { ToastRegion } from '../../ui/toast.tsx';
import { useHandoffs } from './handoffs.store.ts';
import { HandoffsScreen } from './handoffs-screen.tsx';

const NOW = instant(Date.parse('2026-03-27T12:00Z'));
const ZONE = 'Europe/Lisbon';
/** 14:30 in Tokyo on Saturday; in Lisbon it is half past five in the morning then. */
const PROMISE = {
  promiseId: makeId('prm', 'export'),
  text: 'We send the export.',
  dueAt: instant(Date.parse('2026-03-28T05:30Z')),
  zone: 'Asia/Tokyo',
};

function agent(agentId: AgentId, name: string, zone: string): AgentProfile {
  return {
    agentId,
    name,
    hubId: null,
    zone,
    contract: { hoursPerWeek: 40, from: null, until: null },
    skills: [],
    languages: [],
    tiers: [],
    pattern: {},
    isActive: true,
  };
}
const agents = [
  agent(LANES_ME, 'Robin Vale', ZONE),
  agent(SENDER, 'Wei Ling Tan', 'Asia/Singapore'),
  agent(RECEIVER, 'Theo Marsh', 'America/Los_Angeles'),
];
const card = { agentId: LANES_ME, name: 'Robin Vale', hub: '', zone: ZONE, languages: ['en'], isMe: true };

let engine: FakeEngine;
let fake: ReturnType<typeof fakeLanes>;
let stopKeys: () => void;

/** Shows a tab; queries that another test has left behind are answered by the new engine first. */
async function open(
  tab: HandoffsTab,
  options: Omit<FakeLanesOptions, 'now'>,
  more: ConstructorParameters<typeof FakeEngine>[0] = {},
): Promise<void> {
  fake = fakeLanes(() => engine, { now: NOW, ...options });
  engine = new FakeEngine({
    'workspace.get': () => ({
      ok: true,
      value: { workspace: 'main', hasProfile: true, me: card, agents: [card], preparing: null, notice: null },
    }),
    'roster.get': () => ({
      ok: true,
      value: { roster: { ...EMPTY_ROSTER, agents }, me: LANES_ME, canPlan: false, zoneData: 'test', zoneNotice: null },
    }),
    'plan.mine': () => ({ ok: true, value: null }),
    'cases.timeline': () => ({ ok: true, value: [] }),
    ...fake.handlers,
    ...more,
  });
  transport.attach(engine.connect());
  await call('handoffs.lanes', {});
  useSession.setState({ route: 'handoffs', handoffsTab: tab });
  render(
    <ToastRegion>
      <HandoffsScreen />
    </ToastRegion>,
  );
}

beforeAll(async () => {
  await startI18n('en');
  stopKeys = listenForKeys(window);
});
afterAll(() => stopKeys());
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: NOW });
  useSession.setState({ zone: ZONE, locale: 'en' });
  useHandoffs.setState(useHandoffs.getInitialState(), true);
  closePacket();
});
afterEach(() => {
  cleanup();
  engine.stop();
  vi.useRealTimers();
});

/** A key as a person presses it: at whatever has the focus. */
async function press(...keys: readonly string[]): Promise<void> {
  for (const key of keys) {
    const isUpper = key.length === 1 && key !== key.toLowerCase();
    await act(async () => {
      fireEvent.keyDown(document.activeElement ?? document.body, { key, shiftKey: isUpper });
      await Promise.resolve();
    });
  }
}
const callsOf = (name: string): readonly unknown[] => engine.calls.filter((each) => each.name === name).map((each) => each.input);
const form = async (name: string): Promise<HTMLElement> => screen.findByLabelText(name, { selector: 'form' });
const type = (field: HTMLElement, text: string): void => {
  fireEvent.change(field, { target: { value: text } });
};

describe('accepting', () => {
  test('a stable case without a promise takes two keys', async () => {
    await open('lanes', { offers: [{ row: fakeCase('one'), packet: fakePacket() }] });
    await screen.findAllByText('Case one');
    await press('a');
    await form('Read back');
    await press('Enter');
    await vi.waitFor(() => expect(callsOf('handoffs.accept')).toHaveLength(1));
    expect(callsOf('handoffs.accept')[0]).toMatchObject({
      handoffId: 'hnd_one',
      packetVersion: 1,
      lastInboundId: 'msg_first-one',
      readBack: { firstAction: 'Send the corrected export', nextPromise: null, contingency: null, question: null },
    });
    expect(await screen.findByText('Yours now: Case one')).not.toBeNull();
  });

  test('a wrong time is shown with what it really is, and does not keep anybody from accepting', async () => {
    await open('lanes', { offers: [{ row: fakeCase('one'), packet: fakePacket({ promises: [PROMISE] }) }] });
    await screen.findAllByText('Case one');
    await press('a');
    const reading = await form('Read back');
    const time = within(reading).getByRole('textbox', { name: 'Time' });
    expect(document.activeElement).toBe(time);
    // nothing of it is filled in: it is what the receiver says
    expect(time).toHaveProperty('value', '');
    type(time, '1430');
    await press('Enter');
    expect(within(reading).getByText('You said 14:30 today. On your clock it is 05:30 tomorrow.')).not.toBeNull();
    expect(callsOf('handoffs.accept')).toEqual([]);
    expect(within(reading).getByRole('button', { name: 'Accept anyway' })).not.toBeNull();
    await press('Enter');
    await vi.waitFor(() => expect(callsOf('handoffs.accept')).toHaveLength(1));
    expect(callsOf('handoffs.accept')[0]).toMatchObject({
      readBack: { nextPromise: { promiseId: PROMISE.promiseId, zone: ZONE, local: { day: 27, hour: 14, minute: 30 } } },
    });
    expect(await screen.findByText('The sender sees where your read-back differs.')).not.toBeNull();
  });

  test('the true time is taken over with one button, and another wrong one warns again', async () => {
    await open('lanes', { offers: [{ row: fakeCase('one'), packet: fakePacket({ promises: [PROMISE] }) }] });
    await screen.findAllByText('Case one');
    await press('a');
    const reading = await form('Read back');
    const time = within(reading).getByRole('textbox', { name: 'Time' });
    await press('Enter');
    expect(within(reading).getByText('You have not said when the promise is due. On your clock: 05:30 tomorrow')).not.toBeNull();
    type(time, '7');
    await press('Enter');
    expect(within(reading).getByText('You said 07:00 today. On your clock it is 05:30 tomorrow.')).not.toBeNull();
    expect(callsOf('handoffs.accept')).toEqual([]);
    fireEvent.click(within(reading).getByRole('button', { name: 'Take 05:30 tomorrow' }));
    await within(reading).findByText('It fits the packet.');
    await press('Enter');
    await vi.waitFor(() => expect(callsOf('handoffs.accept')).toHaveLength(1));
    expect(callsOf('handoffs.accept')[0]).toMatchObject({ readBack: { nextPromise: { local: { day: 28, hour: 5, minute: 30 } } } });
  });

  test('of a case that is not stable one says what to do if it turns bad', async () => {
    const packet = fakePacket({ severity: 'critical', ifThen: [] });
    await open('lanes', { offers: [{ row: fakeCase('one'), packet }] });
    await screen.findAllByText('Case one');
    await press('a');
    const reading = await form('Read back');
    await press('Enter');
    expect(within(reading).getByText('It is not stable: say what you do if it turns bad.')).not.toBeNull();
    type(within(reading).getByRole('textbox', { name: 'What do you do if it turns bad?' }), 'Call them');
    await press('Enter');
    await vi.waitFor(() => expect(callsOf('handoffs.accept')).toHaveLength(1));
    expect(callsOf('handoffs.accept')[0]).toMatchObject({ readBack: { contingency: 'Call them' } });
  });

  test('an accept that the log has not confirmed is told as pending', async () => {
    await open('lanes', { offers: [{ row: fakeCase('one'), packet: fakePacket() }], outcome: 'pending' });
    await screen.findAllByText('Case one');
    await press('a');
    await form('Read back');
    await press('Enter');
    expect(await screen.findByText('Accept pending: Case one')).not.toBeNull();
    expect(await screen.findByText('Accept pending')).not.toBeNull();
  });

  test('keys are text while one types', async () => {
    await open('lanes', {
      offers: [
        { row: fakeCase('one'), packet: fakePacket() },
        { row: fakeCase('two'), packet: fakePacket() },
      ],
    });
    await screen.findAllByText('Case one');
    await press('q');
    const asking = await form('Ask the sender');
    const field = within(asking).getByRole('textbox', { name: 'Your question' });
    expect(document.activeElement).toBe(field);
    await press('d', 'j', 'x', 'A');
    expect(document.querySelector('form')).toBe(asking);
    type(field, 'Which version?');
    await press('Enter');
    await vi.waitFor(() => expect(callsOf('handoffs.ask')[0]).toMatchObject({ handoffId: 'hnd_one', text: 'Which version?' }));
    expect(await screen.findByText('not answered yet')).not.toBeNull();
  });

  test('a case is declined with a number, and what came of it is told', async () => {
    await open('lanes', { offers: [{ row: fakeCase('one'), packet: fakePacket() }] });
    await screen.findAllByText('Case one');
    await press('d');
    await form('Decline');
    await press('Enter');
    expect(callsOf('handoffs.decline')).toEqual([]);
    await press('Escape', 'd');
    const declining = await form('Decline');
    // the form has the keys, also while no text is typed
    await press('a', 'j');
    expect(document.querySelector('form')).toBe(declining);
    await press('2', 'Enter');
    await vi.waitFor(() => expect(callsOf('handoffs.decline')[0]).toMatchObject({ reason: 'I have too much on already' }));
    expect(await screen.findByText('It has been offered to Theo Marsh.')).not.toBeNull();
  });
});

describe('changed since it was read', () => {
  test('what changed is marked, and one key more says that it was looked at', async () => {
    const row = fakeCase('one');
    await open('lanes', { offers: [{ row, packet: fakePacket() }] });
    await screen.findByText('The export should have all rows');
    await act(async () => fake.edit(row.caseId, fakePacket({ goal: 'Every row, by tonight', blockers: ['No access'] })));
    const note = await screen.findByText('The packet is version 2; you have read version 1. What is different is marked.');
    const packet = screen.getByRole('region', { name: 'Packet' });
    expect(within(packet).getByText('Every row, by tonight').textContent).toContain('Changed');
    expect(within(packet).getByText('The cause is known, the fix is being tested').textContent).not.toContain('Changed');
    await press('a');
    expect(document.querySelector('form')).toBeNull();
    expect(note.isConnected).toBe(false);
    await press('a');
    await form('Read back');
    await press('Enter');
    await vi.waitFor(() => expect(callsOf('handoffs.accept')[0]).toMatchObject({ packetVersion: 2 }));
  });

  test('a message that comes while one reads back is looked at before the accept goes', async () => {
    const row = fakeCase('one');
    await open('lanes', { offers: [{ row, packet: fakePacket() }] });
    await screen.findAllByText('Case one');
    await press('a');
    const reading = await form('Read back');
    await act(async () => fake.customerWrites(row.caseId));
    await screen.findByText('The customer has written.');
    within(reading).getByRole('button', { name: 'I have seen it' });
    await press('Enter');
    expect(callsOf('handoffs.accept')).toEqual([]);
    await press('Enter');
    await vi.waitFor(() => expect(callsOf('handoffs.accept')[0]).toMatchObject({ lastInboundId: 'msg_new0-one' }));
  });
});

describe('accepting several at once', () => {
  const offers = [
    { row: fakeCase('plain'), packet: fakePacket() },
    { row: fakeCase('vip', { tier: 'vip' }), packet: fakePacket() },
    { row: fakeCase('soon'), packet: fakePacket({ promises: [{ ...PROMISE, dueAt: after(NOW, 2 * HOUR_MS) }] }) },
    { row: fakeCase('watched'), packet: fakePacket({ severity: 'watcher', ifThen: [{ when: 'it fails', action: 'call' }] }) },
    { row: fakeCase('edited'), packet: fakePacket() },
  ];

  test('leaves out what the rules forbid, says why, and keeps that selected', async () => {
    await open('lanes', { offers });
    await screen.findAllByText('Case plain');
    for (const [index] of offers.entries()) {
      await press('x');
      if (index < offers.length - 1) await press('j');
    }
    await act(async () => fake.edit(makeId('case', 'edited'), fakePacket({ state: 'Something else came up' })));
    const bar = await screen.findByRole('region', { name: '5 selected' });
    await within(bar).findByText('Case edited: changed since you read it');
    expect(bar.textContent).toContain('1 can be accepted at once');
    expect(within(bar).getByText('Case vip: VIP')).not.toBeNull();
    expect(within(bar).getByText('Case soon: a promise is due soon')).not.toBeNull();
    expect(within(bar).getByText('Case watched: not stable')).not.toBeNull();
    await press('A');
    await vi.waitFor(() => expect(callsOf('handoffs.acceptMany')).toHaveLength(1));
    expect(callsOf('handoffs.acceptMany')[0]).toMatchObject({ read: [{ handoffId: 'hnd_plain', packetVersion: 1 }] });
    expect(await screen.findByText('1 case accepted')).not.toBeNull();
    expect([...useHandoffs.getState().checked.keys()]).toEqual(['hnd_vip', 'hnd_soon', 'hnd_watched', 'hnd_edited']);
  });

  test('one key selects all that may go together', async () => {
    await open('lanes', { offers });
    await screen.findAllByText('Case plain');
    await press('X');
    expect([...useHandoffs.getState().checked.keys()]).toEqual(['hnd_plain', 'hnd_edited']);
  });
});

describe('what I offered', () => {
  test('a declined case is offered to the next one who has not declined it', async () => {
    const declines = [{ agentId: RECEIVER, at: NOW, reason: 'Too much on', eventId: 'evt' }];
    await open('lanes', {
      offers: [{ row: fakeCase('back'), packet: fakePacket(), fromId: LANES_ME, lane: 'outgoing', state: 'declined', more: { declines } }],
    });
    await screen.findByText('Theo Marsh declined: Too much on');
    await press('n');
    await vi.waitFor(() => expect(callsOf('handoffs.offer')).toHaveLength(1));
    const [sent] = callsOf('handoffs.offer') as readonly Input<'handoffs.offer'>[];
    expect(sent?.offers).toMatchObject([{ caseId: 'case_back', to: { kind: 'agent', agentId: 'agt_dana' } }]);
  });

  test('a question is answered, and an offer withdrawn, by key', async () => {
    const questions = [{ questionId: 'q1', askedBy: RECEIVER, askedAt: NOW, text: 'Before noon?', answer: null }];
    await open('lanes', {
      offers: [{ row: fakeCase('out'), packet: fakePacket(), fromId: LANES_ME, lane: 'outgoing', more: { questions } }],
    });
    await screen.findByText('Before noon?');
    await press('q');
    const answering = await form('Answer');
    type(within(answering).getByRole('textbox', { name: 'Your answer' }), 'Yes');
    await press('Enter');
    await vi.waitFor(() => expect(callsOf('handoffs.answer')[0]).toMatchObject({ questionId: 'q1', text: 'Yes' }));
    await screen.findByText('Yes');
    await press('w');
    await vi.waitFor(() => expect(callsOf('handoffs.withdraw')[0]).toMatchObject({ handoffIds: ['hnd_out'] }));
  });
});

describe('the sunset sweep', () => {
  const COUNT = 40;
  const sweep = Array.from({ length: COUNT }, (_, index) => ({
    row: fakeCase(`s${index}`),
    // every tenth lacks something
    packet: index % 10 === 9 ? fakePacket({ goal: '' }) : fakePacket(),
    reasons: ['due-before-back'] as const,
    dueAt: after(NOW, index * MINUTE_MS),
  }));
  const turn = { beginsAt: after(NOW, -5 * MINUTE_MS), turnEndsAt: after(NOW, 40 * MINUTE_MS), backAt: after(NOW, 16 * HOUR_MS) };

  test('of 40 cases is done by keys alone, each step is kept, and steps are taken back', async () => {
    await open('sweep', { sweep, turn });
    await screen.findByText('0 of 40');
    expect(screen.getByText('in 40m')).not.toBeNull();
    // the first goes to whom it is suggested, the second is parked, the third goes to somebody else
    await press('o');
    await screen.findByText('1 of 40');
    expect(useHandoffs.getState().sweepCaseId).toBe('case_s1');
    await press('p');
    await form('Park it');
    await press('3', 'Enter');
    await screen.findByText('2 of 40');
    expect(callsOf('cases.apply')[0]).toMatchObject({
      caseIds: ['case_s1'],
      action: { kind: 'park', reason: 'There is nothing to do before I am back' },
    });
    await screen.findByText('Offer it to Theo Marsh');
    await press('2', 'o');
    await screen.findByText('3 of 40');
    const offers = (callsOf('handoffs.offer') as readonly Input<'handoffs.offer'>[]).map((each) => each.offers[0]);
    expect(offers).toMatchObject([
      { caseId: 'case_s0', to: { agentId: RECEIVER }, reason: 'shift-end', packet: { severity: 'stable' } },
      { caseId: 'case_s2', to: { agentId: 'agt_dana' } },
    ]);
    // undo takes the last one back
    await act(async () => undoLast());
    await screen.findByText('2 of 40');
    // all that is complete goes at once: 40 less one parked, one offered, four that lack something
    await screen.findByText('Offer all 34 complete');
    await press('O');
    await screen.findByText('36 of 40');
    expect((callsOf('team.writers') as readonly Input<'team.writers'>[]).map((each) => each.caseIds.length)).toEqual([34]);
    const [, , many] = callsOf('handoffs.offer') as readonly Input<'handoffs.offer'>[];
    expect(many?.offers).toHaveLength(34);
    // what lacks something opens its packet
    expect(usePacketDialog.getState().open).toBeNull();
    await press('Home', 'h');
    expect(usePacketDialog.getState().open).toEqual(['case_s9']);
  });

  test('ends with nothing left behind, and lists what may stay apart', async () => {
    const stays = { row: fakeCase('calm'), packet: fakePacket(), reasons: [], dueAt: null };
    await open('sweep', { sweep: [...sweep.slice(0, 1), stays], turn });
    await screen.findByText('0 of 1');
    expect(within(screen.getByRole('rowgroup', { name: 'May stay' })).getByText('Case calm')).not.toBeNull();
    await press('o');
    expect(await screen.findByText('Nothing is left behind')).not.toBeNull();
  });

  test('says when it begins, and parks nothing before', async () => {
    await open('sweep', {
      sweep: sweep.slice(0, 2),
      turn: { ...turn, beginsAt: after(NOW, 25 * MINUTE_MS), turnEndsAt: after(NOW, 70 * MINUTE_MS) },
    });
    await screen.findByText('The sweep begins');
    expect(screen.getByText('in 25m')).not.toBeNull();
    await press('p');
    expect(document.querySelector('form')).toBeNull();
  });

  test('without a turn it says what to do', async () => {
    await open('sweep', { turn: null });
    expect(await screen.findByText('No shifts of yours are published')).not.toBeNull();
    expect(screen.getByRole('button', { name: 'Open Coverage' })).not.toBeNull();
  });
});

describe('the sunrise brief', () => {
  const offer = { row: fakeCase('offer'), packet: fakePacket() };
  const cases = ['offer', 'changed', 'due'].map((id) => fakeCase(id));

  test('is ticked off and read by keys, and offers are accepted in it', async () => {
    let readAt: typeof NOW | null = null;
    await open(
      'brief',
      { offers: [offer] },
      {
        'handoffs.brief': () => ({
          ok: true,
          value: {
            brief: {
              turn: { from: after(NOW, -10 * MINUTE_MS), to: after(NOW, 8 * HOUR_MS), hubId: null },
              since: after(NOW, -16 * HOUR_MS),
              noonAt: after(NOW, 3 * HOUR_MS),
              handedOver: [makeId('case', 'offer')],
              changed: [makeId('case', 'changed')],
              dueBeforeNoon: [makeId('case', 'due')],
              promises: [],
            },
            cases: Object.fromEntries(cases.map((row) => [row.caseId, row])),
            readAt,
          },
        }),
        'handoffs.briefRead': async () => {
          readAt = NOW;
          await engine.changed('handoffs.brief');
          return { ok: true, value: null };
        },
      },
    );
    await screen.findByText('0 of 3');
    await screen.findByRole('button', { name: 'Accept with read-back' });
    await press('a');
    await form('Read back');
    await press('Enter');
    await vi.waitFor(() => expect(callsOf('handoffs.accept')).toHaveLength(1));
    // what was accepted is ticked off, and the next step comes up
    await screen.findByText('1 of 3');
    expect(useHandoffs.getState().briefRow).toBe('changed case_changed');
    await press('x', 'x');
    await screen.findByText('3 of 3');
    await press('r');
    await screen.findByText(/^Read /u);
    expect(callsOf('handoffs.briefRead')).toHaveLength(1);
    await press('o');
    expect(useSession.getState()).toMatchObject({ route: 'inbox', selectedCaseId: 'case_due' });
  });
});
