import { MessageChannelMain, utilityProcess } from 'electron';
import type { MessagePortMain, UtilityProcess } from 'electron';
import type { EngineStart, EngineToShell, ShellEvent, ShellToEngine } from '../../shared/contract/shell.contract.ts';
import { RestartPolicy } from './restart-policy.ts';
import { describe } from './shell-log.ts';
import type { ShellLog } from './shell-log.ts';

/** What the engine's process needs of the shell. */
export interface EngineProcessOptions {
  /** The built entry of the engine. */
  readonly modulePath: string;
  readonly log: ShellLog;
  /** Asked at every start: workspace and language may have changed. */
  start(): EngineStart;
  answer(name: string, input: unknown): Promise<unknown>;
  /** Takes one end of a new channel to the page; false while there is no page that asked for one. */
  givePageItsPort(port: MessagePortMain): boolean;
  onReady(bootMs: number): void;
  /** The engine can not open its data and says why. It is not started again by itself. */
  onFatal(code: string, detail: string): void;
  /** The engine ended three times in a row; `lastWords` is the end of what it printed. */
  onGaveUp(lastWords: string): void;
}

const STOP_LIMIT_MS = 5_000;
const LAST_WORDS_LENGTH = 4_000;

/**
 * The engine, in a process of its own, from start to stop: it is started again when it crashes, and whenever it starts the
 * page gets a new direct channel to it.
 */
export class EngineProcess {
  readonly #options: EngineProcessOptions;
  readonly #policy = new RestartPolicy();
  #child: UtilityProcess | null = null;
  #isReady = false;
  #isStopping = false;
  #hasFailed = false;
  #restart: NodeJS.Timeout | undefined;
  #lastWords = '';
  /** Events that came while no engine ran, such as the link that the app was opened with. */
  #held: ShellEvent[] = [];

  constructor(options: EngineProcessOptions) {
    this.#options = options;
  }

  /** Whether the engine that runs now has said that it is ready. */
  get isReady(): boolean {
    return this.#isReady;
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** Starts the engine unless it runs. After a failure this is the next try. */
  start(): void {
    clearTimeout(this.#restart);
    if (this.#child !== null) return;
    this.#isStopping = false;
    this.#hasFailed = false;
    this.#lastWords = '';
    const child = utilityProcess.fork(this.#options.modulePath, [JSON.stringify(this.#options.start())], {
      serviceName: 'Meridian engine',
      stdio: 'pipe',
      env: engineEnvironment(),
    });
    this.#child = child;
    child.stdout?.on('data', (chunk: Buffer) => process.stdout.write(chunk));
    child.stderr?.on('data', (chunk: Buffer) => {
      process.stderr.write(chunk);
      this.#lastWords = (this.#lastWords + chunk.toString('utf8')).slice(-LAST_WORDS_LENGTH);
    });
    child.on('message', (message: EngineToShell) => {
      if (child === this.#child) this.#receive(message);
    });
    child.once('exit', (code) => {
      this.#onExit(child, code);
    });
    this.connectPage();
  }

  /** A person asked for another try after a failure. */
  retry(): void {
    this.#policy.reset();
    this.start();
  }

  /** Makes a new channel between the page and the engine, if both are there. Called whenever the page loads. */
  connectPage(): void {
    if (this.#child === null) return;
    const { port1, port2 } = new MessageChannelMain();
    if (!this.#options.givePageItsPort(port2)) return;
    this.#post({ t: 'connect-page' }, [port1]);
  }

  /** Tells the engine a fact; kept until it is ready. */
  sendEvent(event: ShellEvent): void {
    if (this.#child !== null && this.#isReady) this.#post({ t: 'event', event });
    else this.#held.push(event);
  }

  /** For end-to-end tests: the engine's clock runs ahead of the machine's by this much from now on. */
  moveClock(aheadMs: number): void {
    this.#post({ t: 'move-clock', aheadMs });
  }

  /** Asks the engine to end and waits until it has; after five seconds it is ended. */
  async stop(): Promise<void> {
    clearTimeout(this.#restart);
    this.#isStopping = true;
    const child = this.#child;
    if (child === null) return;
    await new Promise<void>((resolve) => {
      const limit = setTimeout(() => {
        this.#options.log.warn(`the engine did not stop within ${String(STOP_LIMIT_MS)} ms and was ended`);
        child.kill();
      }, STOP_LIMIT_MS);
      child.once('exit', () => {
        clearTimeout(limit);
        resolve();
      });
      this.#post({ t: 'stop' });
    });
  }

  #receive(message: EngineToShell): void {
    switch (message.t) {
      case 'ready':
        this.#isReady = true;
        this.#options.log.info(`engine ready after ${String(Math.round(message.bootMs))} ms`);
        this.#options.onReady(message.bootMs);
        for (const event of this.#held.splice(0)) this.#post({ t: 'event', event });
        return;
      case 'fatal':
        this.#hasFailed = true;
        this.#options.log.warn(`the engine can not go on: ${message.code}`, message.detail);
        this.#options.onFatal(message.code, message.detail);
        return;
      case 'request':
        void this.#answer(message.id, message.name, message.input);
    }
  }

  async #answer(id: number, name: string, input: unknown): Promise<void> {
    const child = this.#child;
    let reply: ShellToEngine;
    try {
      reply = { t: 'response', id, ok: true, value: await this.#options.answer(name, input) };
    } catch (error) {
      this.#options.log.warn(`request ${name} failed`, error);
      reply = { t: 'response', id, ok: false, error: error instanceof Error ? error.message : String(error) };
    }
    // an engine that was started meanwhile counts its requests anew
    if (child !== null && child === this.#child) this.#post(reply);
  }

  #onExit(child: UtilityProcess, code: number): void {
    if (child !== this.#child) return;
    this.#child = null;
    this.#isReady = false;
    if (this.#isStopping) return;
    this.#options.log.warn(`the engine ended with code ${String(code)}`);
    if (this.#hasFailed) return;
    const decision = this.#policy.onCrash(performance.now());
    if (decision.kind === 'give-up') {
      this.#options.onGaveUp(this.#lastWords.trim() === '' ? `exit code ${String(code)}` : this.#lastWords.trim());
      return;
    }
    this.#restart = setTimeout(() => {
      this.start();
    }, decision.delayMs);
  }

  #post(message: ShellToEngine, ports: MessagePortMain[] = []): void {
    try {
      this.#child?.postMessage(message, ports);
    } catch (error) {
      this.#options.log.warn(`could not tell the engine ${message.t}`, describe(error));
    }
  }
}

/** The engine computes in UTC; options meant for another Node process are not for it. */
function engineEnvironment(): Record<string, string> {
  const env: Record<string, string> = {};
  for (const [name, value] of Object.entries(process.env)) {
    if (value !== undefined && name !== 'NODE_OPTIONS' && name !== 'ELECTRON_RUN_AS_NODE') env[name] = value;
  }
  return { ...env, TZ: 'UTC' };
}
