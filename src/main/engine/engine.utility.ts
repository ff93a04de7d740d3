import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { dirname, join } from 'node:path';
import { prepareSample, productionMailProbe, workspaceConnectors } from './composition.ts';
import { createEngine } from './create-engine.ts';
import { EngineClock } from './engine-clock.ts';
import { awaitFirstAnswers } from './first-answers.ts';
import { scanInWorker } from './guard/scan-in-worker.ts';
import { giveBackAtRest } from './heap.ts';
import type { Engine } from './create-engine.ts';
import { ParsePool } from './channels/email/parse-pool.ts';
import { jsonLog } from './log.ts';
import type { PagePort } from './page-port.ts';
import { noProbe } from './probe.ts';
import { ShellLink } from './ports/shell-port.ts';
import { storageFailure } from './store/sql.ts';
import type { Store } from './store/sql.ts';
import { startHubLink } from './team/link-host.ts';
import { machineClock } from './team/machine-clock.ts';
import { checkpointInWorker } from './store/checkpoint/checkpoint-work.ts';
import { snapshotWorkIn } from './store/snapshot/snapshot-work.ts';
import { guessLanguagesInWorker } from './language/language-guesser.ts';
import { checkYearInWorker } from './year-check/year-checker.ts';
import type { EngineStart, EngineToShell, ShellToEngine } from '../../shared/contract/shell.contract.ts';

/** The part of Electron's utility process that is used here; the engine itself knows no Electron. */
interface ParentPort {
  postMessage(message: EngineToShell): void;
  on(event: 'message', listener: (message: { readonly data: ShellToEngine; readonly ports: readonly PortLike[] }) => void): void;
}
interface PortLike {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (message: { readonly data: unknown }) => void): void;
  on(event: 'close', listener: () => void): void;
  start(): void;
}

const begun = performance.now();
// The utility process is started by the shell alone, which passes this port and argument.
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the shell alone starts this process and speaks to it
const { parentPort } = process as unknown as { parentPort: ParentPort };
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the shell alone starts this process and speaks to it
const start = JSON.parse(process.argv[2] ?? '{}') as EngineStart;
const clock = new EngineClock(() => Date.now(), start.clockAheadMs);
const log = jsonLog(logFile(start.workspacePath), () => Date.now());
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port between processes has no origin
const link = new ShellLink((message) => parentPort.postMessage(message));

/** One file a workspace, turned over at 5 MB. */
function logFile(folder: string): (line: string) => void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, 'engine.log');
  return (line) => {
    try {
      appendFileSync(path, line, { mode: 0o600 });
      if (statSync(path).size > 5_000_000) renameSync(path, `${path}.1`);
    } catch {
      // A full disk must not stop the engine for the sake of its diary.
    }
  };
}

function toPagePort(port: PortLike): PagePort {
  const page: PagePort = {
    post: (message) => port.postMessage(message),
    onMessage: (listener) =>
      port.on('message', (message) => {
        touch();
        listener(message.data);
      }),
    onClose: (listener) => port.on('close', listener),
  };
  return page;
}

/** Workers are bundled beside each other. */
function workerNamed(file: string): string {
  return join(dirname(start.parseWorkerPath), file);
}

const parser = new ParsePool({ workerFile: start.parseWorkerPath });
const firstAnswers = awaitFirstAnswers();
const touch = giveBackAtRest();
let engine: Engine | null = null;

/** Connectors are made after the engine, so it is there when they ask. */
function storeOfEngine(): Store {
  if (engine === null) throw new Error('the engine is not ready');
  return engine.store;
}

try {
  engine = createEngine({
    workspace: start.workspace,
    workspacePath: start.workspacePath,
    clock,
    // a clock that a test moves ahead is that of a machine that has slept
    machine: { monotonicMs: () => machineClock.monotonicMs(), uptimeMs: () => machineClock.uptimeMs() + clock.movedMs },
    log,
    probe: noProbe,
    random: Math.random,
    shell: link,
    parser,
    playbookFolder: workerNamed('../../resources/playbooks'),
    mail: productionMailProbe(),
    createConnector: workspaceConnectors({ parser: () => parser, store: storeOfEngine }),
    createLink: (invite, workstation) =>
      startHubLink({ workerFile: workerNamed('link-worker.js'), invite, workstation, run: randomUUID(), clock, log }),
    checkYear: checkYearInWorker(workerNamed('year-worker.js')),
    guessLanguages: guessLanguagesInWorker(workerNamed('language-worker.js')),
    scanLong: scanInWorker(workerNamed('scan-worker.js')),
    snapshots: snapshotWorkIn(workerNamed('snapshot-worker.js')),
    checkpoints: checkpointInWorker(workerNamed('checkpoint-worker.js')),
    ...(start.workspace === 'sample' ? { prepare: prepareSample } : {}),
    locale: start.locale,
    beforeChores: firstAnswers.given,
  });
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port between processes has no origin
  parentPort.postMessage({ t: 'ready', bootMs: Math.round(performance.now() - begun) });
} catch (error) {
  log('error', 'the engine can not start', { error });
  const name = error instanceof Error ? error.name : '';
  parentPort.postMessage({
    t: 'fatal',
    code: name === 'NewerSchemaError' ? 'newer-data' : `storage-${storageFailure(error) ?? 'unknown'}`,
    detail: error instanceof Error ? error.message : String(error),
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port between processes has no origin
  });
}

parentPort.on('message', ({ data, ports }) => {
  switch (data.t) {
    case 'connect-page': {
      const [port] = ports;
      if (port === undefined || engine === null) return;
      engine.attachPage(firstAnswers.noticing(toPagePort(port)));
      port.start();
      return;
    }
    case 'response':
      link.answer(data);
      return;
    case 'event':
      engine?.handleShellEvent(data.event);
      return;
    case 'move-clock':
      // To the engine this is a machine that slept: every timer is late.
      if (clock.moveTo(data.aheadMs)) engine?.handleShellEvent({ type: 'power', state: 'resume' });
      return;
    case 'stop':
      void stop(0);
  }
});

/** After a defect nobody waits for us: what does not end by itself is ended. */
const STOP_AFTER_DEFECT_MS = 5_000;

async function stop(code: number): Promise<void> {
  if (code !== 0) setTimeout(() => process.exit(code), STOP_AFTER_DEFECT_MS).unref();
  try {
    await engine?.[Symbol.asyncDispose]();
  } catch (error) {
    log('error', 'the engine did not stop cleanly', { error });
  }
  process.exit(code);
}

// A defect in one corner must not take the inbox down; a broken invariant in storage is thrown where it is noticed.
process.on('unhandledRejection', (error) => {
  log('error', 'unhandled rejection', { error });
});
process.on('uncaughtException', (error) => {
  log('error', 'uncaught exception', { error });
  void stop(1);
});
