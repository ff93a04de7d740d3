/** Measures the built app from outside: time to the first rows, calls from the page, memory of its processes. */
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { sandboxArguments, startVirtualDisplay } from './display.mjs';
import { electronPlaces, installedRuntime } from './electron-runtime.mjs';
import { root } from './paths.mjs';

const LIMIT_MS = 120_000;

/**
 * @typedef {{ kind: string, pssMb: number }} ProcessMemory
 * @typedef {{ processes: ProcessMemory[], totalMb: number }} Memory
 */

/** What a process of the app is for, by its command line. @param {string} commandLine */
function kindOf(commandLine) {
  const type = /--type=([a-z-]+)/u.exec(commandLine)?.[1];
  if (type === undefined) return 'main';
  if (type !== 'utility') return type;
  const service = /--utility-sub-type=([a-zA-Z.]+)/u.exec(commandLine)?.[1] ?? 'utility';
  if (service.startsWith('node.')) return 'engine';
  return service.split('.')[0] ?? service;
}

/** Proportional set size of a process and all its descendants: shared pages are divided among those who share them. @param {number} pid */
export function memoryOf(pid) {
  /** @type {Map<number, number[]>} */
  const children = new Map();
  for (const name of fs.readdirSync('/proc')) {
    if (!/^\d+$/u.test(name)) continue;
    try {
      const stat = fs.readFileSync(`/proc/${name}/stat`, 'utf8');
      const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
      children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
    } catch {
      // it ended while we looked
    }
  }
  /** @type {ProcessMemory[]} */
  const processes = [];
  const visit = (/** @type {number} */ each) => {
    try {
      const commandLine = fs.readFileSync(`/proc/${String(each)}/cmdline`, 'utf8').replaceAll('\0', ' ');
      const pssKb = Number(/^Pss:\s+(\d+)/mu.exec(fs.readFileSync(`/proc/${String(each)}/smaps_rollup`, 'utf8'))?.[1] ?? 0);
      processes.push({ kind: kindOf(commandLine), pssMb: pssKb / 1024 });
    } catch {
      // it ended while we looked
    }
    for (const child of children.get(each) ?? []) visit(child);
  };
  visit(pid);
  return { processes, totalMb: processes.reduce((sum, each) => sum + each.pssMb, 0) };
}

/**
 * Starts the app, hears the probe until `last`, and ends the app as a session's end does.
 * @param {{ userData: string, env: NodeJS.ProcessEnv, last: string, probe?: string, folder?: string, limitMs?: number, onFact?: (kind: string, pid: number) => void }} run
 * @returns {Promise<{ startedAt: number, facts: Map<string, any>, endMs: number }>} `endMs`: from being asked to end until it was gone
 */
export async function runApp({ userData, env, last, probe = 'bench/page-probe.cjs', folder = root, onFact, limitMs = LIMIT_MS }) {
  const startedAt = Date.now();
  const child = spawn(
    electronPlaces().executable,
    [
      ...sandboxArguments(),
      '-r',
      path.join(root, probe),
      '--force-device-scale-factor=1',
      '--lang=en-US',
      folder,
      `--user-data=${userData}`,
    ],
    { cwd: folder, env: { ...env, TZ: 'UTC', DBUS_SESSION_BUS_ADDRESS: 'disabled:' }, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const ended = new Promise((resolve) => {
    child.once('exit', resolve);
  });
  let words = '';
  child.stderr.on('data', (chunk) => {
    words = (words + String(chunk)).slice(-2_000);
  });
  /** @type {Map<string, any>} */
  const facts = new Map();
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  let endedAt = startedAt;
  try {
    await new Promise((resolve, reject) => {
      timer = setTimeout(() => {
        reject(new Error(`the app said no "${last}" within ${String(limitMs / 1000)} s: ${words}`));
      }, limitMs);
      child.once('exit', () => {
        reject(new Error(`the app ended too early: ${words}`));
      });
      createInterface({ input: child.stdout }).on('line', (line) => {
        if (!line.startsWith('BENCH ')) return;
        const fact = JSON.parse(line.slice('BENCH '.length));
        facts.set(fact.kind, fact);
        if (fact.kind === 'failed') reject(new Error(fact.error));
        onFact?.(fact.kind, child.pid ?? 0);
        if (fact.kind === last) resolve(undefined);
      });
    });
  } finally {
    clearTimeout(timer);
    endedAt = Date.now();
    child.kill('SIGTERM');
    const kill = setTimeout(() => child.kill('SIGKILL'), Math.max(30_000, limitMs / 4));
    await ended;
    clearTimeout(kill);
  }
  return { startedAt, facts, endMs: Date.now() - endedAt };
}

/**
 * @param {{ folder: string, calls: number, starts: number, log: { info(text: string): void } }} request
 */
export async function measureApp({ folder, calls, starts, log }) {
  const userData = fs.mkdtempSync(path.join(os.tmpdir(), 'meridian-bench-'));
  const display = process.env['DISPLAY'] === undefined ? await startVirtualDisplay() : null;
  const env = display?.env ?? process.env;
  try {
    fs.cpSync(path.join(folder, 'workspaces'), path.join(userData, 'workspaces'), { recursive: true });
    /** @type {number[]} */
    const startsMs = [];
    for (let run = 0; run <= starts; run += 1) {
      log.info(run === 0 ? 'first start with a new profile' : `cold start ${String(run)} of ${String(starts)}`);
      const { startedAt, facts } = await runApp({ userData, env, last: 'first-row' });
      startsMs.push(facts.get('first-row').at - startedAt);
    }
    /** @type {Record<string, Memory>} */
    const memory = {};
    log.info('calls and view switches in the app');
    const { facts } = await runApp({
      userData,
      env: { ...env, MERIDIAN_BENCH_CALLS: String(calls) },
      last: 'used',
      onFact: (kind, pid) => {
        if (kind === 'idle' || kind === 'used') memory[kind] = memoryOf(pid);
      },
    });
    const [firstStartMs, ...coldStartsMs] = startsMs;
    return {
      runtime: installedRuntime(),
      firstStartMs,
      coldStartsMs,
      memory,
      pages: facts.get('calls').pages,
      small: facts.get('calls').small,
      switches: { asked: facts.get('switches').asked, kept: facts.get('switches').kept },
    };
  } finally {
    display?.stop();
    fs.rmSync(userData, { recursive: true, force: true, maxRetries: 5 });
  }
}

/**
 * Times between frames in the planner's month with 60 people: while nothing happens, and while a shift is dragged.
 * `MERIDIAN_APP` names another folder with a build.
 * @param {{ log: { info(text: string): void } }} request
 * @returns {Promise<{ people: number, shifts: number, bars: number, nodes: number, idle: number[], bare: number[], drag: number[] }>}
 */
export async function measurePlanner({ log }) {
  log.info('dragging in the planner');
  const userData = fs.mkdtempSync(path.join(os.tmpdir(), 'meridian-bench-plan-'));
  const display = process.env['DISPLAY'] === undefined ? await startVirtualDisplay() : null;
  try {
    const { facts } = await runApp({
      userData,
      env: display?.env ?? process.env,
      last: 'planner',
      probe: 'bench/planner-probe.cjs',
      folder: process.env['MERIDIAN_APP'] ?? root,
    });
    return facts.get('planner');
  } finally {
    display?.stop();
    fs.rmSync(userData, { recursive: true, force: true, maxRetries: 5 });
  }
}
