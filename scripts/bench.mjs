#!/usr/bin/env node
/**
 * `npm run bench [-- --quick]`: what the app costs, as ratios against a baseline of the same run. Never part of the tests: the
 * figures belong to the machine and to what else it was doing, both of which are said with them.
 *   --quick   a tenth of the data, one round: to see that it works
 *   --no-app  only what needs no window
 *   --join=N  a team's log of N events instead of 20,000; 1000000 takes a quarter of an hour and 6 GB of disk
 *   --only-join  nothing but joining a team
 *   --scale   nothing but the inbox at 200,000 cases, in Node and in the app; --scale=10% (or 0.1) with fewer
 *   --no-tenth  with --scale: without the same questions to a tenth of it
 */
import './lib/node-version.mjs';
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { measureApp, measurePlanner } from './lib/bench-app.mjs';
import { printJoining, printReport } from './lib/bench-report.mjs';
import { measureAtScale, scaleWish } from './lib/bench-scale.mjs';
import { createLog } from './lib/log.mjs';
import { root, stampRoot } from './lib/paths.mjs';
import { ensureBuild, prepare, runMain } from './lib/prepare.mjs';

const log = createLog('bench');
const benchRoot = path.join(stampRoot, 'bench');
const part = path.join(benchRoot, 'part.mjs');

/** The measurements and the engine's own sources, in one file that plain Node runs. */
async function bundle() {
  const { build } = await import('vite');
  await build({
    configFile: false,
    root,
    logLevel: 'warn',
    build: {
      ssr: true,
      outDir: benchRoot,
      emptyOutDir: false,
      target: 'node20.18',
      sourcemap: true,
      rolldownOptions: {
        input: {
          part: path.join(root, 'bench/part.ts'),
          'link-worker': path.join(root, 'src/main/engine/team/link.worker.ts'),
          'checkpoint-worker': path.join(root, 'src/main/engine/store/checkpoint/checkpoint.worker.ts'),
          'snapshot-worker': path.join(root, 'src/main/engine/store/snapshot/snapshot.worker.ts'),
        },
        output: { entryFileNames: '[name].mjs', chunkFileNames: 'chunks/[name]-[hash].mjs' },
      },
    },
  });
}

/**
 * One part in a process of its own.
 * @param {string} name
 * @param {object} request
 * @returns {Promise<any>} its answer
 */
