import { describe, expect, it } from 'vitest';
import { signThreadToken, verifyThreadToken } from './thread-token.ts';

const key = new Uint8Array(32).fill(7);
const body = 'abcdefghij234567klmn';

describe('thread tokens', () => {
  it('come back as the case they were signed for', () => {
    const token = signThreadToken(body, key);
    expect(token).toMatch(/^abcdefghij234567klmn\.[a-z2-7]{16}$/u);
    expect(verifyThreadToken(token, key)).toBe(body);
    // mail systems change case
    expect(verifyThreadToken(token.toUpperCase(), key)).toBe(body);
    // a local part ends at 64 characters
    expect(`customer-support+t_${token}`.length).toBeLessThanOrEqual(64);
  });

  it('are the same for every workstation that has the key', () => {
    expect(signThreadToken(body, key)).toBe(signThreadToken(body, Uint8Array.from(key)));
  });

  it('of another key, another case, or changed in any character are nothing', () => {
    const token = signThreadToken(body, key);
    expect(verifyThreadToken(token, new Uint8Array(32).fill(8))).toBeNull();
    expect(verifyThreadToken(token.replace('abc', 'abd'), key)).toBeNull();
    for (let index = 0; index < token.length; index += 1) {
      const changed = `${token.slice(0, index)}${token[index] === 'a' ? 'b' : 'a'}${token.slice(index + 1)}`;
      expect(verifyThreadToken(changed, key)).toBeNull();
    }
    for (const malformed of ['', '.', body, `${body}.`, `${token}x`, ` ${token}`, `${token}\n`, token.slice(0, -1), '..'.repeat(99)]) {
      expect(verifyThreadToken(malformed, key)).toBeNull();
    }
  });

  it('are not made with a short key or for what an address cannot carry', () => {
    expect(() => signThreadToken(body, new Uint8Array(31))).toThrow(RangeError);
    expect(() => signThreadToken('A b', key)).toThrow(RangeError);
    expect(() => signThreadToken('', key)).toThrow(RangeError);
  });
});
