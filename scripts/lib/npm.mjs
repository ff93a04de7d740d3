/** Runs npm the way this process was started: through the same npm when there is one. */
import { spawnSync } from 'node:child_process';

/** @returns {{ command: string, prefix: readonly string[], shell: boolean }} */
function npmCommand() {
  const cli = process.env['npm_execpath'];
  if (cli !== undefined && /npm[^/\\]*\.c?js$/u.test(cli)) return { command: process.execPath, prefix: [cli], shell: false };
  return { command: 'npm', prefix: [], shell: process.platform === 'win32' };
}

/**
 * @param {readonly string[]} args
 * @param {string} cwd
 * @returns {string} what npm printed
 */
export function npmOutput(args, cwd) {
  const { command, prefix, shell } = npmCommand();
  const run = spawnSync(command, [...prefix, ...args], { cwd, shell, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  if (run.status !== 0) throw new Error(`npm ${args.join(' ')} failed:\n${run.stderr}`);
  return run.stdout.trim();
}

/**
 * Same, with npm's own output shown.
 * @param {readonly string[]} args
 * @param {string} cwd
 * @returns {boolean} whether it succeeded
 */
export function npmRun(args, cwd) {
  const { command, prefix, shell } = npmCommand();
  return spawnSync(command, [...prefix, ...args], { cwd, shell, stdio: ['ignore', 'inherit', 'inherit'] }).status === 0;
}
