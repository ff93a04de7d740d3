import { Worker } from 'node:worker_threads';
import { extractAttachment, parseMail, unparsedMail } from './mime/parse-mail.ts';
import { defaultParseLimits } from './mime/parsed-mail.ts';
import type { MailParser, ParsedMail, ParseLimits } from './mime/parsed-mail.ts';
import type { WorkerReply, WorkerRequest } from './parse-protocol.ts';

export interface ParsePoolOptions {
  /** The bundled worker (`out/main/parse-worker.js`). */
  readonly workerFile: string | URL;
  readonly limits?: ParseLimits;
  /** Time for one mail, from the moment the worker takes it. */
  readonly deadlineMs?: number;
  /** JavaScript heap of the worker; buffers come on top. */
  readonly heapMb?: number;
}

const DEADLINE_MS = 20_000;
const HEAP_MB = 512;

type Task = { readonly raw: Uint8Array; readonly fail: (error: Error) => void } & (
  | { readonly kind: 'parse'; readonly done: (mail: ParsedMail) => void }
  | { readonly kind: 'extract'; readonly index: number; readonly done: (bytes: Uint8Array) => void }
);

type Running = { readonly id: number; readonly task: Task; readonly deadline: NodeJS.Timeout };

/**
 * Parses mail in one worker thread, one mail at a time. A mail that takes too long or brings the worker down comes back as
 * `unparsed`, and a new worker takes the next one: hostile mail costs its own deadline and nothing else.
 *
 * Calls reject only when the pool is closed, when the worker file cannot be loaded (so that no mail is stored as unreadable
 * because of a broken installation), and `extract` when there is no such attachment or it could not be read in time.
 */
export class ParsePool implements MailParser {
  readonly #options: ParsePoolOptions;
  readonly #limits: ParseLimits;
  readonly #waiting: Task[] = [];
  #running: Running | null = null;
  #worker: Worker | null = null;
  #isReady = false;
  #isClosed = false;
  #nextId = 1;

  constructor(options: ParsePoolOptions) {
    this.#options = options;
    this.#limits = options.limits ?? defaultParseLimits;
  }

  async parse(raw: Uint8Array): Promise<ParsedMail> {
    return new Promise((done, fail) => {
      this.#enqueue({ kind: 'parse', raw, done, fail });
    });
  }

  async extract(raw: Uint8Array, index: number): Promise<Uint8Array> {
    return new Promise((done, fail) => {
      this.#enqueue({ kind: 'extract', raw, index, done, fail });
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isClosed = true;
    const worker = this.#worker;
    this.#worker = null;
    const abandoned = this.#running === null ? this.#waiting.splice(0) : [this.#running.task, ...this.#waiting.splice(0)];
    if (this.#running !== null) clearTimeout(this.#running.deadline);
    this.#running = null;
    for (const task of abandoned) task.fail(new Error('the mail parser is closed'));
    await worker?.terminate();
  }

  #enqueue(task: Task): void {
    if (this.#isClosed) {
      task.fail(new Error('the mail parser is closed'));
      return;
    }
    this.#waiting.push(task);
    this.#next();
  }

  #next(): void {
    if (this.#running !== null || this.#isClosed) return;
    const task = this.#waiting.shift();
    if (task === undefined) return;
    const worker = (this.#worker ??= this.#start());
    const id = this.#nextId;
    this.#nextId += 1;
    const deadline = setTimeout(() => this.#abandon('timeout'), this.#options.deadlineMs ?? DEADLINE_MS);
    this.#running = { id, task, deadline };
    // the caller keeps its bytes (they may be a view on a socket's buffer), so a copy is given away
    const raw = Uint8Array.from(task.raw);
    const request: WorkerRequest =
      task.kind === 'parse'
        ? { kind: 'parse', id, raw, limits: this.#limits }
        : { kind: 'extract', id, raw, limits: this.#limits, index: task.index };
    worker.postMessage(request, [raw.buffer]);
  }

  #start(): Worker {
    const worker = new Worker(this.#options.workerFile, {
      resourceLimits: { maxOldGenerationSizeMb: this.#options.heapMb ?? HEAP_MB, stackSizeMb: 4 },
      // nothing of the engine's environment concerns the parser
      env: {},
      execArgv: [],
    });
    this.#isReady = false;
    worker.on('message', (reply: WorkerReply) => {
      if (worker === this.#worker) this.#receive(reply);
    });
    worker.on('error', () => this.#lose(worker));
    worker.on('exit', () => this.#lose(worker));
    return worker;
  }

  #receive(reply: WorkerReply): void {
    if (reply.kind === 'ready') {
      this.#isReady = true;
      return;
    }
    const running = this.#running;
    if (running === null || running.id !== reply.id) return;
    this.#settle();
    if (reply.kind === 'parsed' && running.task.kind === 'parse') running.task.done(reply.mail);
    else if (reply.kind === 'extracted' && running.task.kind === 'extract') running.task.done(reply.bytes);
    else running.task.fail(new RangeError(reply.kind === 'missing' ? reply.message : 'the mail parser answered another question'));
    this.#next();
  }

  /** The worker ended by itself: out of memory, or a bug. */
  #lose(worker: Worker): void {
    if (worker !== this.#worker) return;
    this.#abandon('worker-crashed');
  }

  /** Gives up the current mail and the worker that holds it. */
  #abandon(cause: 'timeout' | 'worker-crashed'): void {
    const running = this.#running;
    const worker = this.#worker;
    const wasReady = this.#isReady;
    this.#worker = null;
    this.#settle();
    void worker?.terminate();
    if (running !== null) {
      if (!wasReady) running.task.fail(new Error('the mail parser could not be started'));
      else if (running.task.kind === 'parse') running.task.done(unparsedMail(running.task.raw, cause));
      else running.task.fail(new Error(`attachment not read: ${cause}`));
    }
    this.#next();
  }

  #settle(): void {
    if (this.#running !== null) clearTimeout(this.#running.deadline);
    this.#running = null;
  }
}

/** A parser in the caller's own thread, for tests and tools: no deadline, no protection from crashes. */
export function createInlineParser(limits: ParseLimits = defaultParseLimits): MailParser {
  return {
    parse: async (raw) => Promise.resolve(parseMail(raw, limits)),
    extract: async (raw, index) => Promise.resolve().then(() => extractAttachment(raw, index, limits)),
    [Symbol.asyncDispose]: async () => Promise.resolve(),
  };
}
