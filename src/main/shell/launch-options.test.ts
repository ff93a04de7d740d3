import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { findDeepLink, parseDeepLink } from './deep-link.ts';
import { readLaunchOptions } from './launch-options.ts';

describe('launch options', () => {
  it('are plain without arguments', () => {
    expect(readLaunchOptions(['.'], {}, false)).toEqual({
      userDataPath: null,
      workspace: 'main',
      isHidden: false,
      deepLink: null,
      screenshotPath: null,
      devServer: null,
      isTest: false,
      testEnginePath: null,
    });
  });

  it('take the data folder from the command line before the environment', () => {
    const env = { MERIDIAN_USER_DATA: '/var/meridian/env' };
    expect(readLaunchOptions([], env, true).userDataPath).toBe(path.resolve('/var/meridian/env'));
    expect(readLaunchOptions(['--user-data=data here'], env, true).userDataPath).toBe(path.resolve('data here'));
    expect(readLaunchOptions(['--user-data='], env, true).userDataPath).toBe(path.resolve('/var/meridian/env'));
  });

  it('read sample, hidden and a link to a case', () => {
    const options = readLaunchOptions(['--sample', '--hidden', 'meridian://case/case_01J'], {}, true);
    expect(options).toMatchObject({ workspace: 'sample', isHidden: true, deepLink: 'meridian://case/case_01J' });
  });

  it('let nobody point a packaged app at foreign code', () => {
    const env = { ELECTRON_RENDERER_URL: 'http://127.0.0.1:5199', MERIDIAN_TEST: '1', MERIDIAN_TEST_ENGINE: '/tmp/evil.js' };
    expect(readLaunchOptions([], env, true)).toMatchObject({ devServer: null, isTest: false, testEnginePath: null });
    expect(readLaunchOptions([], env, false)).toMatchObject({
      devServer: 'http://127.0.0.1:5199',
      isTest: true,
      testEnginePath: '/tmp/evil.js',
    });
    expect(readLaunchOptions([], { MERIDIAN_TEST_ENGINE: '/tmp/x.js' }, false).testEnginePath).toBeNull();
  });

  it.each(['http://192.0.2.1:5199', 'https://example.org', 'http://127.0.0.1.example.org', 'nonsense'])(
    'take no development server elsewhere: %s',
    (address) => {
      expect(readLaunchOptions([], { ELECTRON_RENDERER_URL: address }, false).devServer).toBeNull();
    },
  );
});

describe('deep links', () => {
  it.each(['meridian://case/case_01J', 'meridian://case/case_01J/', 'MERIDIAN://case/case_01J'])('name a case: %s', (link) => {
    expect(parseDeepLink(link)).toEqual({ kind: 'case', caseId: 'case_01J' });
  });
  it('name a message of a case, or nothing', () => {
    expect(parseDeepLink('meridian://case/case_01J#msg_2K')).toEqual({ kind: 'case', caseId: 'case_01J', messageId: 'msg_2K' });
    for (const part of ['#', '#case_2K', '#msg_', '#msg_2K?x', '#msg_2K/x'])
      expect(parseDeepLink(`meridian://case/case_01J${part}`)).toBeNull();
    expect(parseDeepLink('meridian://join/abc#msg_2K')).toBeNull();
  });
  it.each(['meridian://join/eyJ2IjoxfQ-_', 'Meridian://JOIN/eyJ2IjoxfQ-_/'])('hand over an invite as it came: %s', (link) => {
    expect(parseDeepLink(link)).toEqual({ kind: 'invite', text: 'meridian://join/eyJ2IjoxfQ-_' });
  });
  it.each(['?', '/?'])('bring the answer of a forum, and nothing beside it (%s)', (mark) => {
    const payload = `${'Ab+/'.repeat(86)}\n`;
    const link = `meridian://forum-key${mark}payload=${encodeURIComponent(payload)}`;
    expect(parseDeepLink(link)).toEqual({ kind: 'forum-key', payload });
    expect(parseDeepLink(`${link}&then=quit`)).toBeNull();
    expect(parseDeepLink(`${link}#x`)).toBeNull();
    expect(parseDeepLink(link.replace('payload', 'key'))).toBeNull();
    expect(parseDeepLink(link.replace('Ab', '%3C%3E'))).toBeNull();
    expect(parseDeepLink(`meridian://forum-key${mark}payload=${'A'.repeat(5_000)}`)).toBeNull();
    expect(parseDeepLink(`meridian://forum-key${mark}payload=AAAA`)).toBeNull();
  });
  it('are found among other words', () => {
    expect(findDeepLink(['.', '--hidden', 'https://example.org', 'meridian://join/abc', 'meridian://case/case_1'])).toBe(
      'meridian://join/abc',
    );
    expect(findDeepLink(['.', 'meridian://join/'])).toBeNull();
  });
  it.each([
    'meridian://case/',
    'meridian://case/msg_01J',
    'meridian://case/case_../../x',
    'meridian://case/case_01J?then=quit',
    'meridian://case/case_%3Cb%3E',
    'meridian://other/case_01J',
    'https://case/case_01J',
    ' meridian://case/case_01J',
    `meridian://case/case_${'a'.repeat(65)}`,
    'meridian://join/',
    'meridian://join/a b',
    'meridian://join/%00',
    'meridian://join/abc?then=quit',
    'meridian://join/abc/def',
    `meridian://join/${'a'.repeat(16_384)}`,
  ])('are refused when they are anything else: %s', (link) => {
    expect(parseDeepLink(link)).toBeNull();
  });
});
