import { parentPort, workerData } from 'node:worker_threads';
import type { YearQuestion, YearReply } from './year-checker.ts';
import { yearCheck } from '../../../shared/domain/coverage/year-check.ts';

// Entry of the worker thread: checking a year is synchronous and long, and the inbox must not wait for it.

const port = parentPort;
if (port === null) throw new Error('year.worker runs in a worker thread only');

function answer(): YearReply {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the engine wrote it
  const { roster, plan, from, ...options } = workerData as YearQuestion;
  try {
    return { ok: true, value: yearCheck(roster, plan, from, options) };
  } catch (error) {
    return { ok: false, reason: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

port.postMessage(answer());
