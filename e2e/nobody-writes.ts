import { makeId } from '../src/shared/domain/ids.ts';
import type { RunningApp } from './electron-app.ts';
import { callEngine } from './engine-port.ts';

/**
 * Takes the channels out of the sample workspace: its customers, who write about once a minute, do so no more, and what is counted changes by
 * what the test does alone.
 */
export async function letNobodyWrite({ page }: RunningApp): Promise<void> {
  const accounts = await callEngine(page, 'accounts.list', {});
  for (const [index, { accountId }] of accounts.entries())
    await callEngine(page, 'accounts.remove', { opId: makeId('op', `quiet-${String(index)}-0000`), accountId });
}
