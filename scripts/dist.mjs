#!/usr/bin/env node
/**
 * `npm run dist [-- electron-builder's arguments]`, for example `-- --dir` or `-- --linux deb zip`: builds, packages, checks the fuses.
 * On the fallback runtime every name says so, and local stand-ins replace the tools that electron-builder would download.
 */
import './lib/node-version.mjs';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { createLog } from './lib/log.mjs';
import { root } from './lib/paths.mjs';
import { ensureBuild, prepare, runMain } from './lib/prepare.mjs';

const log = createLog('dist');
const require = createRequire(import.meta.url);

/** @param {{ version: string, isOfficial: boolean }} runtime */
async function builderSettings(runtime) {
  const args = ['--config', 'electron.builder.yml', '--publish', 'never'];
  const env = { ...process.env };
  if (runtime.isOfficial) return { args, env, output: path.join(root, 'dist') };
  const { electronPlaces } = await import('./lib/electron-runtime.mjs');
  const { dist, pinned } = electronPlaces();
  log.warn(`made with the FALLBACK runtime ${runtime.version} instead of Electron ${pinned}: to try out, not to release`);
  const output = 'dist/fallback-runtime';
  args.push(
    `-c.electronDist=${path.relative(root, dist)}`,
    `-c.electronVersion=${runtime.version}`,
    `-c.directories.output=${output}`,
    '-c.artifactName=${name}-${version}-fallback-runtime-${arch}.${ext}',
  );
  env['CUSTOM_FPM_PATH'] ??= path.join(root, 'scripts/fpm-lite.mjs');
  if (env['ELECTRON_BUILDER_7ZIP_PATH'] === undefined) {
    /** @type {{ path7za: string }} */
    const { path7za } = require('7zip-bin');
    // published without the x bit
    fs.chmodSync(path7za, 0o755);
    env['ELECTRON_BUILDER_7ZIP_PATH'] = path7za;
  }
  return { args, env, output: path.join(root, output) };
}

/**
 * The executables in the unpacked folders of an output folder.
 * @param {string} output
 */
function packagedExecutables(output) {
  const places = [
    'linux-unpacked/meridian',
    'linux-arm64-unpacked/meridian',
    'win-unpacked/Meridian.exe',
    'mac/Meridian.app',
    'mac-arm64/Meridian.app',
  ];
  return places.map((place) => path.join(output, place)).filter((file) => fs.existsSync(file));
}

await runMain(async () => {
  await prepare([]);
  if (!(await ensureBuild())) throw new Error('the build failed: see above');
  const { installedRuntime } = await import('./lib/electron-runtime.mjs');
  const runtime = installedRuntime();
  if (runtime === undefined) throw new Error('there is no runtime: npm run setup');
  const { args, env, output } = await builderSettings(runtime);
  for (const executable of packagedExecutables(output)) fs.rmSync(path.dirname(executable), { recursive: true, force: true });
  const run = spawnSync(process.execPath, [require.resolve('electron-builder/cli.js'), ...args, ...process.argv.slice(2)], {
    cwd: root,
    env,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (run.status !== 0) return run.status ?? 1;

  const { fuseProblems } = await import('./lib/fuses.mjs');
  const made = packagedExecutables(output);
  if (made.length === 0) throw new Error(`nothing to check in ${output}`);
  for (const executable of made) {
    const problems = await fuseProblems(executable);
    if (problems.length > 0) throw new Error(`${executable}: ${problems.join(', ')}`);
    log.info(`${path.relative(root, executable)}: all fuses are as listed`);
  }
  return 0;
});
