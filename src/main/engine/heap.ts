import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createAtRest } from '../../shared/domain/at-rest.ts';

/** Nobody is kept waiting by what follows when nothing was asked for so long. */
const REST_MS = 30_000;

type Collect = (options: { readonly type: 'major'; readonly execution: 'async' }) => unknown;

/**
 * Gives back what is not needed any more when nothing has been asked for a while: V8 clears away when its heap has grown by a part, so what a start
 * or a busy minute has left would stay for as long as the desk is quiet. It takes some 30 ms.
 * @returns is called whenever something is asked
 */
export function giveBackAtRest(): () => void {
  // the only way to what V8 calls `gc` in a process whose command line is not ours
  setFlagsFromString('--expose-gc');
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- V8 has just been told to make it
  const collect = runInNewContext('gc') as Collect;
  return createAtRest(() => void collect({ type: 'major', execution: 'async' }), REST_MS, {
    nowMs: () => performance.now(),
    startTimer: (run, ms) => void setTimeout(run, ms).unref(),
  });
}
