import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { ParsePool } from '../engine/channels/email/parse-pool.ts';
import { jsonLog } from '../engine/log.ts';
import { checkpointInWorker } from '../engine/store/checkpoint/checkpoint-work.ts';
import { snapshotWorkIn } from '../engine/store/snapshot/snapshot-work.ts';
import { startHubLink } from '../engine/team/link-host.ts';
import { scanInWorker } from '../engine/guard/scan-in-worker.ts';
import { guessLanguagesInWorker } from '../engine/language/language-guesser.ts';
import { checkYearInWorker } from '../engine/year-check/year-checker.ts';
import { instant } from '../../shared/domain/time.ts';
import { newRun } from './gateway.ts';
import { runGatewayCommand } from './gateway-command.ts';

/** The gateway as a process: `node out/main/gateway.js`, started by `npm run gateway` or a service manager. */
const besides = (name: string): string => path.join(import.meta.dirname, name);
const clock = { now: () => instant(Date.now()) };
const log = jsonLog(
  (line) => process.stdout.write(line),
  () => Date.now(),
);
const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop.abort());

function version(): string {
  const manifest: unknown = JSON.parse(readFileSync(path.join(import.meta.dirname, '../../package.json'), 'utf8'));
  return typeof manifest === 'object' && manifest !== null && 'version' in manifest ? String(manifest.version) : '0.0.0';
}

process.exitCode = await runGatewayCommand(process.argv.slice(2), {
  folder: process.env['MERIDIAN_GATEWAY'] ?? path.join(homedir(), 'meridian-gateway'),
  credentials: process.env['CREDENTIALS_DIRECTORY'] ?? null,
  version: version(),
  clock,
  log,
  playbookFolder: besides('../../resources/playbooks'),
  parser: new ParsePool({ workerFile: besides('parse-worker.js') }),
  createLink: (invite, workstation) =>
    startHubLink({ workerFile: besides('link-worker.js'), invite, workstation, run: newRun(), clock, log }),
  checkYear: checkYearInWorker(besides('year-worker.js')),
  guessLanguages: guessLanguagesInWorker(besides('language-worker.js')),
  scanLong: scanInWorker(besides('scan-worker.js')),
  snapshots: snapshotWorkIn(besides('snapshot-worker.js')),
  checkpoints: checkpointInWorker(besides('checkpoint-worker.js')),
  signal: stop.signal,
  say: (line) => process.stdout.write(`${line}\n`),
  warn: (line) => process.stderr.write(`${line}\n`),
});
