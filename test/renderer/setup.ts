import type { Config } from '@testing-library/dom';
import { afterEach } from 'vitest';

// Waiting ends when the thing is there, so a busy machine may take its time.
const PATIENT: Partial<Config> = { asyncUtilTimeout: 10_000 };

// Only where there is a page: most tests have none, and loading the library takes longer than many of them.
if (typeof document !== 'undefined') {
  const { configure } = await import('@testing-library/dom');
  configure(PATIENT);
  // hooks of a file come before this one: by now nothing is shown, and what the next test shows is asked of its own engine
  const { liveQueries } = await import('../../src/renderer/bridge/client.ts');
  afterEach(() => liveQueries.forgetUnused());
}
// To happy-dom every Alt is an AltGr; a browser tells them apart.
if (typeof KeyboardEvent !== 'undefined') {
  KeyboardEvent.prototype.getModifierState = function told(this: KeyboardEvent, key: string): boolean {
    const held: Partial<Record<string, boolean>> = { Alt: this.altKey, Control: this.ctrlKey, Meta: this.metaKey, Shift: this.shiftKey };
    return held[key] ?? false;
  };
}
// happy-dom is never idle; a browser is, as soon as nothing else is waiting.
if (typeof document !== 'undefined') {
  const deadline = { didTimeout: false, timeRemaining: () => 50 };
  globalThis.requestIdleCallback = (work) => Number(setTimeout(() => work(deadline), 0));
  globalThis.cancelIdleCallback = (handle) => clearTimeout(handle);
}
