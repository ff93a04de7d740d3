import { emailError } from './email-errors.ts';

/** Throws the error that means "we were told to stop". */
export function throwIfAborted(signal: AbortSignal): void {
  if (signal.aborted) throw emailError('cancelled', 'stopped');
}

/**
 * Settles as `work` does, unless `ms` pass or the signal aborts first: then `release` is called (it has to make `work` end,
 * by closing what it waits for) and a `timeout` or `cancelled` error is thrown.
 */
export async function withDeadline<T>(
  work: Promise<T>,
  options: { ms: number; signal: AbortSignal; what: string; release: () => void },
): Promise<T> {
  const { ms, signal, what, release } = options;
  let timer: NodeJS.Timeout | undefined;
  let onAbort = (): void => {};
  const interrupted = new Promise<never>((_resolve, reject) => {
    onAbort = () => reject(emailError('cancelled', 'stopped'));
    timer = setTimeout(() => reject(emailError('timeout', `${what}: no answer within ${Math.round(ms / 100) / 10} s`)), ms);
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
  });
  // whoever loses the race still settles, and nobody listens any more
  work.catch(() => {});
  interrupted.catch(() => {});
  let isSettled = false;
  try {
    const value = await Promise.race([work, interrupted]);
    isSettled = true;
    return value;
  } catch (error) {
    isSettled = await isAlreadySettled(work);
    throw error;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
    if (!isSettled) release();
  }
}

async function isAlreadySettled(work: Promise<unknown>): Promise<boolean> {
  const pending = Symbol('pending');
  const settled = work.then(
    () => true,
    () => true,
  );
  return (await Promise.race([settled, Promise.resolve(pending)])) !== pending;
}
