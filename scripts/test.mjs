#!/usr/bin/env node
/**
 * `npm test [-- stage ...]`: every check there is, all stages even when one fails. Closes with one line `N passed, N failed`.
 */
import './lib/node-version.mjs';
import { AsyncLocalStorage } from 'node:async_hooks';
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { startVirtualDisplay } from './lib/display.mjs';
import { createLog } from './lib/log.mjs';
import { root } from './lib/paths.mjs';
import { ensureBuild, prepare, runMain } from './lib/prepare.mjs';

/**
 * @typedef {{ passed: number, failed: number, note?: string, failures?: readonly string[] }} Outcome `failures`: what failed and why, in words
 * @typedef {{ name: string, what: string, run: () => Promise<Outcome>, lane?: string }} Stage neighbours with a lane run lane beside lane
 * @typedef {{ stage: Stage, outcome: Outcome, seconds: string }} Result
 */

const log = createLog('test');
const MINUTE_MS = 60_000;
/** What is said again at the end of a test that failed. */
const FAILURE_LINES = 12;
const PLACE_LINES = 16;
const FAILURE_WIDTH = 240;
/**
 * How many apps are tested at once. One and its test keep about 1.4 cores busy; two on two cores save five minutes, and now and again a key
 * comes before what it is meant for.
 */
const E2E_WORKERS = 1;
const reports = fs.mkdtempSync(path.join(os.tmpdir(), 'meridian-test-'));
process.on('exit', () => {
  fs.rmSync(reports, { recursive: true, force: true });
});

/**
 * Where the output goes of a lane that runs beside another: two at once would be printed into each other.
 * @type {AsyncLocalStorage<(chunk: string) => void>}
 */
const voice = new AsyncLocalStorage();
/** @param {string} chunk */
function say(chunk) {
  const kept = voice.getStore();
  if (kept === undefined) process.stdout.write(chunk);
  else kept(chunk);
}

/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();
/** @param {import('node:child_process').ChildProcess} child */
function endGroup(child) {
  try {
    // a stage starts browsers and servers: the whole group goes
    if (child.pid !== undefined) process.kill(process.platform === 'win32' ? child.pid : -child.pid, 'SIGKILL');
  } catch {
    // it has ended already
  }
}
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
  process.on(signal, () => {
    for (const child of running) endGroup(child);
    process.exit(130);
  });
}

/**
 * Runs one of the installed tools and shows its output.
 * @param {string} program a path inside node_modules, or a script of ours
 * @param {readonly string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, limitMs?: number }} [options]
 * @returns {Promise<{ code: number, output: string, note?: string }>}
 */
async function tool(program, args, { env = process.env, limitMs = 10 * MINUTE_MS } = {}) {
  const file = program.startsWith('scripts/') ? path.join(root, program) : path.join(root, 'node_modules', program);
  const child = spawn(process.execPath, [file, ...args], {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
  });
  running.add(child);
  let output = '';
  child.stdout.on('data', (chunk) => {
    output += String(chunk);
    say(String(chunk));
  });
  child.stderr.on('data', (chunk) => {
    say(String(chunk));
  });
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    endGroup(child);
  }, limitMs);
  const code = await new Promise((resolve) => {
    child.once('close', (exitCode) => {
      resolve(exitCode ?? 1);
    });
  });
  clearTimeout(timer);
  running.delete(child);
  return isLate ? { code: 1, output, note: `stopped after ${String(limitMs / MINUTE_MS)} minutes` } : { code: Number(code), output };
}

/** A tool whose exit code is its verdict. @param {string} program @param {readonly string[]} args @returns {Promise<Outcome>} */
async function oneCheck(program, args) {
  const { code, note } = await tool(program, args);
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, ...(note === undefined ? {} : { note }) };
}

/** The stages that have passed in this run. @type {Set<string>} */
const hasPassed = new Set();

