import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { resolve } from 'node:path';
import type { ProbePoint } from '../../src/main/engine/probe.ts';
import type { Answer, CallName, Input, Output } from '../../src/shared/contract/contract.ts';

const HEADLESS = resolve(import.meta.dirname, '../../out/main/headless.js');

/** The built engine in a plain Node process of its own, which can be killed at a step or from outside. */
export interface HeadlessWorkstation {
  ask<Name extends CallName>(name: Name, input: Input<Name>): Promise<Output<Name>>;
  /** Resolves with the signal when the process has ended. */
  readonly ended: Promise<{ readonly code: number | null; readonly signal: string | null }>;
  /** Ends it as quitting does. */
  quit(): Promise<void>;
  /** Ends it at once, as a crash does: no handler runs, no buffer is flushed. */
  kill(): Promise<void>;
}

export interface HeadlessOptions {
  readonly folder: string;
  readonly killAt?: { readonly point: ProbePoint; readonly count: number };
  readonly secrets?: Readonly<Record<string, string>>;
  readonly timings?: Readonly<Record<string, number>>;
  readonly playbookFolder?: string;
}

export async function startHeadless(options: HeadlessOptions): Promise<HeadlessWorkstation> {
  if (!existsSync(HEADLESS)) throw new Error('build first: npm run build');
  const child: ChildProcess = spawn(
    process.execPath,
    [
      HEADLESS,
      JSON.stringify({
        workspacePath: options.folder,
        killAt: options.killAt,
        secrets: options.secrets,
        timings: options.timings,
        playbookFolder: options.playbookFolder,
      }),
    ],
    { stdio: ['pipe', 'pipe', 'pipe'], env: { ...process.env, TZ: 'UTC' } },
  );
  const waiting = new Map<number, { readonly resolve: (value: unknown) => void; readonly reject: (error: Error) => void }>();
  let words = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    words = (words + chunk.toString()).slice(-4_000);
  });
  const ended = new Promise<{ code: number | null; signal: string | null }>((done) => {
    child.once('exit', (code, signal) => {
      for (const each of waiting.values()) each.reject(new Error(`the workstation ended (${signal ?? code}): ${words}`));
      waiting.clear();
      done({ code, signal });
    });
  });
  let last = 0;
  const ready = new Promise<void>((done, failed) => {
    void ended.then(() => failed(new Error(`the workstation did not start: ${words}`)));
    createInterface({ input: child.stdout ?? process.stdin }).on('line', (line) => {
      const message = JSON.parse(line) as { ready?: boolean; id?: number; result?: Answer<CallName> };
      if (message.ready === true) done();
      const caller = waiting.get(message.id ?? 0);
      if (caller === undefined || message.result === undefined) return;
      waiting.delete(message.id ?? 0);
      if (message.result.ok) caller.resolve(message.result.value);
      else caller.reject(new Error(`${message.result.error.code} ${message.result.error.detail}`));
    });
  });
  await ready;
  return {
    ended,
    ask: (name, input) =>
      new Promise((done, failed) => {
        last += 1;
        waiting.set(last, { resolve: done as (value: unknown) => void, reject: failed });
        child.stdin?.write(`${JSON.stringify({ id: last, name, input })}\n`);
      }),
    quit: async () => {
      child.stdin?.end();
      await ended;
    },
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
