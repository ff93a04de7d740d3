import { describe, expect, it } from 'vitest';
import { mailBodyAddress } from './addresses.ts';
import type { PageOrigin } from './addresses.ts';
import { isPermissionAllowed, isRequestAllowed, judgeNavigation } from './navigation-policy.ts';
import type { Navigation } from './navigation-policy.ts';

const APP: PageOrigin = { devServer: null };
const DEV: PageOrigin = { devServer: 'http://127.0.0.1:5199' };
const TOKEN = '0123456789abcdef0123456789abcdef';
const OTHER = 'fedcba9876543210fedcba9876543210';

function judge(navigation: Partial<Navigation>, origin = APP): string {
  const verdict = judgeNavigation(
    { url: '', isMainFrame: false, frameUrl: '', initiatorUrl: 'app://meridian/index.html', ...navigation },
    origin,
  );
  return verdict.kind === 'mail-link' ? `link ${verdict.token} ${String(verdict.index)}` : verdict.kind;
}

describe('where the window may go', () => {
  it.each(['app://meridian/index.html', 'app://meridian/', 'app://meridian/index.html#inbox'])('only to the page: %s', (url) => {
    expect(judge({ url, isMainFrame: true })).toBe('allow');
  });
  it.each([
    'https://example.org/',
    'app://meridian.example.org/index.html',
    'app://meridian/assets/picture.svg',
    'app://other/index.html',
    'file:///etc/passwd',
    'about:blank',
    'data:text/html,x',
    'javascript:alert(1)',
    'http://127.0.0.1:5199/',
    'devtools://devtools/bundled/inspector.html',
    mailBodyAddress(TOKEN),
    `mail-body://link/${TOKEN}/0`,
  ])('nowhere else: %s', (url) => {
    expect(judge({ url, isMainFrame: true })).toBe('refuse');
  });
  it('to the development server while developing', () => {
    expect(judge({ url: 'http://127.0.0.1:5199/', isMainFrame: true }, DEV)).toBe('allow');
    expect(judge({ url: 'http://127.0.0.1:51990/', isMainFrame: true }, DEV)).toBe('refuse');
    expect(judge({ url: 'app://meridian/index.html', isMainFrame: true }, DEV)).toBe('refuse');
  });
});

describe('where a frame may go', () => {
  it('to a mail body, when the page puts it there', () => {
    expect(judge({ url: mailBodyAddress(TOKEN) })).toBe('allow');
    expect(judge({ url: mailBodyAddress(TOKEN), frameUrl: mailBodyAddress(OTHER) })).toBe('allow');
    expect(judge({ url: mailBodyAddress(TOKEN), frameUrl: '', initiatorUrl: mailBodyAddress(OTHER) })).toBe('refuse');
  });
  it.each([
    'https://example.org/',
    'about:blank',
    'about:srcdoc',
    'data:text/html,x',
    'app://meridian/index.html',
    'mail-body://m1/',
    'blob:null/1',
  ])('nowhere else: %s', (url) => {
    expect(judge({ url, frameUrl: mailBodyAddress(TOKEN) })).toBe('refuse');
  });
});

describe('a mail that is shown at a place', () => {
  it.each(['#hit-3', '#', '#:~:text=x', '#a\nb', '#https://example.org/'])('is the same mail: %j', (fragment) => {
    const at = `${mailBodyAddress(TOKEN)}${fragment}`;
    expect(judge({ url: at })).toBe('allow');
    expect(judge({ url: 'mail-body://link/0/3', frameUrl: at })).toBe(`link ${TOKEN} 3`);
    expect(judge({ url: 'mail-body://link/0/3', initiatorUrl: at })).toBe(`link ${TOKEN} 3`);
    // and can not go elsewhere because of it
    expect(judge({ url: mailBodyAddress(OTHER), initiatorUrl: at })).toBe('refuse');
    expect(judge({ url: `mail-body://link/${OTHER}/3`, frameUrl: at })).toBe('refuse');
    expect(judge({ url: at, isMainFrame: true })).toBe('refuse');
  });
});

describe('a click on a link in a mail', () => {
  const frameUrl = mailBodyAddress(TOKEN);
  it('is told with the mail that was clicked in', () => {
    expect(judge({ url: 'mail-body://link/0/3', initiatorUrl: frameUrl })).toBe(`link ${TOKEN} 3`);
    expect(judge({ url: `mail-body://link/${TOKEN}/3`, frameUrl })).toBe(`link ${TOKEN} 3`);
  });
  it('can not speak for another mail, nor come from anything but a mail', () => {
    expect(judge({ url: `mail-body://link/${OTHER}/3`, frameUrl })).toBe('refuse');
    expect(judge({ url: 'mail-body://link/0/3', initiatorUrl: frameUrl, frameUrl: mailBodyAddress(OTHER) })).toBe(`link ${TOKEN} 3`);
    expect(judge({ url: 'mail-body://link/0/3', frameUrl: 'app://meridian/index.html' })).toBe('refuse');
    expect(judge({ url: 'mail-body://link/0/3', frameUrl: '' })).toBe('refuse');
  });
  it.each(['mail-body://link/0/-1', 'mail-body://link/0/3x', 'mail-body://link/0/03', 'mail-body://link/0/', 'mail-body://link/zz/1'])(
    'is refused when malformed: %s',
    (url) => {
      expect(judge({ url, frameUrl })).toBe('refuse');
    },
  );
});

describe('what Chromium may load', () => {
  it.each(['app://meridian/x.js', mailBodyAddress(TOKEN), 'devtools://devtools/x.js', 'data:image/png;base64,AA', 'blob:app://meridian/1'])(
    'only what is inside: %s',
    (url) => {
      expect(isRequestAllowed(url, APP)).toBe(true);
    },
  );
  it.each([
    'https://example.org/',
    'http://127.0.0.1:5199/',
    'ws://127.0.0.1:5199/',
    'wss://example.org/',
    'ftp://example.org/',
    'file:///etc/passwd',
    'chrome-extension://abc/x.js',
    'blob:https://example.org/1',
    'not an address',
  ])('nothing from a network or a disk: %s', (url) => {
    expect(isRequestAllowed(url, APP)).toBe(false);
  });
  it('besides it the development server, and that one only', () => {
    expect(isRequestAllowed('http://127.0.0.1:5199/@vite/client', DEV)).toBe(true);
    expect(isRequestAllowed('ws://127.0.0.1:5199/', DEV)).toBe(true);
    expect(isRequestAllowed('http://127.0.0.1:80/', DEV)).toBe(false);
    expect(isRequestAllowed('https://127.0.0.1:5199/', DEV)).toBe(false);
  });
});

describe('permissions', () => {
  it('are two, for the page alone', () => {
    expect(isPermissionAllowed('fullscreen', 'app://meridian/index.html', APP)).toBe(true);
    expect(isPermissionAllowed('clipboard-sanitized-write', 'app://meridian/index.html', APP)).toBe(true);
    expect(isPermissionAllowed('fullscreen', mailBodyAddress(TOKEN), APP)).toBe(false);
    for (const other of ['media', 'geolocation', 'notifications', 'clipboard-read', 'openExternal', 'pointerLock', 'midi', 'hid', 'usb']) {
      expect(isPermissionAllowed(other, 'app://meridian/index.html', APP)).toBe(false);
    }
  });
});
