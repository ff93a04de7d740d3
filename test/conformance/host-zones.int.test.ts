import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { describe, expect, test } from 'vitest';

const script = path.resolve(import.meta.dirname, '../../scripts/conformance.mjs');

function runOn(hostZone: string, ...args: readonly string[]): { readonly code: number | null; readonly last: string; readonly output: string } {
  const run = spawnSync(process.execPath, [script, ...args], { encoding: 'utf8', env: { ...process.env, TZ: hostZone } });
  const output = `${run.stdout}${run.stderr}`;
  return { code: run.status, output, last: run.stdout.trim().split('\n').at(-1) ?? '' };
}

describe('npm run conformance', () => {
  test.each([
    'UTC',
    'America/New_York',
    'Europe/London',
    'Australia/Sydney',
    'Pacific/Apia',
    'Asia/Kathmandu',
    'America/St_Johns',
    'Australia/Lord_Howe',
  ])('passes on a machine set to %s', (hostZone) => {
    const { code, last, output } = runOn(hostZone);
    expect(`${output}\n${last}`).toMatch(/\n[1-9]\d* passed, 0 failed$/u);
    expect(code).toBe(0);
  });

  test('fails where there is nothing that it knows', () => {
    const { code, last } = runOn('UTC', import.meta.dirname);
    expect(last).toBe('0 passed, 0 failed');
    expect(code).toBe(1);
  });

  test('fails without a folder', () => {
    expect(runOn('UTC', path.join(import.meta.dirname, 'nowhere')).code).toBe(1);
  });
});
