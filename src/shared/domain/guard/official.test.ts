import { describe, expect, it } from 'vitest';
import { registrableDomain } from '../../../main/engine/guard/registrable-domain.ts';
import { defang, refang } from './defang.ts';
import type { OfficialRegistry } from './guard-types.ts';
import { judgeLink, partsOfLink } from './links.ts';
import { judgeDomain } from './official-domains.ts';
import { judgeName } from './official-names.ts';
import { decodeLabel } from './punycode.ts';
import { isOneSlipAway, skeleton, visualKey } from './skeleton.ts';

const registry: OfficialRegistry = {
  accounts: [{ channel: 'telegram', nativeId: '1001', name: 'CoinHarbor Help', handle: 'coinharbor_help' }],
  domains: ['coinharbor.com', 'harbor.io'],
  brands: ['CoinHarbor', 'Gate'],
};

const judged = (name: string, handle: string | null = null): string | null =>
  judgeName({ channel: 'telegram', nativeId: '9', name, handle }, registry)?.reason ?? null;
const domain = (host: string): string | null => judgeDomain(host, registry, registrableDomain)?.reason ?? null;
const codes = (text: string, href: string): readonly string[] =>
  judgeLink({ text, href }, registry, registrableDomain).map(({ code, detail }) => (detail === '' ? code : `${code} ${detail}`));

describe('the skeleton of a text', () => {
  it('is how it looks', () => {
    // examples of UTS #39 and of its data
    expect(skeleton('ρаураl')).toBe(skeleton('paypal'));
    expect(skeleton('ｐａｙｐａｌ')).toBe(skeleton('paypal'));
    expect(skeleton('𝐩𝐚𝐲𝐩𝐚𝐥')).toBe(skeleton('paypal'));
    expect(skeleton('p\u{200b}áypal')).toBe(skeleton('paypal'));
    expect(visualKey('🄿🅰🅈🅟 ⓐⓁ')).toBe(visualKey('paypal'));
    expect(visualKey('P4YPA1')).toBe(visualKey('paypal'));
    expect(visualKey('rnodern VVorld')).toBe(visualKey('modern world'));
    expect(visualKey('！？')).toBe('');
  });

  it('is as near as one slip', () => {
    for (const [a, b, isNear] of [
      ['harbor', 'harbour', true],
      ['harbor', 'habror', true],
      ['harbor', 'harbox', true],
      ['harbor', 'harbor', true],
      ['harbor', 'hrabro', false],
      ['harbor', 'harb', false],
    ] as const) {
      expect(isOneSlipAway(a, b)).toBe(isNear);
    }
  });
});

describe('a name', () => {
  it('is ours by its id alone', () => {
    const us = { channel: 'telegram', nativeId: '1001', name: 'CoinHarbor Help', handle: null };
    expect(judgeName(us, registry)).toBeNull();
    expect(judgeName({ ...us, channel: 'x' }, registry)).toEqual({ reason: 'same', field: 'name', official: 'CoinHarbor Help' });
    expect(judgeName({ ...us, nativeId: '1002', name: 'Bob', handle: 'CoinHarb0r_Help' }, registry)).toEqual({
      reason: 'same',
      field: 'handle',
      official: 'CoinHarbor Help',
    });
  });

  it('imitates in many ways', () => {
    expect(judged('СоinНаrbоr Неlр')).toBe('same');
    expect(judged('\u202epleH robraHnioC')).toBe('same');
    expect(judged('CoinHarbr Help')).toBe('near');
    expect(judged('★ CoinHarbor Help 24/7 ★')).toBe('contains');
    expect(judged('CoinHarbor 客服')).toBe('brand-role');
    expect(judged('Служба поддержки CoinHarbor')).toBe('brand-role');
    expect(judged('CoinHarbor고객센터')).toBe('brand-role');
    expect(judged('Coin Habror Security Team')).toBe('brand-role');
    expect(judged('Gate Support')).toBe('brand-role');
  });

  it('of somebody else is left alone', () => {
    for (const name of ['Anna Harbor', 'Acme Support', 'coinharbor_fan', 'Agate Support', 'Соня', '', '田中 太郎', '🙂'])
      expect(judged(name)).toBeNull();
  });
});

