import { Worker } from 'node:worker_threads';
import type { YearCheck } from '../../../shared/domain/coverage/coverage.ts';
import type { Plan } from '../../../shared/domain/coverage/plan.ts';
import type { Roster } from '../../../shared/domain/coverage/roster.ts';
import { yearCheck } from '../../../shared/domain/coverage/year-check.ts';
import type { YearOptions } from '../../../shared/domain/coverage/year-check.ts';
import type { Instant } from '../../../shared/domain/time.ts';

/** What a year is checked by; goes to the worker as it is. */
export interface YearQuestion extends YearOptions {
  readonly roster: Roster;
  readonly plan: Plan;
  readonly from: Instant;
}

/** Checks a year without keeping the engine from anything else: a large team takes about a second. */
export type YearChecker = (question: YearQuestion) => Promise<YearCheck>;

/** Answers of the worker. */
export type YearReply = { readonly ok: true; readonly value: YearCheck } | { readonly ok: false; readonly reason: string };

/** A checker with a worker thread for each question; there are few of them, and none is kept waiting for the next. */
export function checkYearInWorker(workerFile: string): YearChecker {
  return (question) =>
    new Promise((resolve, reject) => {
      const worker = new Worker(workerFile, { workerData: question });
      worker.once('message', (reply: YearReply) => {
        if (reply.ok) resolve(reply.value);
        else reject(new Error(reply.reason));
        void worker.terminate();
      });
      worker.once('error', reject);
      // After an answer this changes nothing any more.
      worker.once('exit', (code) => reject(new Error(`the year was not checked: the worker ended with code ${String(code)}`)));
    });
}

/** A checker in this thread, for tests and for the engine without the app. */
export function checkYearHere({ roster, plan, from, ...options }: YearQuestion): Promise<YearCheck> {
  return Promise.resolve(yearCheck(roster, plan, from, options));
}