async function runPart(name, request) {
  const profile = process.env['MERIDIAN_BENCH_PROFILE'];
  const child = spawn(
    process.execPath,
    [...(profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profile}`]), part, name, JSON.stringify(request)],
    { cwd: root, stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, TZ: 'UTC', MERIDIAN_REPOSITORY: root } },
  );
  /** @type {unknown} */
  let answer;
  createInterface({ input: child.stdout }).on('line', (line) => {
    answer = JSON.parse(line);
  });
  const code = await new Promise((resolve) => {
    child.once('close', resolve);
  });
  if (code !== 0 || answer === undefined) throw new Error(`the part ${name} ended with code ${String(code)}`);
  return answer;
}

/** The folder of the data set: made anew when the generator or the schema changes. @param {number} count */
function dataSetFolder(count) {
  const hash = createHash('sha256');
  for (const folder of ['bench/generate-mail.ts', 'bench/sentences.ts', 'bench/data-set.ts', 'src/main/engine/store/migrations']) {
    const place = path.join(root, folder);
    const files = fs.statSync(place).isDirectory()
      ? fs
          .readdirSync(place)
          .toSorted()
          .map((name) => path.join(place, name))
      : [place];
    for (const file of files) hash.update(fs.readFileSync(file));
  }
  return path.join(benchRoot, `data-${String(count)}-${hash.digest('hex').slice(0, 12)}`);
}

/** What was measured: the commit, and whether the sources differ from it. A copy without a repository has no commit to name. */
function measuredCommit() {
  const ask = (/** @type {string[]} */ ...words) => spawnSync('git', words, { cwd: root, encoding: 'utf8' });
  const head = ask('rev-parse', '--short', 'HEAD');
  if (head.status !== 0) return 'commit unknown';
  const isChanged = ask('status', '--porcelain', '--', 'src', 'bench', 'scripts', 'package-lock.json').stdout.trim() !== '';
  return `${head.stdout.trim()}${isChanged ? ' WITH UNCOMMITTED CHANGES' : ''}`;
}

function machine() {
  const [cpu] = os.cpus();
  return {
    cpu: cpu?.model ?? 'unknown',
    cores: os.cpus().length,
    memoryGb: Math.round(os.totalmem() / 2 ** 30),
    system: `${os.type()} ${os.release()}`,
    node: process.versions.node,
    commit: measuredCommit(),
  };
}

/** Events of the log that is joined. @param {ReadonlySet<string>} words @param {boolean} isQuick */
function joinSize(words, isQuick) {
  for (const word of words) {
    const wish = /^--join=(\d+)$/u.exec(word)?.[1];
    if (wish !== undefined) return Number(wish);
  }
  return isQuick ? 4_000 : 20_000;
}

await runMain(async () => {
  const words = new Set(process.argv.slice(2));
  const isQuick = words.has('--quick');
  const withApp = !words.has('--no-app');
  const plan = isQuick ? { messages: 2_000, rounds: 1, calls: 60, starts: 2 } : { messages: 20_000, rounds: 3, calls: 300, starts: 5 };
  await prepare(withApp ? ['runtime', 'display'] : []);
  if (withApp && process.env['MERIDIAN_APP'] === undefined && !(await ensureBuild())) throw new Error('the build failed: see above');
  await bundle();
  const joinCount = joinSize(words, isQuick);
  if (words.has('--only-join')) {
    printJoining(await runPart('joining', { folder: benchRoot, count: joinCount }));
    return 0;
  }
  const scale = scaleWish(words);
  if (scale !== null) return measureAtScale({ plan: scale, runPart, machine, log });
  const folder = dataSetFolder(plan.messages);
  const made = await log.timed(`data set of ${String(plan.messages)} messages`, () => runPart('prepare', { folder, count: plan.messages }));

  const calibrations = [await runPart('calibrate', {})];
  /** @type {any[]} */
  const ingest = [];
  for (let round = 1; round <= plan.rounds; round += 1) {
    // interleaved, so that what disturbs one disturbs the other
    for (const variant of ['bare-50', 'engine', 'engine-no-sources', 'bare-all', 'bare-one']) {
      log.info(`ingest, round ${String(round)} of ${String(plan.rounds)}: ${variant}`);
      ingest.push(await runPart('ingest', { folder, count: plan.messages, variant }));
    }
  }
  log.info('parsing');
  const parse = await runPart('parse', { folder, count: plan.messages / 4 });
  calibrations.push(await runPart('calibrate', {}));
  log.info('SLA clocks');
  const clocks = await runPart('clocks', { folder, count: isQuick ? 20_000 : 200_000 });
  const reevaluation = await runPart('reevaluate', { folder, count: 0 });
  log.info('shift coverage');
  const yearCheck = await runPart('year-check', { folder, count: isQuick ? 2 : 9 });
  const staffedRunway = await runPart('staffed-runway', { folder, count: isQuick ? 2_000 : 20_000 });
  const triage = await runPart('triage', { folder, count: isQuick ? 2_000 : 20_000 });
  log.info('joining a team');
  const joining = await runPart('joining', { folder: benchRoot, count: joinCount });
  log.info('list pages');
  const list = await runPart('list', { folder, count: plan.calls });
  /** @type {Awaited<ReturnType<typeof measureApp>> | null} */
  let app = null;
  /** @type {Awaited<ReturnType<typeof measurePlanner>> | null} */
  let planner = null;
  /** @type {string | null} */
  let appError = null;
  try {
    if (withApp) {
      app = await measureApp({ folder, calls: plan.calls, starts: plan.starts, log });
      planner = await measurePlanner({ log });
    }
  } catch (error) {
    // what was measured before is kept and shown; the run as a whole has failed
    appError = error instanceof Error ? error.message : String(error);
  }
  calibrations.push(await runPart('calibrate', {}));

  const results = {
    at: new Date().toISOString(),
    quick: isQuick,
    machine: machine(),
    calibrations,
    messages: plan.messages,
    indexedPerSecond: made.indexedPerSecond,
    ingest,
    parse,
    clocks,
    reevaluation,
    yearCheck,
    staffedRunway,
    triage,
    joining,
    list,
    app,
    planner,
    appError,
  };
  const file = path.join(root, 'bench/results/latest.json');
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, `${JSON.stringify(results, null, 2)}\n`);
  printReport(results);
  log.info(`all figures: ${path.relative(root, file)}`);
  if (appError !== null) log.warn(`the app could not be measured: ${appError}`);
  return appError === null ? 0 : 1;
});
