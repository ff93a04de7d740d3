import { createHash } from 'node:crypto';
import { loadavg } from 'node:os';

export interface Spread {
  readonly count: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly min: number;
  readonly max: number;
}

export function quantile(sorted: readonly number[], share: number): number {
  if (sorted.length === 0) return Number.NaN;
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

export function spreadOf(values: readonly number[]): Spread {
  const sorted = [...values].sort((left, right) => left - right);
  return {
    count: sorted.length,
    p50: quantile(sorted, 0.5),
    p95: quantile(sorted, 0.95),
    p99: quantile(sorted, 0.99),
    min: sorted[0] ?? Number.NaN,
    max: sorted.at(-1) ?? Number.NaN,
  };
}

/** Milliseconds for a fixed amount of work that touches neither disk nor engine: the same figure on a quiet machine every time. */
export function calibrate(): { readonly ms: number; readonly cpuMs: number; readonly load: number } {
  const block = Buffer.alloc(64 * 1024, 7);
  const times: number[] = [];
  const cpus: number[] = [];
  for (let round = 0; round < 5; round += 1) {
    const cpu = process.cpuUsage();
    const begun = performance.now();
    for (let each = 0; each < 100; each += 1) createHash('sha256').update(block).digest();
    let sum = 0;
    for (let each = 0; each < 4_000_000; each += 1) sum = (sum + each * each) % 65_521;
    if (sum < 0) throw new Error('arithmetic is broken');
    times.push(performance.now() - begun);
    const { user, system } = process.cpuUsage(cpu);
    cpus.push((user + system) / 1000);
  }
  return { ms: spreadOf(times).p50, cpuMs: spreadOf(cpus).p50, load: loadavg()[0] ?? 0 };
}

export interface Cost {
  readonly ms: number;
  /** Of all threads of the process, so also of the garbage collector: what does not depend on other work on the machine. */
  readonly cpuMs: number;
}

/** Does some work, and tells what it cost. */
export function costOf<Value>(work: () => Value): Cost & { readonly value: Value } {
  const cpu = process.cpuUsage();
  const begun = performance.now();
  const value = work();
  const ms = performance.now() - begun;
  const { user, system } = process.cpuUsage(cpu);
  return { value, ms, cpuMs: (user + system) / 1_000 };
}

/** The most memory that this process ever had, in megabytes. */
export function peakRssMb(): number {
  return process.resourceUsage().maxRSS / 1024;
}
