import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inviteLink, parseInvite, type HubInvite } from './hub-invite.ts';

const authority = `-----BEGIN CERTIFICATE-----\n${'A'.repeat(64)}\n${'b+/='.repeat(9)}\n-----END CERTIFICATE-----\n`;
const invite: HubInvite = {
  hub: { id: 'hub-1', name: '夜班 & Spätschicht' },
  servers: ['tls://hub.example.test:4222', 'tls://[2001:db8::7]:4222', 'tls://10.0.0.7:443'],
  authority: authority.replace('b+/='.repeat(9), `${'b+/a'.repeat(8)}bA==`),
  user: { name: 'ana-2', role: 'lead', agentId: 'agt_ana' },
  seed: `SU${'A'.repeat(56)}`,
};

/** The link with something else inside. */
function changed(change: (content: Record<string, unknown>) => void): string {
  const [, encoded = ''] = inviteLink(invite).split('/join/');
  const content = JSON.parse(Buffer.from(encoded, 'base64url').toString('utf8')) as Record<string, unknown>;
  change(content);
  return `meridian://join/${Buffer.from(JSON.stringify(content)).toString('base64url')}`;
}

test('an invite comes back as it was, also from a file, a mail or an address bar', () => {
  const link = inviteLink(invite);
  expect(link).toMatch(/^meridian:\/\/join\/[A-Za-z0-9_-]+$/u);
  for (const text of [link, `${link}\n`, `  ${link}/ \r\n`]) expect(parseInvite(text)).toEqual(invite);
});

test('what a later version adds is skipped; another version is refused', () => {
  expect(parseInvite(changed((content) => Object.assign(content, { region: 'eu' })))).toEqual(invite);
  expect(parseInvite(changed((content) => Object.assign(content, { v: 2 })))).toBeNull();
});

test.each([
  ['no server', { servers: [] }],
  ['a server without TLS', { servers: ['nats://hub.example.test:4222'] }],
  ['a server with a password', { servers: ['tls://ana:secret@hub.example.test:4222'] }],
  ['a server with a path', { servers: ['tls://hub.example.test:4222/x'] }],
  ['a seed of an account', { seed: `SA${'A'.repeat(56)}` }],
  ['a name that would reach other subjects', { user: { name: 'ana.>', role: 'lead', agentId: null } }],
  ['a certificate that is none', { ca: 'not a certificate!' }],
  ['no hub', { hub: undefined }],
])('is refused: %s', (_what, change) => {
  expect(parseInvite(changed((content) => Object.assign(content, change)))).toBeNull();
});

test.each([
  '',
  'meridian://case/case_1',
  'meridian://join/',
  'meridian://join/%00',
  'https://join/abc',
  `meridian://join/${'A'.repeat(20_000)}`,
])('is no invite: %.40s', (text) => {
  expect(parseInvite(text)).toBeNull();
});

test('no text makes it throw', () => {
  const bytes = fc.uint8Array({ maxLength: 200 }).map((array) => Buffer.from(array).toString('latin1'));
  const anything = fc.oneof(
    bytes,
    fc.jsonValue({ maxDepth: 1 }).map((value) => JSON.stringify(value)),
  );
  fc.assert(
    fc.property(anything, (text) => {
      expect(parseInvite(text)).toBeNull();
      const inside = parseInvite(`meridian://join/${Buffer.from(text).toString('base64url')}`);
      expect(inside).toBeNull();
    }),
  );
});
