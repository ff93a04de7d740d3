#!/usr/bin/env node
/** `npm run dev [-- arguments of the app]`: the app with hot reload; main and preload restart when they change. */
import './lib/node-version.mjs';
import { spawn } from 'node:child_process';
import path from 'node:path';
import { hasDisplay, sandboxArguments, startVirtualDisplay } from './lib/display.mjs';
import { createLog } from './lib/log.mjs';
import { root } from './lib/paths.mjs';
import { forgetBuild, prepare, runMain } from './lib/prepare.mjs';

await runMain(async () => {
  await prepare(hasDisplay() ? ['runtime'] : ['runtime', 'display']);
  // what is built for development lands in out/ too
  forgetBuild();
  const display = hasDisplay() ? undefined : await startVirtualDisplay();
  if (display !== undefined) createLog('dev').warn(`no display here: the window is on the virtual display ${display.env['DISPLAY'] ?? ''}`);
  const noSandbox = sandboxArguments().length > 0 ? ['--noSandbox'] : [];
  const program = path.join(root, 'node_modules/electron-vite/bin/electron-vite.js');
  const child = spawn(process.execPath, [program, 'dev', '--watch', ...noSandbox, '--', ...process.argv.slice(2)], {
    cwd: root,
    env: display?.env ?? process.env,
    stdio: 'inherit',
  });
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  const code = await new Promise((resolve) =>
    child.once('exit', (exitCode) => {
      resolve(exitCode ?? 1);
    }),
  );
  display?.stop();
  return Number(code);
});
