import { beforeAll, describe, expect, it } from 'vitest';
import { createFakeForum } from '../../../../../test/channels/discourse/fake-discourse.ts';
import { beginKeyRequest, readKeyPayload } from './user-api-key.ts';
import type { KeyRequest } from './user-api-key.ts';

const forum = createFakeForum({ now: () => 1_790_000_000_000 });
const support = forum.addUser('support');
let mine: KeyRequest;
let other: KeyRequest;

beforeAll(async () => {
  mine = await beginKeyRequest('https://forum.test', 'meridian://join/');
  other = await beginKeyRequest('https://forum.test');
});

describe('the handshake for a key', () => {
  it('gets the key out of what the forum shows, however it was copied, and out of the address it leads to', () => {
    const { payload, redirect } = forum.approve(mine.url, support);
    const key = readKeyPayload(mine, payload);
    expect(key).toMatch(/^[0-9a-f]{32}$/u);
    expect(readKeyPayload(mine, `  ${payload.replaceAll('\n', '\r\n  ')} `)).toBe(key);
    expect(readKeyPayload(mine, redirect ?? '')).toBe(key);
    expect(redirect).toContain('meridian://join/?payload=');
  });

  it('understands forums that know the older padding only', () => {
    const { payload, redirect } = forum.approve(other.url.replace('&padding=oaep', ''), support);
    expect(readKeyPayload(other, payload)).toMatch(/^[0-9a-f]{32}$/u);
    expect(redirect).toBeNull();
  });

  it('takes no answer to somebody else’s request, none that was repeated, and no rubbish', () => {
    expect(readKeyPayload(mine, forum.approve(other.url, support).payload)).toBeNull();
    // encrypted for us, and answering another question
    const replayed = forum.approve(mine.url.replace(mine.nonce, '00000000000000000000000000000000'), support).payload;
    expect(readKeyPayload(mine, replayed)).toBeNull();
    for (const rubbish of ['', 'hello', 'meridian://join/?payload=%', 'A'.repeat(344), `?payload=${'A'.repeat(20_000)}`])
      expect(readKeyPayload(mine, rubbish)).toBeNull();
  });

  it('asks for reading and writing, under a name of its own each time', () => {
    const [one, two] = [new URL(mine.url), new URL(other.url)];
    expect(one.searchParams.get('scopes')).toBe('read,write');
    expect(one.searchParams.get('client_id')).not.toBe(two.searchParams.get('client_id'));
    expect(two.searchParams.has('auth_redirect')).toBe(false);
  });
});
