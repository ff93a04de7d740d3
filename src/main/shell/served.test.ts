import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { mailBodyToken } from './addresses.ts';
import { externalAddress } from './external-address.ts';
import { MailBodies } from './mail-bodies.ts';
import { safeSaveName } from './save-name.ts';
import { APP_POLICY, fileInside, mailPolicy } from './served-files.ts';

describe('files of the page', () => {
  const folder = path.resolve('/srv/app');
  it('are found inside the folder', () => {
    expect(fileInside(folder, '/')).toBe(path.join(folder, 'index.html'));
    expect(fileInside(folder, '/assets/a%20b.js')).toBe(path.join(folder, 'assets', 'a b.js'));
    expect(fileInside(folder, '/..a.js')).toBe(path.join(folder, '..a.js'));
  });
  it.each(['/../app-evil/x.js', '/..%2fapp-evil/x.js', '/%2e%2e/%2e%2e/etc/passwd', '/a/..%5c..%5cx', '/%00', '/%zz', '/..', '/.'])(
    'are not looked for outside: %s',
    (urlPath) => {
      expect(fileInside(folder, urlPath)).toBeNull();
    },
  );
});

describe('policies', () => {
  it('let no script be written as text, and let a mail do nothing', () => {
    expect(APP_POLICY).not.toContain('unsafe');
    expect(APP_POLICY).toContain("require-trusted-types-for 'script'");
    const policy = mailPolicy('app://meridian');
    expect(policy).toMatch(/; sandbox$/u);
    expect(policy).toContain('frame-ancestors app://meridian;');
    expect([...policy.matchAll(/(\S+)-src ([^;]+)/gu)].filter(([, , value]) => value !== "'none'").map(([, name]) => name)).toEqual([
      'img',
      'style',
    ]);
  });
});

describe('mail bodies', () => {
  it('have an address that nobody can guess, and their links', () => {
    const bodies = new MailBodies();
    const { url, token } = bodies.put('<p>a</p>', ['https://example.org/', 'mailto:a@example.org']);
    expect(mailBodyToken(url)).toBe(token);
    expect(token).toHaveLength(32);
    expect(bodies.get(token)?.html).toBe('<p>a</p>');
    expect(bodies.link(token, 1)).toBe('mailto:a@example.org');
    expect(bodies.link(token, 2)).toBeNull();
    expect(bodies.put('<p>a</p>', []).token).not.toBe(token);
  });
  it('go when there are too many, the least recently shown first', () => {
    const bodies = new MailBodies({ maxBodies: 2 });
    const [a, b] = [bodies.put('a', []).token, bodies.put('b', []).token];
    bodies.get(a);
    const c = bodies.put('c', []).token;
    expect([a, b, c].map((token) => bodies.get(token)?.html ?? null)).toEqual(['a', null, 'c']);
  });
  it('go when they are too large together, and count what was dropped', () => {
    const bodies = new MailBodies({ maxBytes: 10 });
    const a = bodies.put('aaaa', ['bb']).token;
    const c = bodies.put('ßß', []).token;
    expect(bodies.size).toBe(2);
    bodies.drop(c);
    expect(bodies.put('cccc', []).token).not.toBe(a);
    expect(bodies.get(a)).not.toBeNull();
    bodies.put('d', []);
    expect(bodies.size).toBe(2);
    expect(() => bodies.put('x'.repeat(11), [])).toThrow(RangeError);
    expect(bodies.size).toBe(2);
  });
});

describe('links to the outside', () => {
  it.each([
    ['https://example.org/a?b=c#d', 'https://example.org/a?b=c#d'],
    ['HTTPS://EXAMPLE.org', 'https://example.org/'],
    ['mailto:a@example.org?subject=Hello%20there&attach=/etc/passwd&bcc=x@example.net', 'mailto:a@example.org?subject=Hello%20there'],
  ])('are opened: %s', (text, address) => {
    expect(externalAddress(text)).toBe(address);
  });
  it.each([
    'http://example.org/',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'smb://host/share',
    '\\\\host\\share',
    'ms-msdt:/id',
    'https://bank.example@evil.example/',
    'https:///',
    'https://example.org/\nx',
    ' https://example.org/\u0000',
    'meridian://case/case_1',
    `https://example.org/${'a'.repeat(4_000)}`,
    '',
  ])('are refused: %s', (text) => {
    expect(externalAddress(text)).toBeNull();
  });
});

describe('names to save under', () => {
  it.each([
    ['report.pdf', 'report.pdf'],
    ['../../.bashrc', 'bashrc'],
    ['C:\\Windows\\system32\\x.dll', 'x.dll'],
    ['invoice\u202efdp.exe', 'invoicefdp.exe'],
    ['a:b*c?.txt', 'a_b_c_.txt'],
    ['con.txt', 'file_con.txt'],
    ['...', 'file_'],
    ['', 'file_'],
    ['報告書.docx', '報告書.docx'],
    [`${'a'.repeat(300)}.pdf`, `${'a'.repeat(116)}.pdf`],
  ])('are made harmless: %s', (name, safe) => {
    expect(safeSaveName(name)).toBe(safe);
  });
});