/** What has passed a moment ago need not pass on the copy before anything is planted. @returns {Promise<Outcome>} */
async function layerProof() {
  const clean = ['types', 'electron-33', 'lint'].filter((name) => hasPassed.has(name));
  const { code, output } = await tool('scripts/layer-proof.mjs', [`--clean=${clean.join(',')}`]);
  const counts = /(\d+) passed, (\d+) failed\s*$/u.exec(output);
  return settle({ passed: Number(counts?.[1] ?? 0), failed: Number(counts?.[2] ?? 0) }, code);
}

/**
 * No tests at all, or a failure that no count shows, is a failure.
 * @param {Outcome} counted
 * @param {number} code
 * @param {string} [note]
 * @returns {Outcome}
 */
function settle({ passed, failed }, code, note) {
  if (failed === 0 && code !== 0) return { passed, failed: 1, note: note ?? `ended with code ${String(code)}` };
  if (passed + failed === 0) return { passed, failed: 1, note: 'no tests ran' };
  return { passed, failed, ...(note === undefined ? {} : { note }) };
}

/** @param {string} file @returns {any} */
function readReport(file) {
  return fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')) : undefined;
}

/** @param {string} project its name, or with an asterisk the beginning of several @param {number} limitMs @returns {Promise<Outcome>} */
async function vitest(project, limitMs) {
  const file = path.join(reports, `${project.replace('*', '')}.json`);
  const args = ['run', `--project=${project}`, '--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const { code, note } = await tool('vitest/vitest.mjs', args, { limitMs });
  const report = readReport(file);
  if (report === undefined) return settle({ passed: 0, failed: 0 }, code, note);
  const skipped = report.numPendingTests + report.numTodoTests;
  const broken = report.testResults.filter(
    (/** @type {any} */ result) =>
      result.status === 'failed' && !result.assertionResults.some((/** @type {any} */ test) => test.status === 'failed'),
  ).length;
  const outcome = {
    ...settle({ passed: report.numPassedTests, failed: report.numFailedTests + broken + skipped }, code, note),
    failures: unitFailures(report),
  };
  return skipped > 0 ? { ...outcome, note: `${String(skipped)} skipped, counted as failed` } : outcome;
}

/** @param {any} report of Vitest @returns {string[]} */
function unitFailures(report) {
  return report.testResults.flatMap((/** @type {any} */ file) => {
    const name = path.relative(root, file.name);
    const tests = file.assertionResults.filter((/** @type {any} */ test) => test.status === 'failed');
    if (tests.length === 0) return file.status === 'failed' ? [failure(name, file.message)] : [];
    return tests.map((/** @type {any} */ test) => failure(`${name} > ${test.fullName}`, test.failureMessages?.[0]));
  });
}

/** @param {any} suite of Playwright's report @returns {string[]} */
function journeyFailures(suite) {
  const own = (suite.specs ?? [])
    .filter((/** @type {any} */ spec) => !spec.ok)
    .map((/** @type {any} */ spec) => {
      const result = spec.tests?.[0]?.results?.findLast((/** @type {any} */ one) => one.error);
      return failure(`${spec.file}:${String(spec.line)} > ${spec.title}`, result?.error.message, whereItWas(result));
    });
  return [...own, ...(suite.suites ?? []).flatMap(journeyFailures)];
}

/**
 * What was on the screen of each app when a journey failed: what the app kept of it (e2e/where-it-was.ts), else the dialogs and headings of
 * the snapshot that Playwright takes of the page.
 * @param {any} result of a test in Playwright's report
 * @returns {readonly string[]}
 */
function whereItWas(result) {
  const attachments = /** @type {readonly any[]} */ (result?.attachments ?? []);
  const kept = attachments
    .filter(({ name }) => name === 'where it was')
    .map(({ body }) => Buffer.from(body ?? '', 'base64').toString('utf8'));
  if (kept.length > 0) return kept.flatMap((text) => text.split('\n'));
  const snapshot = attachments.find(({ name }) => name === 'error-context')?.path;
  if (snapshot === undefined || !fs.existsSync(snapshot)) return [];
  const [, tree = ''] = /^```yaml\n(.*?)^```/msu.exec(fs.readFileSync(snapshot, 'utf8')) ?? [];
  return tree.split('\n').filter((line) => /^\s*- (?:dialog|alertdialog|alert|heading)|\[(?:active|selected)\]/u.test(line));
}

/**
 * The name of what failed, the first lines of why, and where it was.
 * @param {string} name
 * @param {string | undefined} message
 * @param {readonly string[]} [place]
 */
function failure(name, message, place = []) {
  const words = stripVTControlCharacters(message ?? '')
    .split('\n')
    .map((line) => line.trimEnd())
    .filter((line) => line !== '' && !/^\s+at .*node_modules/u.test(line))
    .slice(0, FAILURE_LINES);
  const lines = [...words, ...place.slice(0, PLACE_LINES).map((line) => `| ${line}`)];
  return [name, ...lines.map((line) => `    ${line.slice(0, FAILURE_WIDTH)}`)].join('\n');
}

/** Whether a folder holds a file with this ending. @param {string} folder @param {string} ending */
function holds(folder, ending) {
  return (
    fs.existsSync(path.join(root, folder)) &&
    fs.readdirSync(path.join(root, folder), { recursive: true }).some((name) => String(name).endsWith(ending))
  );
}

/** @returns {Promise<Outcome>} */
async function endToEnd() {
  if (!holds('e2e', '.spec.ts')) return { passed: 0, failed: 0, note: 'none yet' };
  if (!(await ensureBuild())) return { passed: 0, failed: 1, note: 'not run: there is no current build' };
  /** @type {Awaited<ReturnType<typeof startVirtualDisplay>>[]} */
  const displays = [];
  const file = path.join(reports, 'e2e.json');
  try {
    // a display for each worker: two apps on one would take the focus from each other. Without, as on a desktop, it is one worker
    if (process.platform === 'linux') for (let count = 0; count < E2E_WORKERS; count += 1) displays.push(await startVirtualDisplay());
    const names = displays.map(({ env }) => env['DISPLAY'] ?? '');
    const env = {
      ...(displays[0]?.env ?? process.env),
      ...(displays.length > 0 ? { MERIDIAN_TEST_DISPLAYS: names.join(',') } : {}),
      PLAYWRIGHT_JSON_OUTPUT_NAME: file,
    };
    const args = ['test', '--reporter=list,json', `--workers=${String(Math.max(displays.length, 1))}`];
    const { code, note } = await tool('@playwright/test/cli.js', args, { env, limitMs: 25 * MINUTE_MS });
    const report = readReport(file);
    const { expected = 0, unexpected = 0, flaky = 0, skipped = 0 } = report?.stats ?? {};
    const outcome = {
      ...settle({ passed: expected, failed: unexpected + flaky + skipped }, code, note),
      failures: journeyFailures({ suites: report?.suites }),
    };
    return skipped > 0 ? { ...outcome, note: `${String(skipped)} did not run, counted as failed` } : outcome;
  } finally {
    for (const display of displays) display.stop();
  }
}

/** @type {readonly Stage[]} */
const stages = [
  { name: 'types', what: 'types of every layer', lane: 'types', run: () => oneCheck('typescript/bin/tsc', ['-b']) },
  {
    name: 'electron-33',
    what: "types against the fallback runtime's Electron",
    lane: 'types',
    run: () => oneCheck('typescript/bin/tsc', ['-p', 'tsconfig.e33.json']),
  },
  { name: 'lint', what: 'lint', lane: 'lint', run: () => oneCheck('oxlint/bin/oxlint', []) },
  { name: 'format', what: 'format', lane: 'lint', run: () => oneCheck('oxfmt/bin/oxfmt', ['--check']) },
  { name: 'proof', what: 'the rules notice a violation of each', run: layerProof },
  {
    name: 'build',
    what: 'the app builds',
    run: async () => ((await ensureBuild()) ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }),
  },
  { name: 'unit', what: 'unit tests', run: () => vitest('unit*', 10 * MINUTE_MS) },
  {
    name: 'engine',
    what: 'engine tests with real servers and database files',
    run: async () => {
      // some of them run the built engine in a process that they kill
      await ensureBuild();
      return vitest('engine', 20 * MINUTE_MS);
    },
  },
  { name: 'e2e', what: 'end-to-end tests in the real app', run: endToEnd },
];

