import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkHubVersion, compareHubVersions, HUB_FLOOR, hubVersionRefusal, parseHubVersion } from './hub-version.ts';

test.each([
  ['2.15.1', { major: 2, minor: 15, patch: 1, preview: null }],
  ['v2.12.3', { major: 2, minor: 12, patch: 3, preview: null }],
  ['2.16.0-preview.2', { major: 2, minor: 16, patch: 0, preview: 'preview.2' }],
  ['2.12.3+debian', { major: 2, minor: 12, patch: 3, preview: null }],
])('reads %s', (text, version) => {
  expect(parseHubVersion(text)).toEqual(version);
});

test.each(['', '2.15', 'latest', '2.15.1.4', 'nats 2.15.1', '2..1', '-2.1.1', '2.15.1 or so'])('does not read %j', (text) => {
  expect(parseHubVersion(text)).toBeNull();
});

test.each([
  ['2.9.10', 'hub-too-old'],
  ['2.10.27', 'hub-too-old'],
  ['2.12.2', 'hub-too-old'],
  ['2.12.3-beta.1', 'hub-too-old'],
  ['1.99.99', 'hub-too-old'],
  ['2.12.3', null],
  ['2.12.10', null],
  ['2.15.1', null],
  ['2.15.1-beta.1', null],
  ['3.0.0', null],
  ['0.0.0-dev', 'hub-too-old'],
  ['fast and compatible', 'hub-version-unknown'],
  [undefined, 'hub-version-unknown'],
] as const)('%s: %s', (said, code) => {
  const check = checkHubVersion(said);
  expect(check.ok ? null : check.code).toBe(code);
});

test('a refusal names what runs, what is needed and what to do', () => {
  const check = checkHubVersion('2.9.10');
  if (check.ok) throw new Error('2.9.10 was accepted');
  const words = hubVersionRefusal(check);
  for (const part of ['2.9.10', HUB_FLOOR, 'Upgrade']) expect(words).toContain(part);
});

test('the order of versions is total, and numbers count as numbers', () => {
  const part = fc.nat({ max: 40 });
  const version = fc.record({ major: part, minor: part, patch: part, preview: fc.constantFrom(null, 'rc.1') });
  fc.assert(
    fc.property(version, version, version, (a, b, c) => {
      expect(Math.sign(compareHubVersions(a, b))).toBe(-Math.sign(compareHubVersions(b, a)) + 0);
      const [oldest, , newest] = [a, b, c].toSorted(compareHubVersions);
      expect(compareHubVersions(oldest ?? a, newest ?? a)).toBeLessThanOrEqual(0);
      const text = `${a.major}.${a.minor}.${a.patch}${a.preview === null ? '' : `-${a.preview}`}`;
      expect(parseHubVersion(text)).toEqual(a);
    }),
  );
});
