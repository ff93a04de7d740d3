import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { saveAcknowledgements } from './acknowledge-settings.ts';
import { changeTier, changeZone } from './change-tier.ts';
import { saveStaffing } from './coverage-staffing.ts';
import { handoffRules, saveHandoffRules } from './handoff-rules.ts';
import { saveRoutingRules } from './routing-rules.ts';
import { ensureRules } from './sla-rules.ts';
import { recordTeam } from './team-events.ts';
import type { TeamEvent } from './team-events.ts';
import { applyFact, FactRefused, refoldFacts } from './team-facts.ts';
import { restoreFact } from './team-rebase.ts';
import { recordOwnAccounts, recordUntold } from './team-untold.ts';
import { accountIdFor, contactIdFor } from '../identity.ts';
import { accountByUid, saveAccount } from '../store/accounts.store.ts';
import { contactByUid, setContactTier, setContactZone } from '../store/contacts.store.ts';
import { insertEvent } from '../store/events.store.ts';
import { shiftByUid } from '../store/plan.store.ts';
import { changesOfPublication } from '../store/publications.store.ts';
import { profileByUid } from '../store/roster.store.ts';
import { readPolicies } from '../store/sla.store.ts';
import { hear, lastKey, picture, told } from '../../../../test/engine/carry.ts';
import { ACCOUNT, mail, ME, openDesk, receive, T0 } from '../../../../test/engine/desk.ts';
import type { Desk } from '../../../../test/engine/desk.ts';
import { DEFAULT_STAFFING } from '../../../shared/domain/coverage/demand.ts';
import type { ShiftBody } from '../../../shared/domain/coverage/plan.ts';
import type { AgentProfile } from '../../../shared/domain/coverage/roster.ts';
import { makeId } from '../../../shared/domain/ids.ts';
import type { AgentId } from '../../../shared/domain/ids.ts';
import type { RoutingRule } from '../../../shared/domain/routing/rules.ts';
import { defaultRules } from '../../../shared/domain/sla/default-rules.ts';
import { DAY_MS, HOUR_MS, instant } from '../../../shared/domain/time.ts';

const MEI = contactIdFor('email', 'mei@customer.test');
const BEN = makeId('agt', 'ben');
const SHIFT = makeId('shf', 'one');
const HUB = makeId('hub', 'lisbon');

let desk: Desk;
let other: Desk;
let operations = 0;
const op = () => makeId('op', `facts-${(operations += 1)}`);

beforeEach(() => {
  desk = openDesk();
  other = openDesk();
});
afterEach(() => {
  desk[Symbol.dispose]();
  other[Symbol.dispose]();
});

function profile(agentId: AgentId, change: Partial<AgentProfile> = {}): AgentProfile {
  return {
    agentId,
    name: 'Ben',
    hubId: null,
    zone: 'Europe/Lisbon',
    contract: { hoursPerWeek: 40, from: null, until: null },
    skills: [],
    languages: [],
    tiers: ['L1'],
    pattern: {},
    isActive: true,
    ...change,
  };
}

function shift(hour: number): ShiftBody {
  const local = (at: number) => ({ year: 2026, month: 3, day: 2, hour: at, minute: 0, second: 0 });
  const begin = Date.UTC(2026, 2, 2, hour);
  return {
    zone: 'Europe/Lisbon',
    startLocal: local(hour),
    endLocal: local(hour + 8),
    startAt: instant(begin),
    endAt: instant(begin + 8 * HOUR_MS),
    zoneData: 'test',
    agentId: BEN,
    hubId: null,
    breaks: [],
    needs: { skills: [], languages: [], tiers: [], hubs: [] },
    source: 'manual',
    templateId: null,
    rotationId: null,
    note: '',
  };
}

function record(...events: readonly TeamEvent[]): void {
  desk.store.write((tx) => {
    for (const event of events) recordTeam(desk, tx, event, { actor: ME, at: desk.clock.now() });
  });
}