/**
 * Stages in the order they run: each round is a list of lanes, each lane of stages. The checker of types and lint compute on one core for
 * most of their time, so one goes beside the other; all else has the machine for itself.
 * @param {readonly Stage[]} chosen
 * @returns {Stage[][][]}
 */
function roundsOf(chosen) {
  /** @type {Stage[][][]} */
  const rounds = [];
  for (const [at, stage] of chosen.entries()) {
    const round = rounds.at(-1);
    const lane = round?.find(([first]) => first?.lane === stage.lane);
    if (round === undefined || stage.lane === undefined || chosen[at - 1]?.lane === undefined) rounds.push([[stage]]);
    else if (lane === undefined) round.push([stage]);
    else lane.push(stage);
  }
  return rounds;
}

/** @param {readonly Stage[]} lane @returns {Promise<Result[]>} */
async function runLane(lane) {
  /** @type {Result[]} */
  const results = [];
  for (const stage of lane) {
    say(`\n=== ${stage.name}: ${stage.what}\n`);
    const startedAt = performance.now();
    /** @type {Outcome} */
    let outcome;
    try {
      outcome = await stage.run();
    } catch (error) {
      outcome = { passed: 0, failed: 1, note: error instanceof Error ? error.message : String(error) };
    }
    if (outcome.failed === 0) hasPassed.add(stage.name);
    results.push({ stage, outcome, seconds: ((performance.now() - startedAt) / 1000).toFixed(1) });
  }
  return results;
}

