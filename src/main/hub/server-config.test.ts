import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { permissionsOf, ROLES } from './permissions.ts';
import { fillTemplate, renderUsers } from './server-config.ts';
import { DEFAULT_POLICY, HubError, parseHubState, withKey, withoutKeys, withUser, type HubState, type HubUser } from './hub-state.ts';

const resources = path.resolve(import.meta.dirname, '../../../resources/hub');

/** Invented keys, the same in resources/hub/users.example.conf. */
function exampleKey(letter: string): string {
  return `U${letter.repeat(55)}`;
}
function exampleUser(name: string, role: HubUser['role'], letter: string, holdsChannels: boolean): HubUser {
  return { name, role, holdsChannels, agentId: null, keys: [{ publicKey: exampleKey(letter), addedAt: 0, revokedAt: null }], was: [] };
}
const example: readonly HubUser[] = [
  exampleUser('ana', 'lead', 'B', true),
  exampleUser('bo', 'agent', 'C', false),
  exampleUser('cy', 'agent', 'D', true),
  exampleUser('gate', 'gateway', 'E', true),
  exampleUser('site', 'widget', 'F', false),
  exampleUser('tokyo', 'region', 'G', false),
];

test('the example in resources/hub is what the command writes', () => {
  expect(renderUsers(exampleKey('A'), example)).toBe(readFileSync(path.join(resources, 'users.example.conf'), 'utf8'));
});

test('a revoked key is not among the users, and the administrator always is', () => {
  const [ana] = example;
  const revoked = { ...(ana ?? exampleUser('x', 'lead', 'X', true)), keys: [{ publicKey: exampleKey('B'), addedAt: 0, revokedAt: 5 }] };
  const text = renderUsers(exampleKey('A'), [revoked]);
  expect(text).toContain(exampleKey('A'));
  expect(text).not.toContain(exampleKey('B'));
});

test('a template is filled between quotes, and never half', () => {
  expect(fillTemplate('a: "@PLACE@" # @PLACE@ stays here', { PLACE: 'C:\\hub "1"' })).toBe('a: "C:\\\\hub \\"1\\"" # @PLACE@ stays here');
  expect(() => fillTemplate('a: @PLACE@', {})).toThrow(RangeError);
  expect(() => fillTemplate('a: 1', { PLACE: 'x' })).toThrow(RangeError);
});

test('nobody but the administrator may do what would change the log or reach into it', () => {
  // a region's server is the hub's own, and has a table in test/hub/permissions.int.test.ts
  for (const role of ROLES.filter((each) => each !== 'region')) {
    const { publish, subscribe } = permissionsOf('ana', role, true);
    for (const subject of publish) {
      expect(subject).not.toMatch(/\.(CREATE|UPDATE|DELETE|SNAPSHOT|RESTORE)\b|CONSUMER|^>|^\$SYS|^feed|^\$JS\.(?!(?:hub\.)?API\.)/u);
      expect(subject).not.toMatch(/PURGE\.(?!OBJ_snap$)/u);
    }
    for (const subject of subscribe) expect(subject).not.toMatch(/^>|^team|^\$|^_INBOX\.|^_INBOX_(?!ana\.>)/u);
  }
});

const state: HubState = {
  version: 1,
  id: 'hub-1',
  name: 'Team',
  hosts: ['hub.example.test'],
  listen: '0.0.0.0',
  port: 4222,
  replicas: 1,
  diskBytes: 2 ** 30,
  policy: DEFAULT_POLICY,
  users: [],
};
const ana = { name: 'ana', role: 'lead', holdsChannels: true, agentId: null } as const;

test('keys outlive a change of role, and revoking ends all that are valid, once', () => {
  const joined = withKey(withKey(withUser(state, ana, 0), 'ana', exampleKey('B'), 1), 'ana', exampleKey('C'), 2);
  const changed = withUser(joined, { ...ana, role: 'agent', holdsChannels: false }, 3);
  expect(changed.users[0]).toMatchObject({ role: 'agent', keys: [{ addedAt: 1 }, { addedAt: 2 }] });
  // what they wrote before stays what it was
  expect(changed.users[0]?.was).toEqual([{ role: 'lead', holdsChannels: true, until: 3 }]);
  expect(withUser(changed, { ...ana, role: 'agent', holdsChannels: false }, 4).users[0]?.was).toHaveLength(1);
  const revoked = withoutKeys(withoutKeys(changed, 'ana', 3), 'ana', 9);
  expect(revoked.users[0]?.keys.map(({ revokedAt }) => revokedAt)).toEqual([3, 3]);
  expect(parseHubState(JSON.stringify(revoked))).toEqual(revoked);
});

test.each(['Ana', 'a.b', 'a*', '>', '', 'a'.repeat(33), '1st'])('%j is no user name', (name) => {
  expect(() => withUser(state, { ...ana, name }, 0)).toThrow(HubError);
});

test('a state that somebody changed by hand says what is wrong', () => {
  expect(() => parseHubState(JSON.stringify({ ...state, port: 'many' }))).toThrow(/port/u);
  expect(() => withKey(state, 'nobody', exampleKey('B'), 1)).toThrow(/no user nobody/u);
});