describe('a host', () => {
  it('resembles ours or does not', () => {
    for (const [host, reason] of [
      ['coinharbor.com', null],
      ['www.help.coinharbor.com', null],
      ['coinharbor.net', 'same'],
      ['coin-harbor.com', 'same'],
      ['xn--inhrbor-4fg6j3a.com', 'same'],
      ['coinharb0r.com', 'same'],
      ['coinharbour.com', 'near'],
      ['coinharbor-login.com', 'contains'],
      ['coinharbor.com.account.net', 'subdomain'],
      ['coin.harbor.net', 'subdomain'],
      ['coi.nharbor.com', 'subdomain'],
      ['example.org', null],
      ['harborview.org', 'contains'],
      ['192.0.2.1', null],
    ] as const) {
      expect([host, domain(host)]).toEqual([host, reason]);
    }
  });

  it('is decoded as RFC 3492 says', () => {
    // samples of RFC 3492, 7.1
    expect(decodeLabel('xn--ihqwcrb4cv8a8dqg056pqjye')).toBe('他们为什么不说中文');
    expect(decodeLabel('xn--b1abfaaepdrnnbgefbadotcwatmq2g4l')).toBe('почемужеонинеговорятпорусски');
    expect(decodeLabel('xn--3b-ww4c5e180e575a65lsy2b')).toBe('3年b組金八先生');
    expect(decodeLabel('xn--!!!')).toBe('xn--!!!');
    expect(decodeLabel('plain')).toBe('plain');
  });
});

describe('a link', () => {
  it('tells where it leads as a browser would', () => {
    expect(partsOfLink('HTTPS:\\\\a@Evil.Example:8443\\b@c')).toEqual({ scheme: 'https', user: 'a', host: 'evil.example', port: '8443' });
    expect(partsOfLink('https://evil。example/')?.host).toBe('evil.example');
    expect(partsOfLink('ht\ntps://[2001:db8::1]:80/')).toEqual({ scheme: 'https', user: '', host: '2001:db8::1', port: '80' });
    expect(partsOfLink('mailto:a@example.org?subject=x')?.host).toBe('example.org');
    expect(partsOfLink('/relative')).toBeNull();
  });

  it('is odd in these ways', () => {
    expect(codes('Our help', 'https://help.coinharbor.com/')).toEqual([]);
    expect(codes('https://coinharbor.com/login', 'https://evil.org/')).toEqual(['text-differs evil.org']);
    expect(codes('www.coinharbor.com', 'https://coinharbor.com.evil.org/')).toEqual(['look-alike coinharbor.com', 'text-differs evil.org']);
    expect(codes('Click', 'https://coinharbor.com@evil.org/')).toEqual(['user-part evil.org']);
    expect(codes('Click', 'http://0x7f000001/')).toEqual(['ip-host 0x7f000001']);
    expect(codes('Click', 'https://evil.org:8443/')).toEqual(['port 8443']);
    expect(codes('Click', 'https://xn--80ak6aa92e.com/')).toEqual(['punycode аррӏе.com']);
    expect(codes('Click', 'https://раypal.com/')).toEqual(['mixed-scripts раypal.com']);
    expect(codes('Click', 'https://bit.ly/x')).toEqual(['shortener bit.ly']);
    expect(codes('Cl\u202eick', 'https://evil.org/')).toEqual(['hidden-characters']);
    expect(codes('Click', 'javascript:alert(1)')).toEqual(['scheme javascript']);
    expect(codes('Write to us', 'mailto:help@coinharbor.com')).toEqual([]);
  });
});

describe('defanging', () => {
  it('takes the teeth out of addresses, once', () => {
    const text = 'See https://evil.example/a.html?x=b.c, evil.org, a.b@evil.org, http://192.0.2.1/ and 192.0.2.1, not file.txt or 1.5.';
    const safe =
      'See hxxps://evil[.]example/a.html?x=b.c, evil[.]org, a.b[@]evil[.]org, hxxp://192[.]0[.]2[.]1/ and 192[.]0[.]2[.]1, not file.txt or 1.5.';
    expect(defang(text)).toBe(safe);
    expect(defang(safe)).toBe(safe);
    expect(refang(safe)).toBe(text);
  });
});
