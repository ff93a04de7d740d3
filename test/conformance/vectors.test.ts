import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { runVectors } from './vectors.ts';

const folder = path.resolve(import.meta.dirname, '../../conformance');

describe('conformance', () => {
  const reports = readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => runVectors(name, readFileSync(path.join(folder, name), 'utf8')));

  test.each(reports.filter((report) => report.isKnown).map((report) => [report.file, report] as const))('%s', (_file, report) => {
    expect(report.failures).toEqual([]);
    expect(report.passed).toBe(240);
  });

  test('evaluates every file that it should', () => {
    expect(reports.filter((report) => report.isKnown).map((report) => report.file)).toEqual(['calendars.json', 'contention.json', 'coverage.json', 'shifts.json', 'sla.json', 'staffing.json', 'zones.json']);
  });
});

describe('the runner', () => {
  const zone = { zone: 'Europe/Berlin', local: '2026-03-29T02:30', kind: 'gap' };
  const right = { ...zone, earlier: '2026-03-29T00:30:00Z', later: '2026-03-29T01:30:00Z', compatible: '2026-03-29T01:30:00Z' };

  test('passes a row that is right', () => {
    expect(runVectors('zones.json', JSON.stringify([right]))).toMatchObject({ isKnown: true, passed: 1, failures: [] });
  });

  test('names a row that is wrong, and goes on', () => {
    const wrong = { ...right, compatible: '2026-03-29T00:30:00Z' };
    const report = runVectors('zones.json', JSON.stringify([wrong, right]));
    expect(report.passed).toBe(1);
    expect(report.failures).toHaveLength(1);
    expect(report.failures[0]).toContain('zones.json row 0 (Europe/Berlin 2026-03-29T02:30)');
  });

  test('fails what it can not read', () => {
    expect(runVectors('zones.json', JSON.stringify([{ zone: 'Mars/Olympus', local: '2026-01-01T00:00' }])).failures).toHaveLength(1);
    expect(runVectors('zones.json', '{}').failures).toHaveLength(1);
    expect(runVectors('zones.json', '[').failures).toHaveLength(1);
  });

  test('tells files it does not know', () => {
    expect(runVectors('moons.json', '[]')).toMatchObject({ isKnown: false, passed: 0, failures: [] });
  });
});
