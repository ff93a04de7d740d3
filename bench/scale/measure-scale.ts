import { join } from 'node:path';
import { openDesk } from './desk.ts';
import type { Desk, HeardStatement } from './desk.ts';
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
  /** The same right after a claim, which every list and count has to follow. */
  readonly afterChange: readonly Figure[];
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
  const afterChange: Figure[] = [];
  for (const [name, call, input] of FOLLOWED)
    afterChange.push(
      await figure(
        desk,
        name,
        Math.min(calls, 100),
        call,
        () => input,
        () => 1,
        touch,
      ),
    );
  return { about, noise, pages, counts, afterChange, threads, searches };
}

const FOLLOWED = [
  ['all views', 'cases.counts', {}],
  [`${COUNTED_FILTERS.length} filters`, 'cases.countFilters', { filters: COUNTED_FILTERS, zone: 'Europe/Lisbon' }],
  ['unassigned', 'cases.list', { view: 'unassigned', sort: 'runway', limit: 200 }],
  ['all', 'cases.list', { view: 'all', sort: 'newest', limit: 200 }],
] as const;

const TOUCH = `UPDATE cases SET unread = unread WHERE id IN
  (SELECT id FROM cases INDEXED BY cases_newest WHERE merged_into IS NULL ORDER BY last_message_at DESC LIMIT 3)`;

/** A commit about three cases that leaves every row as it was: the workspace is only read here. */
function touch({ opened: { store } }: Desk): void {
  store.write((tx) => tx.run(TOUCH));
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
  before: (asked: Desk) => void = () => undefined,
): Promise<Figure> {
  const engine: number[] = [];
  const bare: number[] = [];
  let rows = 0;
  const cpus: number[] = [];
  let heard: readonly HeardStatement[] | null = null;
  let heardFor: unknown = null;
  for (let round = -5; round < calls; round += 1) {
    const asked = input(Math.max(0, round));
    // what is asked of the driver alone is heard once for each question, and only now and then where it takes long
    if (heard === null || JSON.stringify(asked) !== heardFor) heard = await desk.statementsOf(call, asked);
    heardFor = JSON.stringify(asked);
    const statements: readonly HeardStatement[] = heard;
    before(desk);
    const cpu = process.cpuUsage();
    const begun = performance.now();
    const value = await desk.ask(call, asked);
    const between = performance.now();
    const { user, system } = process.cpuUsage(cpu);
    const bareBegun = performance.now();
    const isBare = isBareWanted(bare);
    if (isBare) for (const statement of statements) statement.run();
    const ended = performance.now();
    rows = Math.max(rows, count(value));
    if (round < 0) continue;
    cpus.push((user + system) / 1000);
    engine.push(between - begun);
    if (isBare) bare.push(ended - bareBegun);
  }
  return { name, rows, engine: spreadOf(engine), cpu: spreadOf(cpus), bare: spreadOf(bare) };
}

/** So long the driver alone may take for one question in all: the baseline of what is remembered reads everything each time. */
const BARE_MS = 1_500;

function isBareWanted(bare: readonly number[]): boolean {
  return bare.length < 10 || bare.reduce((sum, each) => sum + each, 0) < BARE_MS;
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
