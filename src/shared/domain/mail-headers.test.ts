import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bareSubject,
  capReferences,
  normaliseMessageId,
  parseMailDate,
  parseMessageIds,
  replyReferences,
  replySubject,
} from './mail-headers.ts';

const iso = (value: string): [string, number | null] | null => {
  const date = parseMailDate(value);
  return date === null ? null : [new Date(date.at).toISOString(), date.offsetMinutes];
};

describe('parseMailDate', () => {
  it.each([
    ['Tue, 24 Nov 2026 11:25:50 +0100', '2026-11-24T10:25:50.000Z', 60],
    ['Tue, 24 Nov 2026 11:25:50 +0100 (CET)', '2026-11-24T10:25:50.000Z', 60],
    ['24 Nov 2026 11:25 -0330', '2026-11-24T14:55:00.000Z', -210],
    ['Tue, 24 Nov 2026 11:25:50 -0000', '2026-11-24T11:25:50.000Z', null],
    ['Tue, 24 Nov 2026 11:25:50 GMT', '2026-11-24T11:25:50.000Z', 0],
    ['Tue, 24 Nov 2026 11:25:50 PST', '2026-11-24T19:25:50.000Z', -480],
    ['Tue, 24 Nov 2026 11:25:50 A', '2026-11-24T11:25:50.000Z', null],
    ['Tue, 24 Nov 2026 11:25:50', '2026-11-24T11:25:50.000Z', null],
    ['24 Nov 26 11:25:50 +0000', '2026-11-24T11:25:50.000Z', 0],
    ['24 Nov 98 11:25:50 +0000', '1998-11-24T11:25:50.000Z', 0],
    ['24 Nov 106 11:25:50 +0000', '2006-11-24T11:25:50.000Z', 0],
    ['Tue (a (nested) comment), 24 Nov 2026 11:25:60 +0000', '2026-11-24T11:25:59.000Z', 0],
    ['Tue Nov 24 11:25:50 2026', '2026-11-24T11:25:50.000Z', null],
    ['2026-11-24T11:25:50.123+08:00', '2026-11-24T03:25:50.000Z', 480],
    ['2026-11-24 11:25:50 Z', '2026-11-24T11:25:50.000Z', 0],
    ['Tue, 24 Nov 2026 01:25:50 PM +0000', '2026-11-24T13:25:50.000Z', 0],
    ['Tue, 24 Nov 2026 11:25:50 GMT+0800', '2026-11-24T03:25:50.000Z', 480],
  ])('reads %s', (value, at, offset) => {
    expect(iso(value)).toEqual([at, offset]);
  });

  it.each([
    '',
    'yesterday',
    'Tue, 31 Feb 2026 10:00:00 +0000',
    'Tue, 24 Foo 2026 10:00:00 +0000',
    'Tue, 24 Nov 2026 25:00:00 +0000',
    '2026-13-01T00:00:00Z',
    'Tue, 24 Nov 0026 10:00:00 +0000',
  ])('refuses %j', (value) => {
    expect(parseMailDate(value)).toBeNull();
  });
});

describe('message identifiers', () => {
  it('are read without brackets, prose and duplicates, in order', () => {
    expect(parseMessageIds('<a@x> (first)\r\n <b@x>,<a@x>')).toEqual(['a@x', 'b@x']);
    expect(parseMessageIds('Your message of Tue <a@x>')).toEqual(['a@x']);
    expect(parseMessageIds('a@x b@x')).toEqual(['a@x', 'b@x']);
    expect(parseMessageIds('<<a@x>>')).toEqual(['a@x']);
    expect(parseMessageIds('<broken')).toEqual([]);
    expect(normaliseMessageId(' < a @x > ')).toBe('a@x');
    expect(normaliseMessageId('<>')).toBeNull();
  });

  it('are capped with the first and the last kept', () => {
    const ids = Array.from({ length: 50 }, (_, index) => `m${String(index)}@x`);
    expect(capReferences(ids, 5)).toEqual(['m0@x', 'm46@x', 'm47@x', 'm48@x', 'm49@x']);
    const chain = replyReferences(ids, 'm49@x');
    expect([chain.length, chain[0], chain[1], chain.at(-1)]).toEqual([21, 'm0@x', 'm30@x', 'm49@x']);
    expect(replyReferences([], 'a@x')).toEqual(['a@x']);
    expect(replyReferences(['a@x', 'b@x'], 'a@x')).toEqual(['b@x', 'a@x']);
  });

  it('take linear time', () => {
    const before = performance.now();
    parseMessageIds('<'.repeat(200_000));
    parseMessageIds('<a '.repeat(60_000));
    expect(performance.now() - before).toBeLessThan(500);
  });
});

describe('subjects', () => {
  it.each([
    ['Order', 'Re: Order'],
    ['Re: Order', 'Re: Order'],
    ['RE: re: Order', 'Re: Order'],
    ['Re[2]: Order', 'Re: Order'],
    ['回复: 订单', 'Re: 订单'],
    ['答复：订单', 'Re: 订单'],
    ['AW: SV: RV: Order', 'Re: Order'],
    ['Reply needed: Order', 'Re: Reply needed: Order'],
    ['Fwd: Order', 'Re: Fwd: Order'],
    ['', 'Re:'],
    ['Order\r\nBcc: x@y', 'Re: Order Bcc: x@y'],
  ])('%j is answered as %j', (subject, reply) => {
    expect(replySubject(subject)).toBe(reply);
    expect(replySubject(reply)).toBe(reply);
  });

  it('compare without their prefixes', () => {
    expect(bareSubject('Re: Fwd: 答复: WG: Order  5')).toBe('Order 5');
  });

  it('never throw', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        bareSubject(text);
        parseMailDate(text);
        parseMessageIds(text);
        expect(replySubject(text).startsWith('Re:')).toBe(true);
      }),
    );
  });
});
