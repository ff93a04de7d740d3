import { performance } from 'node:perf_hooks';
import { loadWordLists, sha256 } from '../../src/main/engine/guard/secret-scanner.ts';
import { registrableDomain } from '../../src/main/engine/guard/registrable-domain.ts';
import { seededRandom } from '../../src/main/engine/sample/random.ts';
import { judgeDomain } from '../../src/shared/domain/guard/official-domains.ts';
import { judgeName } from '../../src/shared/domain/guard/official-names.ts';
import { asksForSecret } from '../../src/shared/domain/guard/outbound.ts';
import { isRedacted, redact } from '../../src/shared/domain/guard/placeholder.ts';
import type { SecretScanner } from '../../src/shared/domain/guard/secret-types.ts';
import { createSecretScanner } from '../../src/shared/domain/guard/secrets.ts';
import { benignLines } from './benign-lines.ts';
import { lookAlikeDomains } from './domain-samples.ts';
import { heldOutSentences, type SentenceSet } from './held-out-sentences.ts';
import { benignHosts, benignNames, impostors, registry } from './identity-samples.ts';
import { mailAround, NAMES, phrasesInMails, readTogether } from './mail-figures.ts';
import { hostsOf, publicChunks } from './public-text.ts';
import {
  cardSamples,
  extendedKeySamples,
  hardPhraseSamples,
  hexKeySamples,
  isGone,
  phraseSamples,
  spokenSamples,
  wifSamples,
  type SecretSample,
} from './secret-samples.ts';
import { tunedSentences } from './sentences.ts';

export interface FigureOptions {
  readonly say: (line: string) => void;
  /** Prints what was missed and what was flagged without cause. */
  readonly isVerbose: boolean;
  /** Where public text is, and how much of it is read at most. */
  readonly folders: readonly string[];
  readonly maxBytes: number;
  /** A part of all samples, for a quick look; 1 is what the targets are about. */
  readonly share: number;
}

interface Verdict {
  readonly name: string;
  readonly isMet: boolean;
}

interface Report {
  readonly title: (text: string) => void;
  readonly row: (name: string, found: number, all: number) => void;
  readonly target: (name: string, isMet: boolean) => void;
  readonly missed: (what: string) => void;
}

const percent = (part: number, whole: number): string => (whole === 0 ? '–' : `${((part / whole) * 100).toFixed(2)} %`);

/** Measures all rules, says what came out, and whether every target was met. */
export async function runFigures(options: FigureOptions): Promise<boolean> {
  const { say } = options;
  const verdicts: Verdict[] = [];
  const report: Report = {
    title: (text) => {
      say(`\n${text}`);
    },
    row: (name, found, all) => {
      say(`  ${name.padEnd(52)} ${String(found).padStart(7)} of ${String(all).padStart(7)}  ${percent(found, all).padStart(9)}`);
    },
    target: (name, isMet) => {
      verdicts.push({ name, isMet });
      say(`  ${isMet ? '✓' : '✗'} ${name}`);
    },
    missed: (what) => {
      if (options.isVerbose) say(`      ! ${what.replaceAll('\n', '⏎').slice(0, 220)}`);
    },
  };
  const scanner = createSecretScanner({ wordLists: await loadWordLists(), sha256 });
  await measureSecrets(scanner, options, report);
  measureBenign(scanner, options, report);
  const hosts = measurePublicText(scanner, options, report);
  measureSentences(report);
  measureNames(options, report);
  measureDomains(options, hosts, report);
  say('');
  for (const verdict of verdicts.filter(({ isMet }) => !isMet)) say(`✗ ${verdict.name}`);
  const passed = verdicts.filter(({ isMet }) => isMet).length;
  say(`${String(passed)} passed, ${String(verdicts.length - passed)} failed`);
  return passed === verdicts.length;
}

const count = (options: FigureOptions, all: number): number => Math.max(1, Math.round(all * options.share));