const RULE: RoutingRule = {
  id: 'r1',
  accountIds: [],
  channels: ['telegram'],
  labels: [],
  languages: [],
  tiers: ['vip'],
  skill: 'fraud',
  isLast: true,
  isActive: true,
};

describe('what a team is and has decided', () => {
  test('is the same at another workstation', async () => {
    await receive(desk, mail('a1'));
    ensureRules(desk, 'Europe/Lisbon', instant(T0 - DAY_MS));
    const publicationId = makeId('pub', 'first');
    const wall = shift(9);
    const span = {
      zone: wall.zone,
      startLocal: wall.startLocal,
      endLocal: wall.endLocal,
      startAt: wall.startAt,
      endAt: wall.endAt,
      zoneData: 'test',
    };
    record(
      {
        type: 'hub.saved',
        hub: { hubId: HUB, name: 'Lisbon', zone: 'Europe/Lisbon', position: null, weekend: ['sat'], holidays: [], isActive: true },
      },
      { type: 'agent.saved', profile: profile(BEN, { hubId: HUB }) },
      { type: 'shift.drafted', shiftId: SHIFT, draft: { kind: 'changed', body: shift(9) } },
      { type: 'shift.published', shiftId: SHIFT, publicationId, body: shift(9) },
      {
        type: 'publication.made',
        publicationId,
        note: 'March',
        reverts: null,
        changed: 1,
        told: [
          {
            agentId: BEN,
            shifts: [{ shiftId: SHIFT, kind: 'added', isLate: true, before: null, after: { from: wall.startAt, to: wall.endAt } }],
          },
        ],
      },
      { type: 'agent.noticesSeen', agentId: BEN, publicationIds: [publicationId] },
      { type: 'shift.drafted', shiftId: SHIFT, draft: { kind: 'changed', body: shift(10) } },
      {
        type: 'override.made',
        override: {
          ...span,
          overrideId: makeId('ovr', 'a'),
          shiftId: SHIFT,
          agentIn: ME,
          reason: 'cover',
          by: ME,
          at: desk.clock.now(),
          swapId: null,
          isCancelled: false,
        },
      },
      {
        type: 'absence.requested',
        absence: {
          ...span,
          absenceId: makeId('abs', 'a'),
          agentId: BEN,
          kind: 'pto',
          state: 'requested',
          note: '',
          requestedAt: desk.clock.now(),
          decidedBy: null,
        },
      },
      { type: 'absence.decided', absenceId: makeId('abs', 'a'), state: 'approved' },
      {
        type: 'swap.asked',
        swap: {
          swapId: makeId('swp', 'a'),
          shiftId: SHIFT,
          fromAt: wall.startAt,
          toAt: wall.endAt,
          fromAgent: BEN,
          toAgent: null,
          returnShiftId: null,
          state: 'asked',
          reason: '',
          askedAt: desk.clock.now(),
          decidedBy: null,
        },
        stretch: { from: wall.startAt, to: wall.endAt },
      },
      { type: 'swap.answered', swapId: makeId('swp', 'a'), state: 'accepted', toAgent: ME },
      { type: 'swap.decided', swapId: makeId('swp', 'a'), state: 'approved' },
    );
    saveStaffing(desk, { opId: op(), settings: { ...DEFAULT_STAFFING, shrinkage: 0.4 } });
    saveAcknowledgements(desk, { opId: op(), settings: { isOn: true, readingMinutes: 20, templates: [] } });
    saveHandoffRules(desk, { opId: op(), rules: { ...handoffRules(desk.store.read((db) => db)), graceMs: 30 * 60_000 } });
    saveRoutingRules(desk, { opId: op(), rules: [RULE] });
    desk.store.write((tx) => {
      changeTier(desk, tx, { contactId: MEI, tier: 'vip-plus', reason: ' press ', until: instant(T0 + 9e9) }, ME);
      changeZone(desk, tx, MEI, 'Asia/Shanghai', ME);
    });
    expect(hear(other, told(desk))).toEqual([]);
    expect(picture(other)).toEqual(picture(desk));
    expect(other.store.read((db) => contactByUid(db, MEI))).toMatchObject({ tier: 'vip-plus', tierReason: 'press', zone: 'Asia/Shanghai' });
    // all of it once more changes nothing but a shift, whose publishings count
    for (const stream of [
      'sla',
      'staffing',
      'acknowledgements',
      'handoff-rules',
      'routing',
      `shift.${SHIFT}`,
      `contact.${MEI}`,
      `agent.${BEN}`,
      `hub.${HUB}`,
    ])
      other.store.write((tx) => refoldFacts(tx, stream));
    expect(picture(other)).toEqual(picture(desk));
  });

  test('and what only rows told is told when a workspace joins', async () => {
    await receive(desk, mail('a1'));
    const seen = lastKey(desk);
    desk.store.write((tx) => {
      // as an older Meridian did it
      setContactTier(tx, MEI, 'vip', 'press', null);
      setContactZone(tx, MEI, 'Asia/Tokyo');
      recordOwnAccounts(desk, tx, ME);
      recordUntold(desk, tx, ME);
      recordOwnAccounts(desk, tx, ME);
      recordUntold(desk, tx, ME);
    });
    expect(told(desk, seen).map(({ row }) => row.type)).toEqual(['account.saved', 'contact.saved']);
    other.store.write((tx) => tx.run('DELETE FROM accounts'));
    hear(other, told(desk));
    expect(other.store.read((db) => contactByUid(db, MEI))).toMatchObject({ tier: 'vip', zone: 'Asia/Tokyo' });
  });
});

