import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ingestDeps } from './data-set.ts';
import { spreadOf } from './measure.ts';
import type { Spread } from './measure.ts';
import { listCases } from '../src/main/engine/store/case-list.store.ts';
import { readPolicies, savePolicy } from '../src/main/engine/store/sla.store.ts';
import { openWorkspace } from '../src/main/engine/store/open-workspace.ts';
import { reevaluateOpen } from '../src/main/engine/usecases/sla-rules.ts';

export interface ReevaluationResult {
  readonly cases: number;
  readonly perSecond: number;
  /** A 200-row page asked for every 20 ms meanwhile: from when it was wanted until it was there, milliseconds. */
  readonly pageMs: Spread;
}

/** Applies new versions of all policies to every open case of the data set, as a lead does, while the inbox is being read. */
export async function measureReevaluation(folder: string): Promise<ReevaluationResult> {
  const copy = join(folder, 'reevaluated');
  rmSync(copy, { recursive: true, force: true });
  cpSync(join(folder, 'workspaces', 'main'), copy, { recursive: true });
  const opened = openWorkspace(copy, Date.now(), () => undefined);
  try {
    const context = ingestDeps(opened);
    context.store.write((tx) => {
      for (const policy of readPolicies(tx)) savePolicy(tx, { ...policy, version: policy.version + 1, effectiveFrom: context.clock.now() });
    });
    context.ledger.forget();
    const waits: number[] = [];
    let wantedAt = performance.now();
    const reading = setInterval(() => {
      opened.store.read((db) => listCases(db, { view: 'all', sort: 'due', limit: 200 }, { me: null, now: context.clock.now() }));
      waits.push(Math.max(0, performance.now() - wantedAt - 20));
      wantedAt = performance.now();
    }, 20);
    const begun = performance.now();
    const cases = await reevaluateOpen(context, { apply: true, signal: new AbortController().signal });
    const seconds = (performance.now() - begun) / 1000;
    clearInterval(reading);
    return { cases, perSecond: cases / seconds, pageMs: spreadOf(waits) };
  } finally {
    opened.store[Symbol.dispose]();
    opened.blobs[Symbol.dispose]();
    rmSync(copy, { recursive: true, force: true });
  }
}
