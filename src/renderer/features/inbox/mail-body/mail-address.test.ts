import { describe, expect, it } from 'vitest';
import { decodePunycode, defang, describeLink, displayHost, hostNamedIn, registrableHost, textMisleads } from './mail-address.ts';

function link(url: string) {
  const found = describeLink(url);
  if (found === null) throw new Error(`no link: ${url}`);
  return found;
}

describe('punycode', () => {
  it('decodes what the browser encodes', () => {
    for (const name of ['münchen', 'пример', '例え', 'bücher-straße', 'аррӏе', '中文网址', 'ñandú', '☃']) {
      const ascii = new URL(`https://${name}.example/`).hostname;
      expect(displayHost(ascii)).toBe(`${name}.example`);
    }
  });
  it('refuses garbage', () => {
    expect(decodePunycode('99999999999')).toBeNull();
    expect(decodePunycode('a-!')).toBeNull();
    expect(displayHost('xn--\u0000.example')).toBe('xn--\u0000.example');
  });
});

describe('registrableHost', () => {
  it.each([
    ['mail.shop.example.co.uk', 'example.co.uk'],
    ['www.example.org', 'example.org'],
    ['example.org', 'example.org'],
    ['login.bank.example.evil.github.io', 'evil.github.io'],
    ['a.b.c.com.cn', 'c.com.cn'],
    ['192.0.2.7', '192.0.2.7'],
    ['[2001:db8::1]', '[2001:db8::1]'],
    ['localhost', 'localhost'],
  ])('%s belongs to %s', (host, owner) => expect(registrableHost(host)).toBe(owner));
});

describe('describeLink', () => {
  it('splits an address around the part that somebody answers for', () => {
    const found = link('https://login.bank.example.evil.example/path?q=bank.example');
    expect([found.before, found.registrable, found.after]).toEqual(['https://login.bank.example.', 'evil.example', '/path?q=bank.example']);
    expect(found.before + found.registrable + found.after).toBe(found.url);
  });

  it('is not deceived by a user name that looks like a host', () => {
    const found = link('https://bank.example@evil.example/');
    expect(found.registrable).toBe('evil.example');
    expect(found.hasUserInfo).toBe(true);
    expect(found.before).toBe('https://bank.example@');
    const same = link('https://evil.example:x@evil.example/');
    expect(same.before).toBe('https://evil.example:x@');
  });

  it('notes plain http, numbers and international names', () => {
    expect(link('http://192.0.2.7/x')).toMatchObject({ insecure: true, ipAddress: true });
    expect(link('https://аррӏе.example/')).toMatchObject({ internationalised: true, hostDisplay: 'аррӏе.example' });
    expect(link('mailto:ann@münchen.example?subject=x').hostDisplay).toBe('münchen.example');
  });

  it.each([
    'javascript:alert(1)',
    'data:text/html,x',
    'file:///etc/passwd',
    'ms-msdt:/id',
    'not a url',
    '//x.example',
    'vbscript:x',
    'blob:https://x.example/1',
  ])('refuses %s', (url) => {
    expect(describeLink(url)).toBeNull();
  });
});

describe('textMisleads', () => {
  it('warns when the words name another site', () => {
    expect(textMisleads('https://www.bank.example/login', link('https://bank.example.evil.example/'))).toBe(true);
    expect(textMisleads('Go to bank.example now', link('https://evil.example/'))).toBe(true);
  });
  it('does not warn about words, or about the same owner', () => {
    expect(textMisleads('Click here. Now.', link('https://evil.example/'))).toBe(false);
    expect(textMisleads('www.bank.example', link('https://secure.bank.example/x'))).toBe(false);
    expect(hostNamedIn('Version 1.2.3 of file')).toBeNull();
  });
});

describe('defang', () => {
  it('gives text that nothing opens', () => {
    expect(defang('https://a.b.example/x@y')).toBe('hxxps://a[.]b[.]example/x[@]y');
  });
});
