import { Worker } from 'node:worker_threads';
import Database from 'better-sqlite3';

/** How far a write-ahead log has come, in frames: pages as a transaction wrote them, 4 KB each. */
export interface LogLength {
  readonly frames: number;
  /** So many of them, from the beginning on, are in the main file, too. */
  readonly copied: number;
}

/** Copies what committed transactions wrote from a database's write-ahead log into its main file. */
export interface CheckpointWork extends AsyncDisposable {
  /** Copies what it can without making anybody wait. Throws why it could not. */
  copy(file: string): Promise<void>;
}

export type CheckpointReply = { readonly ok: true } | { readonly ok: false; readonly reason: string };

/** A pass copies what was committed when it began; the next one has only what came meanwhile. */
const PASSES = 4;
/** With so few frames left another pass is not worth its two waits for the disk. */
const FEW_FRAMES = 32;

/**
 * Copies in this thread, by a connection of its own: readers and writers go on meanwhile (a passive checkpoint waits for nobody). The connection does
 * not outlive the call, so that it holds no file that the engine wants to put aside.
 */
export function checkpointHere(file: string): void {
  const database = new Database(file, { fileMustExist: true, timeout: 0 });
  try {
    // the log must have reached the disk before the main file is changed, and the main file before the log begins anew
    database.pragma('synchronous = FULL');
    for (let pass = 0; pass < PASSES; pass += 1) {
      checkpoint(database, 'PASSIVE');
      const { frames, copied } = lengthOf(database);
      if (frames - copied <= FEW_FRAMES) return;
    }
  } finally {
    database.close();
  }
}

/** How long the log of this database is, without copying anything. */
export function lengthOf(database: Database.Database): LogLength {
  return checkpoint(database, 'NOOP');
}

/** Runs one checkpoint on this connection, in this thread. */
export function checkpoint(database: Database.Database, mode: 'NOOP' | 'PASSIVE'): LogLength {
  // the columns of this pragma, see SQLite's documentation
  const [row] = database.pragma(`wal_checkpoint(${mode})`) as { readonly log: number; readonly checkpointed: number }[];
  // both are -1 where there is no log
  return { frames: Math.max(0, row?.log ?? 0), copied: Math.max(0, row?.checkpointed ?? 0) };
}

/** The thread ends when it had nothing to do for so long, and takes its memory with it. */
const IDLE_MS = 20_000;

/** Copies in a thread of its own, which is there while there is something to copy. */
export function checkpointInWorker(workerFile: string | URL, idleMs = IDLE_MS): CheckpointWork {
  return new CheckpointThread(workerFile, idleMs);
}

class CheckpointThread implements CheckpointWork {
  private readonly workerFile: string | URL;
  private readonly idleMs: number;
  private worker: Worker | null = null;
  private running: Promise<void> = Promise.resolve();
  private idle: NodeJS.Timeout | null = null;

  constructor(workerFile: string | URL, idleMs: number) {
    this.workerFile = workerFile;
    this.idleMs = idleMs;
  }

  async copy(file: string): Promise<void> {
    const before = this.running;
    const run = before.then(async () => this.ask(file));
    this.running = run.catch(() => undefined);
    return run;
  }

  private async ask(file: string): Promise<void> {
    if (this.idle !== null) clearTimeout(this.idle);
    this.idle = null;
    const worker = (this.worker ??= this.begin());
    // while it copies, somebody may be waiting for nothing else: a program does not end under them
    worker.ref();
    try {
      await new Promise<void>((resolve, reject) => {
        const ended = (error?: Error): void => {
          worker.off('message', heard);
          worker.off('error', ended);
          worker.off('exit', gone);
          if (error === undefined) resolve();
          else reject(error);
        };
        const heard = (reply: CheckpointReply): void => ended(reply.ok ? undefined : new Error(reply.reason));
        const gone = (code: number): void => ended(new Error(`the thread of checkpoints ended with code ${String(code)}`));
        worker.on('message', heard);
        worker.on('error', ended);
        worker.on('exit', gone);
        // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port between threads has no origin
        worker.postMessage(file);
      });
    } finally {
      worker.unref();
      this.idle = setTimeout(() => void this.end(), this.idleMs);
      this.idle.unref();
    }
  }

  private begin(): Worker {
    const worker = new Worker(this.workerFile, { name: 'checkpoint', env: {}, execArgv: [] });
    worker.on('error', () => undefined);
    worker.once('exit', () => {
      if (this.worker === worker) this.worker = null;
    });
    worker.unref();
    return worker;
  }

  private async end(): Promise<void> {
    if (this.idle !== null) clearTimeout(this.idle);
    this.idle = null;
    await this.worker?.terminate();
  }

  /** Waits for the copying that goes on: a thread that is ended inside SQLite would leave its locks. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.running;
    await this.end();
  }
}
