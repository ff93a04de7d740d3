import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { arrive } from './arriving.ts';
import { body, drafted, HARUKA, LISBON, LUCIA, setUp, TOMAS } from './roster-team.ts';
import { op, startWorkstation, until } from './workstation.ts';
import type { Workstation } from './workstation.ts';
import type { SlaProposal } from '../../src/shared/contract/sla.contract.ts';
import type { AgentProfile } from '../../src/shared/domain/coverage/roster.ts';
import type { ShiftChange } from '../../src/shared/domain/coverage/plan.ts';
import type { AgentId } from '../../src/shared/domain/ids.ts';
import { HOUR_MS, instant } from '../../src/shared/domain/time.ts';

/** A Wednesday morning at nine, in Lisbon and in UTC; tests move the clock by hand. */
const T0 = Date.UTC(2026, 10, 25, 9);
let nowMs = T0;
const clock = { now: () => instant(nowMs) };
let station: Workstation;
let me: AgentId;

beforeEach(async () => {
  nowMs = T0;
  station = await startWorkstation({ clock });
  me = await setUp(station);
});
afterEach(() => station[Symbol.asyncDispose]());

async function publish(...changes: readonly ShiftChange[]): Promise<void> {
  await station.ask('plan.edit', { opId: op(), changes });
  await station.ask('plan.publish', { opId: op(), note: '' });
}
function moveTo(hours: number): void {
  nowMs = T0 + hours * HOUR_MS;
  station.engine.handleShellEvent({ type: 'power', state: 'resume' });
}
function at(hours: number): number {
  return T0 + hours * HOUR_MS;
}
async function profile(agentId: AgentId): Promise<AgentProfile> {
  const { roster } = await station.ask('roster.get', {});
  const found = roster.agents.find((agent) => agent.agentId === agentId);
  if (found === undefined) throw new Error(`${agentId} is not in the roster`);
  return found;
}

describe('a policy that promises published shifts', () => {
  async function promise(team: string): Promise<void> {
    const { policies, calendars } = await station.ask('sla.config', {});
    const proposal: SlaProposal = {
      policies: policies
        .filter((policy) => policies.every((other) => other.id !== policy.id || other.version <= policy.version) && policy.isActive)
        .sort((a, b) => a.position - b.position)
        .map(({ version: _v, position: _p, effectiveFrom: _e, isActive: _a, ...rest }) => ({
          ...rest,
          promise: { kind: 'coverage', team },
        })),
      calendars: calendars.map(({ id, name, versions }) => {
        const last = versions.at(-1);
        if (last === undefined) throw new Error('a calendar without a version');
        return { id, name, ...last };
      }),
    };
    const saved = await station.call('sla.save', { opId: op(), proposal, applyToOpen: true });
    if (!saved.ok) throw new Error(saved.error.code);
  }
  async function dueAt(subject: string): Promise<number | null> {
    const { rows } = await station.ask('cases.list', { view: 'all', sort: 'newest', limit: 10 });
    return rows.find((row) => row.subject === subject)?.sla?.dueAt ?? null;
  }
  async function problemOf(subject: string): Promise<string | null> {
    const { rows } = await station.ask('cases.list', { view: 'all', sort: 'newest', limit: 10 });
    return rows.find((row) => row.subject === subject)?.sla?.problem ?? null;
  }

  test('counts open time by them, and follows the plan', async () => {
    // Eight hours of first reply: an hour this morning, then what is published for tomorrow.
    await publish(
      drafted('wed', body(TOMAS.agentId, '2026-11-25T09:00', '2026-11-25T10:00')),
      drafted('thu', body(TOMAS.agentId, '2026-11-26T08:00', '2026-11-26T18:00')),
    );
    await promise(LISBON.hubId);
    await arrive(station, clock, 'promised');
    expect(await dueAt('promised')).toBe(Date.UTC(2026, 10, 26, 15));
    // Somebody else comes in the evening: the rest is due sooner.
    await publish(drafted('evening', body(LUCIA.agentId, '2026-11-25T18:00', '2026-11-25T22:00')));
    await until(async () => (await dueAt('promised')) === Date.UTC(2026, 10, 26, 11), 'the due time follows the plan');
    expect(await station.ask('sla.shiftHours', {})).toMatchObject([{ id: `coverage:${LISBON.hubId}` }]);
  });

  test('has a due time behind the last published shift, by the pattern of the hub', async () => {
    // The rotation has somebody from seven to three on weekdays, with half an hour of break at eleven.
    await publish(drafted('wed', body(TOMAS.agentId, '2026-11-25T09:00', '2026-11-25T12:00')));
    await promise('');
    await arrive(station, clock, 'far');
    // Three hours today, and five more: seven to eleven, and from half past eleven.
    expect(await dueAt('far')).toBe(Date.UTC(2026, 10, 26, 12, 30));
  });

  test('has a problem that leads are shown while there is no plan, and none when there is one', async () => {
    await promise('');
    await arrive(station, clock, 'unplanned');
    expect(await problemOf('unplanned')).toBe('unknown-hours');
    await publish(drafted('wed', body(TOMAS.agentId, '2026-11-25T09:00', '2026-11-25T19:00')));
    await until(async () => (await dueAt('unplanned')) === at(8), 'the clock runs');
    expect(await problemOf('unplanned')).toBeNull();
  });

  test('is refused for a hub that does not exist', async () => {
    await expect(promise('hub_nowhere')).rejects.toThrow('has-problems');
  });
});

