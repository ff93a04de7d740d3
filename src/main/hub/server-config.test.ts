import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { permissionsOf, ROLES } from './permissions.ts';
import { fillTemplate, renderSites, renderUsers, renderWebsocket, withSites } from './server-config.ts';
import { siteAccess, websocketFrom } from './site-command.ts';
import {
  DEFAULT_POLICY,
  HubError,
  parseHubState,
  withKey,
  withoutKeys,
  withPassword,
  withUser,
  type HubState,
  type HubUser,
} from './hub-state.ts';

const resources = path.resolve(import.meta.dirname, '../../../resources/hub');

/** Invented keys, the same in resources/hub/users.example.conf. */
function exampleKey(letter: string): string {
  return `U${letter.repeat(55)}`;
}
function exampleUser(name: string, role: HubUser['role'], letter: string, holdsChannels: boolean): HubUser {
  const keys = [{ publicKey: exampleKey(letter), addedAt: 0, revokedAt: null }];
  return { name, role, holdsChannels, agentId: null, keys, was: [], password: null };
}
const example: readonly HubUser[] = [
  exampleUser('ana', 'lead', 'B', true),
  exampleUser('bo', 'agent', 'C', false),
  exampleUser('cy', 'agent', 'D', true),
  exampleUser('gate', 'gateway', 'E', true),
  { ...exampleUser('site', 'widget', 'F', false), keys: [], password: 'every-visitor-sees-this' },
  exampleUser('tokyo', 'region', 'G', false),
];

test('the example in resources/hub is what the command writes', () => {
  expect(renderUsers(exampleKey('A'), example)).toBe(readFileSync(path.join(resources, 'users.example.conf'), 'utf8'));
  expect(renderSites(example)).toBe(readFileSync(path.join(resources, 'sites.example.conf'), 'utf8'));
});

test('a revoked key is not among the users, and the administrator always is', () => {
  const [ana] = example;
  const revoked = { ...(ana ?? exampleUser('x', 'lead', 'X', true)), keys: [{ publicKey: exampleKey('B'), addedAt: 0, revokedAt: 5 }] };
  const text = renderUsers(exampleKey('A'), [revoked]);
  expect(text).toContain(exampleKey('A'));
  expect(text).not.toContain(exampleKey('B'));
});

test('without a web site nothing of the team is shared; with one, nothing but the chat', () => {
  const alone = example.filter(({ role }) => role !== 'widget');
  expect(renderUsers(exampleKey('A'), alone)).not.toMatch(/^(exports|imports)/mu);
  expect(renderSites(alone)).not.toMatch(/^(exports|imports)/mu);
  const shared = `${renderUsers(exampleKey('A'), example)}${renderSites(example)}`.match(/(?:service|stream|subject): "[^"]+"/gu);
  expect(shared).toHaveLength(8);
  for (const each of shared ?? []) expect(each).toMatch(/"(chat\.in|feed\.chat\.out|live\.in|live\.out)\.>"/u);
});

test('browsers get an encrypted place unless it is a loopback address, with the pages that are let in', () => {
  const words = { websocket: '8443', origin: ['https://shop.example.com/help'] };
  const open = websocketFrom(words, '0.0.0.0');
  expect(open).toEqual({ listen: '0.0.0.0', port: 8443, origins: ['https://shop.example.com'], certificate: null, isPlain: false });
  const text = renderWebsocket(open, '/hub/keys');
  expect(text).toMatch(/listen: "0\.0\.0\.0:8443"/u);
  expect(text).toMatch(/cert_file: "\/hub\/keys\/server\.crt"/u);
  expect(text).toMatch(/"https:\/\/shop\.example\.com"/u);
  expect(text).not.toMatch(/no_tls/u);
  const plain = websocketFrom({ websocket: '8080', 'no-tls': true }, '0.0.0.0');
  expect(plain.listen).toBe('127.0.0.1');
  expect(renderWebsocket(plain, '/hub/keys')).toMatch(/no_tls: true/u);
  for (const bad of [
    { websocket: '8080', 'no-tls': true, 'websocket-listen': '0.0.0.0' },
    { websocket: '8080', 'no-tls': true, 'websocket-listen': '127.evil.example' },
    { websocket: '0' },
    { websocket: '8443', cert: 'a.crt' },
    { websocket: '8443', origin: ['shop.example.com'] },
  ])
    expect(() => websocketFrom(bad, '0.0.0.0')).toThrow(HubError);
});

test('the configuration of an older hub gets what web sites need, once', () => {
  const old = 'listen: "127.0.0.1:1"\naccounts {\n  TEAM {\n    include "users.conf"\n  }\n}\n';
  const upgraded = withSites(old) ?? '';
  expect(upgraded).toMatch(/accounts \{\n {2}SITES \{\n {4}include "sites\.conf"\n {2}\}\n {2}TEAM/u);
  expect(upgraded).toMatch(/include "websocket\.conf"\n$/u);
  expect(withSites(upgraded)).toBeNull();
});

test('a web site keeps its password through a change, and loses it when it is revoked or becomes something else', () => {
  const site = { name: 'shop', role: 'widget', holdsChannels: false, agentId: null } as const;
  const with1 = withPassword(withUser(state, site, 0), 'shop', 'every-visitor-sees-this');
  expect(withUser(with1, site, 1).users[0]?.password).toBe('every-visitor-sees-this');
  expect(withUser(with1, { ...site, role: 'agent' }, 1).users[0]?.password).toBeNull();
  expect(withoutKeys(with1, 'shop', 1).users[0]?.password).toBeNull();
  expect(siteAccess({ ...with1, websocket: websocketFrom({ websocket: '8443' }, '0.0.0.0') }, 'shop')).toEqual({
    address: 'wss://hub.example.test:8443',
    site: 'shop',
    password: 'every-visitor-sees-this',
  });
  expect(() => siteAccess(withoutKeys(with1, 'shop', 1), 'shop')).toThrow(/no web site/u);
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
  websocket: null,
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
