// @vitest-environment happy-dom
import { describe, expect, test } from 'vitest';
import { instant } from '../../shared/domain/time.ts';
import { ClockStore, nextMinute } from './clock-store.ts';
import type { ClockWorld } from './clock-store.ts';

/** A world whose time is moved by hand. Keeps at most one timer, as the store promises. */
class HandWorld implements ClockWorld {
  at = 1_000_000;
  hidden = false;
  timersStarted = 0;
  timer: { readonly dueAt: number; readonly run: () => void } | null = null;
  #onVisibility: () => void = () => undefined;

  now(): number {
    return this.at;
  }
  startTimer(run: () => void, ms: number): () => void {
    if (this.timer !== null) throw new Error('more than one timer at a time');
    this.timersStarted += 1;
    this.timer = { dueAt: this.at + ms, run };
    return () => {
      this.timer = null;
    };
  }
  isHidden(): boolean {
    return this.hidden;
  }
  onVisibilityChange(run: () => void): void {
    this.#onVisibility = run;
  }
  show(isShown: boolean): void {
    this.hidden = !isShown;
    this.#onVisibility();
  }
  /** Lets time pass, firing the timer when it is due. */
  pass(ms: number): void {
    const end = this.at + ms;
    while (this.timer !== null && this.timer.dueAt <= end) {
      const { dueAt, run } = this.timer;
      this.at = dueAt;
      this.timer = null;
      run();
    }
    this.at = end;
  }
}

describe('the clock store', () => {
  test('wakes each consumer at its own time, with one timer', () => {
    const world = new HandWorld();
    const clock = new ClockStore(world);
    const woken: string[] = [];
    clock.add(instant(world.at + 500), () => woken.push('b'));
    clock.add(instant(world.at + 200), () => woken.push('a'));
    world.pass(199);
    expect(woken).toEqual([]);
    world.pass(1);
    expect(woken).toEqual(['a']);
    world.pass(300);
    expect(woken).toEqual(['a', 'b']);
    expect(world.timer).toBeNull();
  });

  test('sleeps when nothing on screen changes, and after the last consumer is gone', () => {
    const world = new HandWorld();
    const clock = new ClockStore(world);
    clock.add(null, () => undefined);
    expect(world.timer).toBeNull();
    const remove = clock.add(instant(world.at + 100), () => undefined);
    expect(world.timer?.dueAt).toBe(world.at + 100);
    remove();
    expect(world.timer).toBeNull();
  });

  test('does nothing while hidden and catches up at once when seen again', () => {
    const world = new HandWorld();
    const clock = new ClockStore(world);
    let count = 0;
    clock.add(instant(world.at + 100), () => {
      count += 1;
    });
    world.show(false);
    expect(world.timer).toBeNull();
    world.pass(10_000);
    expect(count).toBe(0);
    world.show(true);
    expect(count).toBe(1);
  });

  test('sleeps in portions when the next change is far away', () => {
    const world = new HandWorld();
    const clock = new ClockStore(world);
    let wokenAt = 0;
    const far = instant(world.at + 3 * 24 * 60 * 60_000);
    clock.add(far, () => {
      wokenAt = world.at;
    });
    world.pass(4 * 24 * 60 * 60_000);
    expect(wokenAt).toBe(far);
    expect(world.timersStarted).toBe(6);
  });
});

test('the next minute is always ahead', () => {
  expect(nextMinute(instant(60_000))).toBe(120_000);
  expect(nextMinute(instant(119_999))).toBe(120_000);
});