test('an account that is connected elsewhere has no servers and no key here, and gets both when it is connected', () => {
  const settings = {
    ...({ name: 'Support', address: ACCOUNT.address, user: 'me', plusAddressing: true } as object),
  } as NonNullable<typeof ACCOUNT.settings>;
  desk.store.write((tx) => {
    saveAccount(tx, { ...ACCOUNT, tokenKey: 'ab'.repeat(32), settings });
    recordOwnAccounts(desk, tx, ME);
  });
  other.store.write((tx) => tx.run('DELETE FROM accounts'));
  const events = told(desk);
  expect(JSON.stringify(events)).not.toContain('abab');
  expect(JSON.stringify(events)).not.toContain('plusAddressing');
  hear(other, events);
  const read = () => other.store.read((db) => accountByUid(db, ACCOUNT.uid));
  expect(read()).toMatchObject({ address: ACCOUNT.address, name: 'Support', tokenKey: '', settings: null, isElsewhere: true });
  other.store.write((tx) => saveAccount(tx, { ...ACCOUNT, tokenKey: 'cd'.repeat(32), settings }));
  hear(other, events);
  expect(read()).toMatchObject({ tokenKey: 'cd'.repeat(32), settings });
  expect(read()?.isElsewhere).toBeUndefined();
});