function measureGroups(
  samples: readonly SecretSample[],
  scanner: SecretScanner,
  report: Report,
  groupOf: (name: string) => string,
): number {
  const groups = new Map<string, { found: number; all: number }>();
  let total = 0;
  for (const sample of samples) {
    const name = groupOf(sample.group);
    const group = groups.get(name) ?? { found: 0, all: 0 };
    groups.set(name, group);
    group.all += 1;
    const isFound = isGone(sample, redact(sample.text, scanner.scan(sample.text)));
    if (isFound) {
      group.found += 1;
      total += 1;
    } else report.missed(`${sample.group}: ${sample.text}`);
  }
  for (const [name, group] of groups) report.row(name, group.found, group.all);
  return total;
}

async function measureSecrets(scanner: SecretScanner, options: FigureOptions, report: Report): Promise<void> {
  const lists = await loadWordLists();
  const random = seededRandom('guard figures');
  report.title('Recovery phrases, 12 to 24 words: taken out, by language');
  const phrases = phraseSamples(random.fork('phrases'), lists, count(options, 10));
  const found = measureGroups(phrases, scanner, report, (group) => group.split(' / ')[0] ?? '');
  report.title('The same, by layout');
  measureGroups(phrases, scanner, report, (group) => group.split(' / ')[1] ?? '');
  report.target(`recovery phrases: ${String(found)} of ${String(phrases.length)}, at least 99.5 %`, found >= phrases.length * 0.995);
  report.title('Keys and cards: taken out');
  const sets: readonly (readonly SecretSample[])[] = [
    wifSamples(random.fork('wif'), count(options, 500)),
    extendedKeySamples(random.fork('extended'), count(options, 500)),
    hexKeySamples(random.fork('hex'), count(options, 500)),
    cardSamples(random.fork('cards'), count(options, 500)),
  ];
  for (const samples of sets) {
    const part = measureGroups(samples, scanner, report, (group) => group);
    report.target(`${samples[0]?.group ?? ''}: at least 99.5 %`, part >= samples.length * 0.995);
  }
  report.title('Beyond the rules, without a target: taken out');
  measureGroups(hardPhraseSamples(random.fork('hard'), lists, count(options, 200)), scanner, report, (group) => group);
  measureGroups(spokenSamples(random.fork('spoken'), count(options, 800)), scanner, report, (group) => group);
  report.title('A phrase of 12 words in several messages: taken out');
  measureConversations(phrases, scanner, report);
  report.title('A phrase of 12 words in several mails: taken out of all of them');
  const twelve = phrases.filter(({ secrets }) => secrets.length === 12).map(({ secrets }) => secrets);
  for (const mails of [2, 3]) {
    const { found: inMails, all } = phrasesInMails(random.fork(`mails ${String(mails)}`), scanner, twelve, mails);
    report.row(`${String(mails)} mails`, inMails, all);
  }
}

function measureConversations(phrases: readonly SecretSample[], scanner: SecretScanner, report: Report): void {
  for (const messages of [2, 3, 4]) {
    let found = 0;
    let all = 0;
    for (const sample of phrases) {
      if (sample.secrets.length !== 12) continue;
      const size = 12 / messages;
      const texts = Array.from({ length: messages }, (_, index) => sample.secrets.slice(index * size, (index + 1) * size).join(' '));
      const last = texts.pop() ?? '';
      const hits = scanner.scanConversation(['hello', ...texts], last);
      all += 1;
      if (redact(last, hits.hits).startsWith('⟦') && new Set(hits.earlier.map(({ index }) => index)).size >= messages - 1) found += 1;
    }
    report.row(`${String(messages)} messages`, found, all);
  }
}

