import { expect, test } from 'vitest';
import { HubError, withKey, withUser, type HubState } from './hub-state.ts';
import { plannedUsers, readTeamList, userNameOf } from './team-list.ts';
import { agentsCsv } from '../engine/interchange/agents-csv.ts';
import type { AgentProfile, Roster } from '../../shared/domain/coverage/roster.ts';
import { makeId } from '../../shared/domain/ids.ts';

const EMPTY: HubState = {
  version: 1,
  id: 'hub-1',
  name: 'Team',
  hosts: ['localhost'],
  listen: '127.0.0.1',
  port: 4222,
  replicas: 1,
  diskBytes: 1,
  policy: { onLeave: 'keep', leastVersion: null },
  websocket: null,
  users: [],
};
const KEY = `U${'A'.repeat(55)}`;

function agent(id: string, name: string, change: Partial<AgentProfile> = {}): AgentProfile {
  return {
    agentId: makeId('agt', id),
    name,
    hubId: null,
    zone: 'UTC',
    contract: { hoursPerWeek: 40, from: null, until: null },
    skills: [],
    languages: [],
    tiers: ['L1'],
    pattern: {},
    isActive: true,
    ...change,
  };
}

test('the table that the app exports names everybody with their id and role', () => {
  const agents = [agent('ana', 'Ana Reis', { tiers: ['L2', 'lead'] }), agent('bo', 'Bo'), agent('left', 'Left', { isActive: false })];
  const roster: Roster = { hubs: [], agents, templates: [], rotations: [], requirements: [] };
  expect(readTeamList(agentsCsv(roster), 'team.csv')).toEqual([
    { name: 'Ana Reis', agentId: 'agt_ana', role: 'lead', user: null },
    { name: 'Bo', agentId: 'agt_bo', role: 'agent', user: null },
  ]);
});

test('a list by hand needs names alone, in either language, and may say who is who on the hub', () => {
  expect(readTeamList('姓名;角色;用户\n王芳;lead;fang\n李雷;;\n', 'team.csv')).toEqual([
    { name: '王芳', agentId: null, role: 'lead', user: 'fang' },
    { name: '李雷', agentId: null, role: 'agent', user: null },
  ]);
  const people = [
    { name: 'Ana', agentId: 'agt_ana', tiers: ['lead'] },
    { name: 'Gone', isActive: false },
  ];
  const expected = [{ name: 'Ana', agentId: 'agt_ana', role: 'lead', user: null }];
  expect(readTeamList(JSON.stringify(people), 'team.JSON')).toEqual(expected);
  expect(readTeamList(JSON.stringify({ agents: people }), 'team.json')).toEqual(expected);
});

test.each([
  ['team.csv', 'zone\nUTC\n', 'no column with names'],
  ['team.csv', 'name\n', 'names nobody'],
  ['team.csv', 'name,id\nAna,agt_1\n,agt_2\n', 'line 3 of the list: somebody without a name'],
  ['team.csv', 'name,id\nAna,42\n', 'line 2 of the list: "42" is no id'],
  ['team.csv', 'name,tiers\nAna,boss\n', 'line 2 of the list: "boss" are no tiers'],
  ['team.csv', 'name,role\nAna,admin\n', 'line 2 of the list: "admin" is not agent or lead'],
  ['team.json', 'name\nAna\n', 'no JSON'],
  ['team.json', '[{"title":"Ana"}]', 'not one of people'],
])('%s with what cannot be is refused by line: %j', (file, text, reason) => {
  expect(() => readTeamList(text, file)).toThrow(HubError);
  expect(() => readTeamList(text, file)).toThrow(reason);
});

test.each([
  ['Ana Reis', 'ana-reis'],
  ['Åsa Lindström', 'asa-lindstrom'],
  ['Łukasz Großmann', 'lukasz-grossmann'],
  ['Conan O’Brien jr.', 'conan-obrien-jr'],
  ['007 Bond', 'bond'],
  ['陈佳慧', null],
  ['A very long name of somebody from far away', 'a-very-long-name-of-somebody'],
])('%s is %s on the hub', (name, user) => {
  expect(userNameOf(name)).toBe(user);
});

const person = (name: string, agentId: string | null = null, role: 'agent' | 'lead' = 'agent', user: string | null = null) => ({
  name,
  agentId,
  role,
  user,
});
const names = (state: HubState, people: readonly ReturnType<typeof person>[]) =>
  plannedUsers(state, people, false).map(({ user }) => user.name);

test('two of one name are two users, and nobody takes the name of a key of the hub', () => {
  const people = [
    person('Ana Silva', 'agt_a'),
    person('Ana Silva', 'agt_b'),
    person('陈', 'agt_01JABCDEFGH'),
    person('Admin', 'agt_c'),
    person('Admin', 'agt_d'),
  ];
  expect(names(EMPTY, people)).toEqual(['ana-silva', 'ana-silva-2', 'agent-abcdefgh', 'admin-2', 'admin-3']);
  expect(() => withUser(EMPTY, { name: 'admin', role: 'lead', holdsChannels: true, agentId: null }, 0)).toThrow(HubError);
});

test('a list that is read again finds the same users, with the keys and the rights that they have', () => {
  let state = withUser(EMPTY, { name: 'asilva', role: 'agent', holdsChannels: true, agentId: 'agt_a' }, 0);
  state = withKey(state, 'asilva', KEY, 1);
  state = withUser(state, { name: 'bo', role: 'agent', holdsChannels: false, agentId: null }, 0);
  state = withUser(state, { name: 'gate', role: 'gateway', holdsChannels: true, agentId: null }, 0);
  const planned = plannedUsers(state, [person('Ana Silva', 'agt_a', 'lead'), person('Bo', 'agt_b'), person('Gate', 'agt_g')], false);
  expect(planned.map(({ user, isNew }) => [user, isNew])).toEqual([
    [{ name: 'asilva', role: 'lead', holdsChannels: true, agentId: 'agt_a' }, false],
    [{ name: 'bo', role: 'agent', holdsChannels: false, agentId: 'agt_b' }, false],
    // a machine is no person, whatever its name
    [{ name: 'gate-2', role: 'agent', holdsChannels: false, agentId: 'agt_g' }, true],
  ]);
  for (const { user } of planned) state = withUser(state, user, 0);
  expect(state.users.find(({ name }) => name === 'asilva')?.keys).toHaveLength(1);
  expect(
    plannedUsers(state, [person('Ana Silva', 'agt_a', 'lead'), person('Bo', 'agt_b'), person('Gate', 'agt_g')], false).every(
      ({ isNew }) => !isNew,
    ),
  ).toBe(true);
  // somebody else of the plan does not become Bo
  expect(names(state, [person('Bo', 'agt_other')])).toEqual(['bo-2']);
});

test('who is in a list twice, or is another user than it says, is refused', () => {
  expect(() => names(EMPTY, [person('Ana', 'agt_a', 'agent', 'ana'), person('Ana', 'agt_b', 'agent', 'ana')])).toThrow('twice');
  const state = withUser(EMPTY, { name: 'asilva', role: 'agent', holdsChannels: true, agentId: 'agt_a' }, 0);
  expect(() => names(state, [person('Ana', 'agt_a', 'agent', 'ana')])).toThrow('asilva on this hub already');
});
