import { join } from 'node:path';
import { openDesk } from './desk.ts';
import type { Desk } from './desk.ts';
import { prepareScale, scaleFolder } from './make-workspace.ts';
import type { PageQuestion } from './questions.ts';
import { COUNTED_FILTERS, FILTERS, ORDER_SEARCH, pageQuestions, SEARCHES } from './questions.ts';
import { calibrate, spreadOf } from '../measure.ts';
import type { Spread } from '../measure.ts';
import { parseQuery } from '../../src/shared/domain/search-text.ts';

/** One question: the engine's whole answer beside the same statements on the driver alone, milliseconds. */
export interface Figure {
  readonly name: string;
  readonly rows: number;
  readonly engine: Spread;
  /** Of the engine's process during one call: what does not depend on other work on the machine. */
  readonly cpu: Spread;
  readonly bare: Spread;
}

export interface ScaleFigures {
  readonly about: Awaited<ReturnType<typeof prepareScale>>;
  readonly noise: readonly ReturnType<typeof calibrate>[];
  readonly pages: readonly Figure[];
  readonly counts: readonly Figure[];
  readonly threads: readonly Figure[];
  readonly searches: readonly Figure[];
}

/** Asks everything that an agent's day asks of the engine, in a workspace that is only read. */
export async function measureScale(root: string, cases: number, calls: number): Promise<ScaleFigures> {
  const about = await prepareScale(root, cases);
  using desk = openDesk(join(scaleFolder(root, cases), 'workspaces', 'main'), about.plan);
  const noise = [calibrate()];
  const pages: Figure[] = [];
  for (const { name, ...question } of pageQuestions())
    pages.push(await figure(desk, name, calls, 'cases.list', () => ({ ...question, limit: 200 }), rowsOfList));
  const zone = 'Europe/Lisbon';
  const counts = [
    await figure(desk, 'all views', calls, 'cases.counts', () => ({})),
    await figure(desk, 'all labels', calls, 'cases.labels', () => ({}), lengthOf),
    await figure(desk, `${COUNTED_FILTERS.length} filters`, calls, 'cases.countFilters', () => ({ filters: COUNTED_FILTERS, zone })),
  ];
  noise.push(calibrate());
  const caseIds = sampleOf(desk, 'SELECT uid AS value FROM cases WHERE id % @step = 1 ORDER BY id DESC', calls);
  const threads = [
    await figure(desk, 'head of a thread', calls, 'cases.detail', (round) => ({ caseId: caseIds[round % caseIds.length] })),
    await figure(desk, 'messages of a thread', calls, 'cases.timeline', (round) => ({ caseId: caseIds[round % caseIds.length] }), lengthOf),
  ];
  const orders = sampleOf(desk, "SELECT subject AS value FROM cases WHERE id % @step = 1 AND instr(subject, 'MX-') > 0", 40).flatMap(
    (subject) => /MX-\d+/u.exec(subject)?.[0] ?? [],
  );
  const searches: Figure[] = [];
  for (const [name, texts] of Object.entries({ ...SEARCHES, [ORDER_SEARCH]: orders }))
    searches.push(await searchFigure(desk, name, texts, calls));
  const [narrow = []] = COUNTED_FILTERS;
  for (const [name, texts] of Object.entries(SEARCHES).filter(([, { length }]) => length === 5))
    searches.push(await searchFigure(desk, `${name}, ${FILTERS[0]}`, texts, calls, { conditions: narrow, zone }));
  noise.push(calibrate());
  return { about, noise, pages, counts, threads, searches };
}

function sampleOf({ opened: { store } }: Desk, sql: string, count: number): readonly string[] {
  return store.read((db) => {
    const cases = db.get<{ last: number }>('SELECT max(id) AS last FROM cases')?.last ?? 1;
    return db.all<{ value: string }>(sql, { step: Math.max(2, Math.floor(cases / count)) }).map(({ value }) => value);
  });
}

const rowsOfList = (value: unknown): number => (value as { readonly rows: readonly unknown[] }).rows.length;
const lengthOf = (value: unknown): number => (value as readonly unknown[]).length;

/** Asks in turns with the statements alone, so that what disturbs one disturbs the other. */
async function figure(
  desk: Desk,
  name: string,
  calls: number,
  call: string,
  input: (round: number) => unknown,
  count: (value: unknown) => number = () => 1,
): Promise<Figure> {
  const engine: number[] = [];
  const bare: number[] = [];
  let rows = 0;
  const cpus: number[] = [];
  for (let round = -5; round < calls; round += 1) {
    const statements = await desk.statementsOf(call, input(Math.max(0, round)));
    const cpu = process.cpuUsage();
    const begun = performance.now();
    const value = await desk.ask(call, input(Math.max(0, round)));
    const between = performance.now();
    const { user, system } = process.cpuUsage(cpu);
    const bareBegun = performance.now();
    for (const statement of statements) statement.run();
    const ended = performance.now();
    rows = Math.max(rows, count(value));
    if (round < 0) continue;
    cpus.push((user + system) / 1000);
    engine.push(between - begun);
    bare.push(ended - bareBegun);
  }
  return { name, rows, engine: spreadOf(engine), cpu: spreadOf(cpus), bare: spreadOf(bare) };
}

/** The baseline of a search is the index's own statement for the same words: its newest 200 messages, unread and unranked. */
async function searchFigure(
  desk: Desk,
  name: string,
  texts: readonly string[],
  calls: number,
  filter?: PageQuestion['filter'],
): Promise<Figure> {
  const engine: number[] = [];
  const bare: number[] = [];
  let rows = 0;
  const cpus: number[] = [];
  for (let round = -texts.length; round < calls; round += 1) {
    const text = texts[(round + texts.length) % texts.length] ?? '';
    const cpu = process.cpuUsage();
    const begun = performance.now();
    const { hits } = await desk.ask<{ readonly hits: readonly unknown[] }>('cases.search', {
      text,
      limit: 50,
      ...(filter === undefined ? {} : { filter }),
    });
    const between = performance.now();
    const { user, system } = process.cpuUsage(cpu);
    const bareBegun = performance.now();
    desk.search.candidates(parseQuery(text), Number.MAX_SAFE_INTEGER, 200);
    const ended = performance.now();
    rows = Math.max(rows, hits.length);
    if (round < 0) continue;
    cpus.push((user + system) / 1000);
    engine.push(between - begun);
    bare.push(ended - bareBegun);
  }
  return { name, rows, engine: spreadOf(engine), cpu: spreadOf(cpus), bare: spreadOf(bare) };
}