describe('SLA rules of two leads', () => {
  const rules = defaultRules('UTC', instant(T0));
  const [first] = rules.policies;
  if (first === undefined) throw new Error('a policy was expected');
  const saved = (version: number, name: string, actor: AgentId | null = ME) => ({
    stream: 'sla',
    type: 'sla.rulesSaved',
    body: { policies: [{ ...first, version, name, effectiveFrom: instant(T0 + version) }], calendars: rules.calendars },
    actor,
    at: instant(T0),
  });
  const names = (one: Desk): readonly string[] => one.store.read(readPolicies).map(({ version, name }) => `${version} ${name}`);

  test('that are the same version become two, in the order of the log', () => {
    const outcomes = other.store.write((tx) =>
      [saved(1, 'one'), saved(2, 'mine'), saved(2, 'theirs')].map((each) => applyFact(tx, each).hasNewRules),
    );
    expect(outcomes).toEqual([true, true, true]);
    expect(names(other)).toEqual(['1 one', '2 mine', '3 theirs']);
    // heard again it is known
    expect(other.store.write((tx) => applyFact(tx, saved(2, 'theirs')).hasNewRules)).toBe(false);
    expect(names(other)).toEqual(['1 one', '2 mine', '3 theirs']);
  });

  test('that were pending when others came are put behind them', () => {
    const tell = (id: string, sequence: number | null, fact: ReturnType<typeof saved>): void =>
      other.store.write((tx) => {
        const { stream, type, actor, at } = fact;
        const rest = { version: 1, hlc: `000000000-0000-${id}`, epoch: null, hash: '', base: null, void: null, signedBy: null };
        insertEvent(tx, { ...rest, id: makeId('evt', id), sequence, stream, type, actor, at, body: JSON.stringify(fact.body) });
        applyFact(tx, fact);
      });
    tell('a', 1, saved(1, 'one'));
    tell('b', null, saved(2, 'mine'));
    tell('c', 2, saved(2, 'theirs'));
    other.store.write((tx) => refoldFacts(tx, 'sla'));
    expect(names(other)).toEqual(['1 one', '2 theirs', '3 mine']);
  });

  test('that nobody saved count only where there are none', () => {
    other.store.write((tx) => applyFact(tx, saved(1, 'starter', null)));
    other.store.write((tx) => applyFact(tx, { ...saved(1, 'another starter', null), actor: null }));
    expect(names(other)).toEqual(['1 starter']);
  });
});

test('a shift that was drafted here while others published it is what both make of it', () => {
  const publicationId = makeId('pub', 'theirs');
  record({ type: 'shift.drafted', shiftId: SHIFT, draft: { kind: 'changed', body: shift(9) } });
  desk.store.write((tx) => {
    // it waits for the log, in which others were first
    tx.run('UPDATE events SET sequence = NULL');
    const body = JSON.stringify({ shiftId: SHIFT, publicationId, body: shift(11) });
    const rest = { version: 1, hlc: '000000000-0000-x', epoch: null, hash: '', base: null, void: null, signedBy: 'ben' };
    insertEvent(tx, {
      ...rest,
      id: makeId('evt', 'x'),
      sequence: 1,
      stream: `shift.${SHIFT}`,
      type: 'shift.published',
      actor: BEN,
      at: instant(T0),
      body,
    });
    refoldFacts(tx, `shift.${SHIFT}`);
    refoldFacts(tx, `shift.${SHIFT}`);
  });
  const found = desk.store.read((db) => shiftByUid(db, SHIFT));
  expect(found).toMatchObject({
    revision: 1,
    published: { startAt: shift(11).startAt },
    draft: { kind: 'changed', body: { startAt: shift(9).startAt } },
  });
});

test('what was published of a shift goes with its event, whether the publishing stays or not', () => {
  const publicationId = makeId('pub', 'mine');
  record({ type: 'shift.published', shiftId: SHIFT, publicationId, body: shift(9) });
  record({ type: 'publication.made', publicationId, note: '', reverts: null, changed: 1, told: [] });
  const changes = () => desk.store.read((db) => changesOfPublication(db, publicationId));
  const takeBack = (stream: string) => {
    desk.store.write((tx) => {
      tx.run("UPDATE events SET void = 'not-permitted' WHERE stream = @stream", { stream });
      restoreFact(tx, stream);
    });
  };
  takeBack(`publication.${publicationId}`);
  expect(changes()).toHaveLength(1);
  takeBack(`shift.${SHIFT}`);
  expect(changes()).toEqual([]);
});

