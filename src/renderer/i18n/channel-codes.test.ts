import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { channelsEn } from './channels-en.ts';
import { channelsZh } from './channels-zh.ts';
import { errorsEn } from './errors.ts';
import { hubEn } from './hub-en.ts';
import { hubZh } from './hub-zh.ts';
import { inboxEn } from './inbox.ts';
import { HTTP_PROBLEM_CODES } from '../../main/engine/channels/http-problems.ts';

/** Codes are found where connectors write them down, so that a new one without words can not come in unnoticed. */
const ENGINE = join(import.meta.dirname, '../../main/engine');
const CHANNELS = join(ENGINE, 'channels');
const sourcesIn = (folder: string): string =>
  readdirSync(folder, { recursive: true })
    .map(String)
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('\n');
const found = (source: string, ...patterns: readonly RegExp[]): readonly string[] =>
  [...new Set(patterns.flatMap((pattern) => [...source.matchAll(pattern)].map(([, code = '']) => code)))].toSorted();

const problems: ReadonlySet<string> = new Set([...Object.keys(channelsEn.problem), ...Object.values(errorsEn).flatMap(Object.keys)]);
const refusals: ReadonlySet<string> = new Set([...Object.keys(channelsEn.refusal), ...problems]);
/** Nobody is shown them: we were told to stop, or a gate of our own holds the reply. */
const UNSEEN: ReadonlySet<string> = new Set(['cancelled', 'failed']);

describe.each(['telegram', 'discourse', 'x', 'chat'])('the codes of %s', (channel) => {
  const source = sourcesIn(join(CHANNELS, channel));

  test('of a connection have words', () => {
    const codes = found(source, /ConnectorError\(\s*'([a-z-]+)'/gu, /httpProblem\(\s*'([a-z-]+)'/gu, /ok: false, code: '([a-z-]+)'/gu);
    expect(codes.length).toBeGreaterThan(2);
    expect(codes.filter((code) => !problems.has(code) && !UNSEEN.has(code))).toEqual([]);
  });

  test('of a refusal have words', () => {
    const codes = found(
      source,
      /\brefused\(\s*'([a-z-]+)'/gu,
      /permanent: (?:true|false), code: '([a-z-]+)'/gu,
      /\bcode: '([a-z-]+)'/gu,
      /\/iu, '([a-z-]+)'\]/gu,
    );
    expect(codes.length).toBeGreaterThan(0);
    expect(codes.filter((code) => !refusals.has(code) && !UNSEEN.has(code))).toEqual([]);
  });
});

test('what can go wrong with HTTP, with the line and with limits has words', () => {
  const lines = found(readFileSync(join(CHANNELS, 'telegram/bot-http.ts'), 'utf8'), /^ {2}[A-Z_a-z'-]+: '([a-z-]+)',$/gmu);
  const limits = found(readFileSync(join(ENGINE, '../../shared/domain/channel/outbound-limits.ts'), 'utf8'), /code: '([a-z-]+)'/gu);
  expect([lines.length > 5, limits.length]).toEqual([true, 5]);
  expect([...HTTP_PROBLEM_CODES, ...lines, ...limits].filter((code) => !refusals.has(code) && !UNSEEN.has(code))).toEqual([]);
});

test('every warning about a message has words', () => {
  const codes = found(
    sourcesIn(CHANNELS),
    /[#\b]?warn\('([a-z0-9-]+)'\)/gu,
    /\bwarnings: [^\n]*'([a-z0-9-]+)'\]/gu,
    /\? \['([a-z]+-[a-z-]+)'\] : \[\]/gu,
  );
  expect(codes.length).toBeGreaterThan(15);
  expect(codes.filter((code) => !Object.hasOwn(inboxEn.warning, code))).toEqual([]);
});

test('whoever lacks a hub for the live chat is sent to a page by the name that it has', () => {
  expect(channelsEn.noHub).toContain(hubEn.tab);
  expect(channelsZh.noHub).toContain(`“${hubZh.tab}”`);
});