/** @template T @param {() => Promise<T>} run @returns {Promise<T>} */
async function withOutputKept(run) {
  let text = '';
  const result = await voice.run((chunk) => {
    text += chunk;
  }, run);
  say(text);
  return result;
}

await runMain(async () => {
  const asked = process.argv.slice(2);
  const unknown = asked.filter((name) => !stages.some((stage) => stage.name === name));
  if (unknown.length > 0) throw new Error(`no such stage: ${unknown.join(' ')}. There are: ${stages.map((stage) => stage.name).join(' ')}`);
  const chosen = stages.filter((stage) => asked.length === 0 || asked.includes(stage.name));
  await prepare(chosen.some((stage) => stage.name === 'engine' || stage.name === 'e2e') ? ['runtime', 'display', 'servers'] : []);

  /** @type {Result[]} */
  const results = [];
  for (const [first = [], ...others] of roundsOf(chosen)) {
    const lanes = await Promise.all([runLane(first), ...others.map((lane) => withOutputKept(() => runLane(lane)))]);
    results.push(...lanes.flat());
  }
  // once more at the end: of a long run, the end is what is read
  for (const { outcome } of results) for (const each of outcome.failures ?? []) console.log(`\nfailed: ${each}`);
  console.log('\nstage          passed  failed  seconds');
  for (const { stage, outcome, seconds } of results) {
    const columns = [stage.name.padEnd(13), String(outcome.passed).padStart(7), String(outcome.failed).padStart(7), seconds.padStart(8)];
    console.log(`${columns.join(' ')}${outcome.note === undefined ? '' : `  ${outcome.note}`}`);
  }
  const passed = results.reduce((sum, { outcome }) => sum + outcome.passed, 0);
  const failed = results.reduce((sum, { outcome }) => sum + outcome.failed, 0);
  if (failed > 0)
    log.info(
      `failed: ${results
        .filter(({ outcome }) => outcome.failed > 0)
        .map(({ stage }) => stage.name)
        .join(' ')}`,
    );
  console.log(`\n${String(passed)} passed, ${String(failed)} failed`);
  return failed === 0 && passed > 0 ? 0 : 1;
});