describe('who is no lead', () => {
  const said = (wanted: AgentProfile, actor: AgentId) => ({
    stream: `agent.${wanted.agentId}`,
    type: 'agent.saved',
    body: { profile: wanted },
    actor,
    at: instant(T0),
    isByLead: false,
  });

  test('says their own name, zone and languages, and nothing that leads decide', () => {
    other.store.write((tx) => {
      applyFact(tx, { ...said(profile(BEN, { tiers: ['L2'] }), ME), isByLead: true });
      applyFact(
        tx,
        said(profile(BEN, { name: 'Benedict', zone: 'UTC', tiers: ['lead'], contract: { hoursPerWeek: 1, from: null, until: null } }), BEN),
      );
    });
    const found = other.store.read((db) => profileByUid(db, BEN));
    expect(found).toMatchObject({ name: 'Benedict', zone: 'UTC', tiers: ['L2'], contract: { hoursPerWeek: 40 } });
  });

  test('does not change others', () => {
    other.store.write((tx) => {
      applyFact(tx, { ...said(profile(BEN), ME), isByLead: true });
      applyFact(tx, said(profile(BEN, { name: 'Nobody', isActive: false }), ME));
    });
    expect(other.store.read((db) => profileByUid(db, BEN))).toMatchObject({ name: 'Ben', isActive: true });
  });
});

describe('a fact that is none', () => {
  const broken: readonly (readonly [string, string, string, Record<string, unknown>])[] = [
    [
      'a stream of something else',
      `hub.${HUB}x`,
      'hub.saved',
      { hub: { hubId: HUB, name: 'L', zone: 'UTC', position: null, weekend: [], holidays: [], isActive: true } },
    ],
    ['a zone that is not known', `agent.${BEN}`, 'agent.saved', { profile: profile(BEN, { zone: 'Mars/Base' }) }],
    [
      'a shift that ends before it begins',
      `shift.${SHIFT}`,
      'shift.published',
      { shiftId: SHIFT, publicationId: 'pub_a', body: { ...shift(9), endAt: shift(8).startAt } },
    ],
    ['a wrong type', 'staffing', 'staffing.saved', { settings: { shrinkage: 'a lot' } }],
    [
      'a day that does not exist',
      `agent.${BEN}`,
      'agent.saved',
      { profile: profile(BEN, { contract: { hoursPerWeek: 1, from: { year: 2026, month: 2, day: 30 }, until: null } }) },
    ],
    [
      'an account with the id of another',
      `account.${ACCOUNT.uid}`,
      'account.saved',
      { accountId: ACCOUNT.uid, kind: 'email', address: 'mine@elsewhere.test', name: '', createdAt: 1 },
    ],
    [
      'rules without hours',
      'sla',
      'sla.rulesSaved',
      { policies: [], calendars: [{ id: 'a', name: 'a', versions: [{ effectiveFrom: T0, zone: 'UTC', week: {}, exceptions: [] }] }] },
    ],
  ];

  test.each(broken)('%s: is refused and changes nothing', (_what, stream, type, body) => {
    const before = picture(other);
    expect(() => other.store.write((tx) => applyFact(tx, { stream, type, body, actor: ME, at: instant(T0) }))).toThrow(FactRefused);
    expect(picture(other)).toEqual(before);
  });

  test('of a newer Meridian is passed over, and what it adds to known ones is kept', () => {
    const hub = { hubId: HUB, name: 'L', zone: 'UTC', position: null, weekend: [], holidays: [], isActive: true, colour: 'green' };
    const event = { stream: `hub.${HUB}`, actor: ME, at: instant(T0) };
    other.store.write((tx) => {
      expect(applyFact(tx, { ...event, type: 'hub.painted', body: { hub } }).isApplied).toBe(false);
      expect(applyFact(tx, { ...event, type: 'hub.saved', body: { hub } }).isApplied).toBe(true);
    });
    expect(picture(other)['roster']).toEqual([{ uid: HUB, body: JSON.stringify(hub) }]);
  });
});

test('the id of an account follows from its address', () => {
  expect(accountIdFor('email', ACCOUNT.address)).toBe(ACCOUNT.uid);
});
