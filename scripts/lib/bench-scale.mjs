/** `npm run bench -- --scale`: the inbox at 200,000 cases, in Node and in the real app. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { memoryOf, runApp } from './bench-app.mjs';
import { printScale } from './bench-scale-report.mjs';
import { startVirtualDisplay } from './display.mjs';
import { root, stampRoot } from './paths.mjs';

/**
 * @typedef {{ cases: number, calls: number, backfill: number, starts: number, rounds: number, withApp: boolean, withTenth: boolean }} ScalePlan
 * @typedef {(name: string, request: object) => Promise<any>} RunPart
 */

/**
 * What `--scale`, `--scale=0.1` and `--scale=10%` ask for; null where nothing does.
 * @param {ReadonlySet<string>} words
 * @returns {ScalePlan | null}
 */
export function scaleWish(words) {
  for (const word of words) {
    const found = /^--scale(?:=(\d+(?:\.\d+)?)(%)?)?$/u.exec(word);
    if (found === null) continue;
    const share = found[1] === undefined ? 1 : Number(found[1]) / (found[2] === undefined ? 1 : 100);
    const cases = Math.round(20 * share) * 10_000;
    if (!(cases >= 10_000 && cases <= 2_000_000)) throw new RangeError(`${word}: from 5% to 1000%`);
    const isQuick = words.has('--quick');
    return {
      cases,
      calls: isQuick ? 40 : 120,
      backfill: isQuick ? 5_000 : 100_000,
      starts: isQuick ? 2 : 5,
      rounds: isQuick ? 10 : 24,
      withApp: !words.has('--no-app'),
      withTenth: share === 1 && !words.has('--no-tenth'),
    };
  }
  return null;
}

/**
 * @param {{ plan: ScalePlan, runPart: RunPart, machine: () => object, log: { info(text: string): void, warn(text: string): void } }} request
 */
export async function measureAtScale({ plan, runPart, machine, log }) {
  const folder = path.join(stampRoot, 'bench');
  log.info(`a workspace of ${plan.cases.toLocaleString('en')} cases: made unless it is there, which takes up to an hour`);
  await runPart('prepare-scale', { folder, count: plan.cases });
  /** @type {any} */
  const results = { at: new Date().toISOString(), machine: machine(), plan, tenth: null, backfill: null, app: null, appError: null };
  if (plan.withTenth) {
    log.info('questions to a tenth of it');
    results.tenth = await runPart('scale', { folder, count: plan.cases / 10, calls: plan.calls });
  }
  log.info('questions to all of it');
  results.whole = await runPart('scale', { folder, count: plan.cases, calls: plan.calls });
  const save = () => {
    const file = path.join(root, `bench/results/scale-${String(plan.cases)}.json`);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, `${JSON.stringify(results, null, 2)}\n`);
    return file;
  };
  save();
  try {
    if (plan.withApp) results.app = await measureAppAtScale({ from: path.join(folder, `scale-${String(plan.cases)}`), plan, log });
  } catch (error) {
    // what was measured before is kept and shown; the run as a whole has failed
    results.appError = error instanceof Error ? error.message : String(error);
  }
  save();
  if (plan.backfill > 0) {
    log.info(`a backfill of ${plan.backfill.toLocaleString('en')} messages, or as many as come in within 150 s`);
    results.backfill = await runPart('backfill', { folder, count: plan.cases, calls: plan.backfill });
  }
  const file = save();
  printScale(results);
  log.info(`all figures: ${path.relative(root, file)}`);
  if (results.appError !== null) log.warn(`the app could not be measured: ${String(results.appError)}`);
  return results.appError === null ? 0 : 1;
}

/**
 * The app on a copy: what is pressed changes it.
 * @param {{ from: string, plan: ScalePlan, log: { info(text: string): void } }} request
 */
export async function measureAppAtScale({ from, plan, log }) {
  const userData = fs.mkdtempSync(path.join(os.tmpdir(), 'meridian-bench-'));
  const display = process.env['DISPLAY'] === undefined ? await startVirtualDisplay() : null;
  const env = display?.env ?? process.env;
  const app = { userData, env, probe: 'bench/scale-probe.cjs', folder: process.env['MERIDIAN_APP'] ?? root, limitMs: 600_000 };
  try {
    fs.cpSync(path.join(from, 'workspaces'), path.join(userData, 'workspaces'), { recursive: true });
    /** @type {number[]} */
    const startsMs = [];
    /** @type {number[]} */
    const endsMs = [];
    for (let run = 0; run <= plan.starts; run += 1) {
      log.info(run === 0 ? 'first start with a new profile' : `cold start ${String(run)} of ${String(plan.starts)}`);
      const { startedAt, facts, endMs } = await runApp({ ...app, last: 'first-row' });
      startsMs.push(facts.get('first-row').at - startedAt);
      endsMs.push(endMs);
    }
    /** @type {Record<string, any>} */
    const memory = {};
    log.info('keys, threads, claims and searches in the app');
    const { facts } = await runApp({
      ...app,
      env: { ...env, MERIDIAN_BENCH_ROUNDS: String(plan.rounds) },
      last: 'rested',
      onFact: (kind, pid) => {
        if (kind === 'idle' || kind === 'used' || kind === 'rested') memory[kind] = memoryOf(pid);
      },
    });
    const [firstStartMs, ...coldStartsMs] = startsMs;
    const times = (/** @type {string} */ kind) => facts.get(kind).times;
    return {
      firstStartMs,
      coldStartsMs,
      endsMs,
      memory,
      switches: times('switches'),
      keys: times('keys'),
      threads: times('threads'),
      claims: times('claims'),
      searches: facts.get('searches').searches,
    };
  } finally {
    display?.stop();
    fs.rmSync(userData, { recursive: true, force: true, maxRetries: 5 });
  }
}
