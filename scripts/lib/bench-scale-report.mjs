/** Prints the figures of `npm run bench -- --scale` beside what they should be. */
import { quantile, table } from './bench-report.mjs';

const ms = (/** @type {number} */ value) => (value < 10 ? value.toFixed(2) : value.toFixed(0));
const many = (/** @type {number} */ value) => Math.round(value).toLocaleString('en');

/** What the p95 of each kind should be at most, in milliseconds. */
export const TARGETS = { pages: 5, counts: 10, afterChange: 10, threads: 5, searches: 30 };

/** @param {number} value @param {number} target */
const verdict = (value, target) => (value <= target ? 'met' : 'missed');

/** @param {any} results */
export function printScale(results) {
  const { whole, tenth, app, backfill } = results;
  const { about, noise } = whole;
  console.log(
    `\n${many(about.plan.cases)} cases (${many(about.plan.open)} unsolved), ${many(about.messages)} messages, ${many(about.events)} events, ${many(about.contacts)} contacts; main.db ${many(about.mainMb)} MB, search.db ${many(about.searchMb)} MB`,
  );
  console.log(
    `noise: fixed work ${noise.map((/** @type {any} */ each) => `${ms(each.ms)} ms at load ${each.load.toFixed(1)}`).join(', ')}; CPU times say most where these differ`,
  );
  for (const [kind, target] of Object.entries(TARGETS)) figures(kind, target, whole[kind], tenth?.[kind] ?? null);
  if (app !== null) printApp(app);
  if (backfill !== null) printBackfill(backfill);
}

/** @param {string} kind @param {number} target @param {any[]} all @param {any[] | null} small */
function figures(kind, target, all, small) {
  const NAMES = /** @type {Record<string, string>} */ ({ afterChange: 'right after a change' });
  table(
    `${NAMES[kind] ?? kind}, ms (aim: p95 below ${String(target)})`,
    ['', 'rows', 'p50', 'p95', 'p99', 'CPU p50', 'CPU p95', 'bare p50', 'bare p95', '10x data', 'wall', 'CPU'],
    (all ?? []).map((each) => {
      const before = small?.find((/** @type {any} */ other) => other.name === each.name);
      return [
        each.name,
        String(each.rows),
        ms(each.engine.p50),
        ms(each.engine.p95),
        ms(each.engine.p99),
        ms(each.cpu.p50),
        ms(each.cpu.p95),
        ms(each.bare.p50),
        ms(each.bare.p95),
        before === undefined ? '-' : `x${(each.cpu.p50 / before.cpu.p50).toFixed(1)}`,
        verdict(each.engine.p95, target),
        verdict(each.cpu.p95, target),
      ];
    }),
  );
}

/** @param {any} app */
function printApp(app) {
  const row = (/** @type {string} */ name, /** @type {number[]} */ times, /** @type {number | null} */ target) => [
    name,
    String(times.length),
    ms(quantile(times, 0.5)),
    ms(quantile(times, 0.95)),
    ms(quantile(times, 0.99)),
    target === null ? '-' : `${String(target)} ${verdict(quantile(times, 0.95), target)}`,
  ];
  table(
    'In the app, ms',
    ['', 'n', 'p50', 'p95', 'p99', 'aim (p95)'],
    [
      row('start to first row', app.coldStartsMs, 1_500),
      row('first start with a new profile', [app.firstStartMs], null),
      row('end, with its backup', app.endsMs, null),
      row('view switch to paint', app.switches, 50),
      row('key (j, k) to paint', app.keys, 50),
      row('thread open to paint', app.threads, 50),
      row('claim to paint', app.claims, 50),
      row('search typed to first results painted', Object.values(app.searches).flat(), null),
    ],
  );
  const { idle, used, rested } = app.memory;
  const memory = [
    ['at rest', idle],
    ['right after use', used],
    ['half a minute later', rested],
  ];
  for (const [when, { totalMb }] of memory)
    console.log(`memory of all processes (PSS) ${when}: ${many(totalMb)} MB; aim 450 MB: ${verdict(totalMb, 450)}`);
}

/** @param {any} backfill */
function printBackfill({ messages, perSecond, before, meanwhile, firstClaimMs, claims, claimsCpu, noise }) {
  table(
    `While ${many(messages)} messages come in (${many(perSecond)} a second; fixed work ${noise.map((/** @type {any} */ each) => ms(each.ms)).join(', ')} ms), ms from wanted to there`,
    ['', 'before p50', 'p95', 'p99', 'meanwhile p50', 'p95', 'p99', 'p95 (aim: x2)'],
    ['page', 'search', 'thread'].map((kind) => [
      kind,
      ms(before[kind].p50),
      ms(before[kind].p95),
      ms(before[kind].p99),
      ms(meanwhile[kind].p50),
      ms(meanwhile[kind].p95),
      ms(meanwhile[kind].p99),
      `x${(meanwhile[kind].p95 / before[kind].p95).toFixed(1)}`,
    ]),
  );
  console.log(
    `claim in the engine: first after a start ${ms(firstClaimMs)} ms, then p50 ${ms(claims.p50)}, p95 ${ms(claims.p95)} ms (CPU p95 ${ms(claimsCpu.p95)})`,
  );
}
