/** A screen for the app: the real one, or a virtual one of our own. */
import { spawn } from 'node:child_process';
import process from 'node:process';

/** Whether windows can be shown to a person here. */
export function hasDisplay() {
  if (process.platform !== 'linux') return true;
  return Boolean(process.env['DISPLAY'] ?? '') || Boolean(process.env['WAYLAND_DISPLAY'] ?? '');
}

/**
 * Starts an X server without a screen on a free display number. It ends with this process at the latest.
 * @param {{ width?: number, height?: number }} [size] in pixels
 * @returns {Promise<{ env: NodeJS.ProcessEnv, stop: () => void }>} `env`: this process's environment with the new display
 */
export async function startVirtualDisplay({ width = 1680, height = 1050 } = {}) {
  const server = spawn(
    'Xvfb',
    ['-displayfd', '3', '-screen', '0', `${String(width)}x${String(height)}x24`, '-nolisten', 'tcp', '-noreset'],
    {
      stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
    },
  );
  const stop = () => {
    server.kill();
  };
  process.once('exit', stop);
  let complaints = '';
  server.stderr?.on('data', (chunk) => {
    complaints += String(chunk);
  });
  const number = await new Promise((resolve, reject) => {
    server.once('error', (error) => {
      reject(new Error(`Xvfb could not be started (${error.message}); on Debian: node scripts/debian-packages.mjs display`));
    });
    server.once('exit', () => {
      reject(new Error(`Xvfb ended: ${complaints.slice(-500)}`));
    });
    let answer = '';
    server.stdio[3]?.on('data', (chunk) => {
      answer += String(chunk);
      if (answer.includes('\n')) resolve(answer.trim());
    });
  });
  const { WAYLAND_DISPLAY: _none, ...env } = process.env;
  return { env: { ...env, DISPLAY: `:${String(number)}`, XDG_SESSION_TYPE: 'x11' }, stop };
}

/** Arguments that Chromium insists on here: as root, as in a container, its sandbox cannot start. Everywhere else it stays on. */
export function sandboxArguments() {
  return process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : [];
}
