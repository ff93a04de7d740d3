import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { authenticityCode, checkAuthenticity } from './authenticity.ts';

const secret = new Uint8Array(32).fill(7);
const hmac = (key: Uint8Array, message: string): Uint8Array => createHmac('sha256', key).update(message).digest();
const NOON = Date.UTC(2026, 10, 29, 12);
const DAY = 86_400_000;
const anna = { agentId: 'anna', conversation: 'M-1042' };
const others = [
  { agentId: 'ben', conversation: 'M-1042' },
  { agentId: 'anna', conversation: 'M-1043' },
];

const check = (code: string, at = NOON): string => checkAuthenticity(code, [...others, anna], secret, hmac, at).outcome;

describe('an authenticity code', () => {
  const code = authenticityCode(anna, secret, hmac, NOON);

  it('has three groups of signs that can be read out', () => {
    expect(code).toMatch(/^[\dA-HJKMNP-TV-Z]{4}-[\dA-HJKMNP-TV-Z]{4}-[\dA-HJKMNP-TV-Z]{3}[\dA-HJKMNP-TV-Z*~$=U]$/u);
    expect(authenticityCode(anna, secret, hmac, NOON + 11 * 3_600_000)).toBe(code);
  });

  it('names who speaks and about what', () => {
    expect(checkAuthenticity(code, [...others, anna], secret, hmac, NOON)).toEqual({
      outcome: 'genuine',
      claim: anna,
      day: NOON / DAY - 0.5,
    });
    expect(checkAuthenticity(code, others, secret, hmac, NOON)).toEqual({ outcome: 'unknown' });
    expect(checkAuthenticity(code, [anna], new Uint8Array(32), hmac, NOON)).toEqual({ outcome: 'unknown' });
  });

  it('holds on its day and the next, by UTC', () => {
    expect(check(code, Date.UTC(2026, 10, 30, 23, 59))).toBe('genuine');
    expect(check(code, Date.UTC(2026, 11, 1))).toBe('unknown');
    expect(check(code, NOON - DAY)).toBe('unknown');
  });

  it('is read as people write it, and a slip is noticed', () => {
    expect(check(` ${code.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l')}`)).toBe('genuine');
    for (let index = 0; index < code.length; index += 1) {
      if (code[index] === '-') continue;
      const wrong = code.slice(0, index) + (code[index] === '7' ? '8' : '7') + code.slice(index + 1);
      expect(check(wrong)).toBe('mistyped');
    }
    expect(check('')).toBe('mistyped');
  });

  it('differs from claim to claim, also where their parts run together', () => {
    const codes = [anna, ...others, { agentId: 'annaM', conversation: '-1042' }, { agentId: 'anna', conversation: '' }].map((claim) =>
      authenticityCode(claim, secret, hmac, NOON),
    );
    expect(new Set(codes).size).toBe(codes.length);
  });
});