function measureBenign(scanner: SecretScanner, options: FigureOptions, report: Report): void {
  report.title('Lines of a support desk without a secret: wrongly taken out, and asked about');
  const lines = benignLines(seededRandom('benign'), count(options, 30_000));
  let wrong = 0;
  let asked = 0;
  const kinds = new Map<string, number>();
  const begin = performance.now();
  for (const line of lines) {
    const hits = scanner.scan(line);
    const taken = hits.filter(isRedacted);
    if (taken.length > 0) {
      wrong += 1;
      report.missed(line);
    } else if (hits.length > 0) asked += 1;
    for (const hit of taken) kinds.set(hit.kind, (kinds.get(hit.kind) ?? 0) + 1);
  }
  const took = performance.now() - begin;
  report.row('wrongly taken out', wrong, lines.length);
  for (const [kind, number] of kinds) report.row(`  of these ${kind}`, number, lines.length);
  report.row('only asked about', asked, lines.length);
  options.say(`  ${(took / lines.length).toFixed(3)} ms a line`);
  report.target(`benign lines: ${percent(wrong, lines.length)}, at most 0.1 %`, wrong <= lines.length * 0.001);
  measureMails(scanner, lines, options, report);
}

/** Two such lines in a mail, all mails as of one sender: far more is read together than ever comes in a day. */
function measureMails(scanner: SecretScanner, lines: readonly string[], options: FigureOptions, report: Report): void {
  report.title('The same in mails, read together with the five before: taken out only for that');
  const random = seededRandom('benign mails');
  const mails: string[] = [];
  for (let at = 0; at + 1 < lines.length; at += 2)
    mails.push(
      mailAround(
        random,
        NAMES[Math.floor(at / 20) % NAMES.length] ?? '',
        lines.slice(at, at + 2),
        mails.at(-1)?.split('\n').slice(0, 8).join('\n') ?? null,
      ),
    );
  const begin = performance.now();
  const { wrong, lookedUp } = readTogether(scanner, mails, report.missed);
  const took = performance.now() - begin;
  report.row('wrongly taken out', wrong, mails.length);
  report.row('looked up the mails before', lookedUp, mails.length);
  options.say(`  ${(took / mails.length).toFixed(3)} ms a mail`);
  report.target(`benign mails: ${percent(wrong, mails.length)}, at most 0.1 %`, wrong <= mails.length * 0.001);
}

function measurePublicText(scanner: SecretScanner, options: FigureOptions, report: Report): readonly string[] {
  const chunks = [...publicChunks(options.folders, count(options, options.maxBytes))];
  report.title(`Public text (${options.folders.length === 0 ? 'none' : 'of installed packages'}), in pieces of 1,500 characters: hits`);
  const kinds = new Map<string, number>();
  const begin = performance.now();
  for (const chunk of chunks) {
    for (const hit of scanner.scan(chunk)) {
      const name = `${hit.kind}, ${hit.certainty}`;
      kinds.set(name, (kinds.get(name) ?? 0) + 1);
      if (isRedacted(hit) && hit.kind !== 'password') {
        report.missed(`${name}: ${chunk.slice(Math.max(0, hit.from - 40), hit.from)}«${chunk.slice(hit.from, hit.to)}»`);
      }
    }
  }
  const took = performance.now() - begin;
  for (const [name, number] of [...kinds].toSorted(([a], [b]) => (a < b ? -1 : 1))) report.row(name, number, chunks.length);
  if (chunks.length > 0) options.say(`  ${(took / chunks.length).toFixed(3)} ms a piece`);
  const together = readTogether(scanner, chunks, report.missed);
  report.row('taken out only when read with the five before', together.wrong, chunks.length);
  return hostsOf(chunks);
}

