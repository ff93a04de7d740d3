#!/usr/bin/env node
/**
 * `npm start [-- arguments of the app]`: makes what is missing and opens the app. Where there is no display it runs under a virtual
 * one with the sample workspace, saves screenshots and ends.
 */
import './lib/node-version.mjs';
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { hasDisplay, sandboxArguments, startVirtualDisplay } from './lib/display.mjs';
import { createLog } from './lib/log.mjs';
import { root } from './lib/paths.mjs';
import { ensureBuild, prepare, runMain } from './lib/prepare.mjs';

const log = createLog('start');
const SCREENSHOT_LIMIT_MS = 180_000;
/** What Chromium says on machines without a desktop session and a graphics card; true, and of no use to anybody. */
const HEADLESS_NOISE =
  /:ERROR:(bus|viz_main_impl|shared_image_interface_proxy|one_copy_raster_buffer_provider|gl_factory|gpu_[a-z_]+|angle_[a-z_]+)\.cc/u;
const screenshotFolder = path.join(root, 'screenshots');

/**
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @param {number} [limitMs] for a run that nobody watches: ends the app after so long and keeps the runtime's noise away
 * @returns {Promise<number>} its exit code
 */
async function runApp(args, env, limitMs) {
  const { electronPlaces } = await import('./lib/electron-runtime.mjs');
  const app = spawn(electronPlaces().executable, [...sandboxArguments(), root, ...args], {
    cwd: root,
    env,
    stdio: ['inherit', 'inherit', limitMs === undefined ? 'inherit' : 'pipe'],
  });
  if (app.stderr !== null) {
    createInterface({ input: app.stderr }).on('line', (line) => {
      if (!HEADLESS_NOISE.test(line)) process.stderr.write(`${line}\n`);
    });
  }
  const timer = limitMs === undefined ? undefined : setTimeout(() => app.kill('SIGKILL'), limitMs);
  for (const signal of /** @type {const} */ (['SIGTERM', 'SIGHUP'])) process.on(signal, () => app.kill(signal));
  // Ctrl-C reaches the app too; this process waits for it to close its files
  process.on('SIGINT', () => {});
  const code = await new Promise((resolve, reject) => {
    app.once('error', reject);
    app.once('exit', (exitCode) => {
      resolve(exitCode ?? 1);
    });
  });
  clearTimeout(timer);
  return Number(code);
}

/** Ubuntu forbids unprivileged user namespaces; Chromium's sandbox then needs its helper to be setuid. */
async function explainSandbox() {
  if (process.platform !== 'linux' || process.getuid?.() === 0) return;
  const setting = '/proc/sys/kernel/apparmor_restrict_unprivileged_userns';
  if (!fs.existsSync(setting) || fs.readFileSync(setting, 'utf8').trim() !== '1') return;
  const { electronPlaces } = await import('./lib/electron-runtime.mjs');
  const helper = path.join(electronPlaces().dist, 'chrome-sandbox');
  const stat = fs.statSync(helper, { throwIfNoEntry: false });
  if (stat !== undefined && (stat.uid !== 0 || (stat.mode & 0o4000) === 0)) {
    log.warn(
      `if no window opens, let Chromium's sandbox work on this system:\n\n  sudo chown root '${helper}' && sudo chmod 4755 '${helper}'\n`,
    );
  }
}

/** @param {readonly string[]} args */
async function startUnderVirtualDisplay(args) {
  log.info('no display here: opening the sample workspace under a virtual one and taking screenshots ...');
  const display = await startVirtualDisplay();
  const startedAt = Date.now();
  try {
    fs.mkdirSync(screenshotFolder, { recursive: true });
    const env = { ...display.env, MERIDIAN_SCREENSHOT_DIR: screenshotFolder };
    const code = await runApp(
      ['--sample', '--force-device-scale-factor=1', ...args.filter((arg) => arg !== '--sample')],
      env,
      SCREENSHOT_LIMIT_MS,
    );
    const shots = fs
      .readdirSync(screenshotFolder)
      .filter((name) => name.endsWith('.png') && fs.statSync(path.join(screenshotFolder, name)).mtimeMs >= startedAt);
    if (shots.length === 0) throw new Error(`the app ended with code ${String(code)} and saved no screenshot`);
    for (const shot of shots.toSorted()) log.info(`screenshot: ${path.join(screenshotFolder, shot)}`);
    if (code === 0) log.info('the app works here. With a display, `npm start` opens it for you.');
    return code;
  } finally {
    display.stop();
  }
}

await runMain(async () => {
  const args = process.argv.slice(2);
  await prepare(hasDisplay() ? ['runtime'] : ['runtime', 'display']);
  if (!(await ensureBuild())) throw new Error('the build failed: see above');
  if (!hasDisplay()) return startUnderVirtualDisplay(args);
  await explainSandbox();
  return runApp(args, process.env);
});