describe('warnings', () => {
  function warnings(): readonly { readonly subject: string; readonly level: string }[] {
    return heard.filter((event) => event.type === 'sla-warning').map(({ subject, level }) => ({ subject, level }));
  }
  let heard: { readonly type: string; readonly subject: string; readonly level: string }[] = [];
  beforeEach(() => {
    heard = [];
    station.engine.attachPage({
      post: (message) => {
        if (message.t === 'event') heard.push(message.event as (typeof heard)[number]);
      },
      onMessage: () => undefined,
      onClose: () => undefined,
    });
  });

  async function makeLead(agentId: AgentId): Promise<void> {
    const agent = await profile(agentId);
    await station.ask('roster.save', { opId: op(), changes: [{ kind: 'agent', agent: { ...agent, tiers: ['L1', 'lead'] } }] });
  }
  const mine = (from: string, to: string): ShiftChange => drafted('mine', body(me, from, to));

  test('go to the lead on shift while the assignee is not', async () => {
    await publish(
      mine('2026-11-25T08:00', '2026-11-25T22:00'),
      drafted('tomas', body(TOMAS.agentId, '2026-11-25T08:00', '2026-11-25T12:00')),
    );
    await makeLead(me);
    const caseId = await arrive(station, clock, 'his');
    await station.ask('cases.apply', { opId: op(), caseIds: [caseId], action: { kind: 'assign', agentId: TOMAS.agentId } });
    // Half of eight hours: he has gone an hour ago. Four fifths and the breach likewise.
    moveTo(4);
    expect(warnings()).toEqual([{ subject: 'his', level: 'half' }]);
    // At six it is due soon, which is a look at the clock of its own.
    for (const hours of [6, 6.4, 8.0001]) moveTo(hours);
    expect(warnings().map(({ level }) => level)).toEqual(['half', 'four-fifths', 'breach']);
  });

  test('go to the assignee alone while he is on shift', async () => {
    await publish(
      mine('2026-11-25T08:00', '2026-11-25T22:00'),
      drafted('tomas', body(TOMAS.agentId, '2026-11-25T08:00', '2026-11-25T22:00')),
    );
    await makeLead(me);
    const caseId = await arrive(station, clock, 'his');
    await station.ask('cases.apply', { opId: op(), caseIds: [caseId], action: { kind: 'assign', agentId: TOMAS.agentId } });
    moveTo(4);
    expect(warnings()).toEqual([]);
    const own = await arrive(station, clock, 'mine', { from: { address: 'b@customer.test', name: '' } });
    await station.ask('cases.apply', { opId: op(), caseIds: [own], action: { kind: 'claim' } });
    moveTo(8);
    expect(warnings()).toEqual([{ subject: 'mine', level: 'half' }]);
  });

  test('reach nobody who is off shift, whatever their switch says; without a plan the switch decides', async () => {
    const caseId = await arrive(station, clock, 'first');
    await station.ask('cases.apply', { opId: op(), caseIds: [caseId], action: { kind: 'claim' } });
    moveTo(4);
    expect(warnings()).toEqual([{ subject: 'first', level: 'half' }]);
    await publish(drafted('tomas', body(TOMAS.agentId, '2026-11-25T08:00', '2026-11-25T22:00')));
    moveTo(6.4);
    expect(warnings()).toHaveLength(1);
  });

  test('are not lost when neither assignee nor lead is on: whoever is on hears them', async () => {
    await publish(mine('2026-11-25T08:00', '2026-11-25T22:00'));
    const caseId = await arrive(station, clock, 'nobody’s');
    await station.ask('cases.apply', { opId: op(), caseIds: [caseId], action: { kind: 'assign', agentId: HARUKA.agentId } });
    moveTo(4);
    expect(warnings()).toEqual([{ subject: 'nobody’s', level: 'half' }]);
  });
});

describe('the shift switch', () => {
  async function isOn(): Promise<boolean> {
    return (await station.ask('settings.get', {})).onShift;
  }
  async function turn(onShift: boolean): Promise<void> {
    await station.ask('settings.set', { opId: op(), patch: { onShift } });
  }
  beforeEach(async () => {
    await publish(
      drafted('today', body(me, '2026-11-25T11:00', '2026-11-25T17:00', { breaks: [] })),
      drafted('tomorrow', body(me, '2026-11-26T11:00', '2026-11-26T17:00')),
    );
    // The plan is looked at before anything of it begins.
    await until(
      async () => station.engine.store.read((db) => db.get("SELECT 1 FROM settings WHERE key = 'shift-switch'")) !== undefined,
      'the plan was looked at',
    );
  });

  test('turns on with one’s own shift, and off at its end', async () => {
    await turn(false);
    moveTo(1.9);
    expect(await isOn()).toBe(false);
    moveTo(2);
    expect(await isOn()).toBe(true);
    moveTo(7.9);
    expect(await isOn()).toBe(true);
    moveTo(8);
    expect(await isOn()).toBe(false);
  });

  test('stays as it was turned by hand in this shift, until the next one begins', async () => {
    moveTo(2);
    nowMs = at(3);
    await turn(false);
    moveTo(4);
    expect(await isOn()).toBe(false);
    nowMs = at(7);
    await turn(true);
    // Still at work after hours.
    moveTo(8);
    expect(await isOn()).toBe(true);
    nowMs = at(9);
    await turn(false);
    moveTo(26);
    expect(await isOn()).toBe(true);
    moveTo(32);
    expect(await isOn()).toBe(false);
  });

  test('does what was missed while the app was closed', async () => {
    const { folder } = station;
    await turn(false);
    await station.quit();
    nowMs = at(4);
    await using again = await startWorkstation({ clock, folder });
    station = again;
    await until(isOn, 'it is on');
    expect(await isOn()).toBe(true);
  });

  test('is left alone by what others work', async () => {
    await publish(drafted('tomas', body(TOMAS.agentId, '2026-11-25T10:00', '2026-11-25T10:30')));
    await turn(false);
    moveTo(1.2);
    expect(await isOn()).toBe(false);
  });
});