function measureSentences(report: Report): void {
  const sets: readonly (readonly [name: string, sentences: Readonly<Record<string, SentenceSet>>])[] = [
    ['tuned on', tunedSentences],
    ['held out', heldOutSentences],
  ];
  for (const [name, languages] of sets) {
    report.title(`Replies, sentences ${name}: asks that were stopped, and others that were`);
    const sum = { bad: 0, stopped: 0, good: 0, wrong: 0 };
    for (const [language, { bad, good }] of Object.entries(languages)) {
      const missed = bad.filter((sentence) => asksForSecret(sentence).length === 0);
      const wrong = good.filter((sentence) => asksForSecret(sentence).length > 0);
      for (const sentence of [...missed, ...wrong]) report.missed(sentence);
      report.row(`${language}: asks, stopped`, bad.length - missed.length, bad.length);
      report.row(`${language}: others, wrongly stopped`, wrong.length, good.length);
      sum.bad += bad.length;
      sum.stopped += bad.length - missed.length;
      sum.good += good.length;
      sum.wrong += wrong.length;
    }
    report.target(`asks ${name}: ${String(sum.stopped)} of ${String(sum.bad)}, at least 98 %`, sum.stopped >= sum.bad * 0.98);
    report.target(`others ${name}: ${String(sum.wrong)} of ${String(sum.good)}, at most 2 %`, sum.wrong <= sum.good * 0.02);
  }
}

function measureNames(options: FigureOptions, report: Report): void {
  report.title('Names that imitate: found');
  const samples = impostors(seededRandom('impostors'), count(options, 50));
  const groups = new Map<string, { found: number; all: number }>();
  const isFlagged = (name: string): boolean => judgeName({ channel: 'telegram', nativeId: '9', name, handle: null }, registry) !== null;
  for (const { group, name } of samples) {
    const entry = groups.get(group) ?? { found: 0, all: 0 };
    groups.set(group, entry);
    entry.all += 1;
    if (isFlagged(name)) entry.found += 1;
    else report.missed(`${group}: ${name}`);
  }
  let found = 0;
  for (const [group, entry] of groups) {
    report.row(group, entry.found, entry.all);
    found += entry.found;
  }
  report.target(`imitations: ${String(found)} of ${String(samples.length)}, at least 98 %`, found >= samples.length * 0.98);
  report.title('Names of others: wrongly found');
  const names = benignNames(count(options, 240));
  let wrong = 0;
  let all = 0;
  const begin = performance.now();
  for (const list of names.values()) {
    for (const name of list) {
      all += 1;
      if (!isFlagged(name)) continue;
      wrong += 1;
      report.missed(name);
    }
  }
  const took = performance.now() - begin;
  report.row(`names of ${String(names.size)} locales`, wrong, all);
  options.say(`  ${((took / all) * 1000).toFixed(0)} µs a name`);
  report.target(`names of others: ${String(wrong)} of ${String(all)}, at most 5 of 50,000`, wrong <= Math.max(1, (all / 50_000) * 5));
}

function measureDomains(options: FigureOptions, publicHosts: readonly string[], report: Report): void {
  report.title('Look-alike domains: found');
  const samples = lookAlikeDomains(registry.domains).filter((_sample, index) => index % Math.round(1 / options.share) === 0);
  const groups = new Map<string, { found: number; all: number }>();
  const isFlagged = (host: string): boolean => judgeDomain(host, registry, registrableDomain) !== null;
  for (const { group, host } of samples) {
    const entry = groups.get(group) ?? { found: 0, all: 0 };
    groups.set(group, entry);
    entry.all += 1;
    if (isFlagged(host)) entry.found += 1;
    else report.missed(`${group}: ${host}`);
  }
  let found = 0;
  for (const [group, entry] of groups) {
    report.row(group, entry.found, entry.all);
    found += entry.found;
  }
  report.target(`look-alike domains: ${String(found)} of ${String(samples.length)}, at least 99 %`, found >= samples.length * 0.99);
  report.title('Other domains: wrongly found');
  const made = benignHosts(count(options, 400));
  let wrong = 0;
  for (const [name, hosts] of [
    ['made up, of all locales', made],
    ['linked to in public text', publicHosts],
  ] as const) {
    const flagged = hosts.filter(isFlagged);
    for (const host of flagged) report.missed(host);
    report.row(name, flagged.length, hosts.length);
    wrong += flagged.length;
  }
  const all = made.length + publicHosts.length;
  report.target(`other domains: ${String(wrong)} of ${String(all)}, at most 0.05 %`, wrong <= all * 0.0005);
}
