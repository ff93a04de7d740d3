/** Prints the figures of a run as a table for people. */

/** @param {readonly number[]} values @param {number} share */
export function quantile(values, share) {
  const sorted = values.toSorted((left, right) => left - right);
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))] ?? Number.NaN;
}

const ms = (/** @type {number} */ value) => (value < 10 ? value.toFixed(2) : value.toFixed(0));
const many = (/** @type {number} */ value) => Math.round(value).toLocaleString('en');
const percent = (/** @type {number} */ value) => `${(value * 100).toFixed(value < 0.1 ? 1 : 0)} %`;

/** @param {string} title @param {readonly string[]} head @param {readonly (readonly string[])[]} rows */
export function table(title, head, rows) {
  const widths = head.map((cell, column) => Math.max(cell.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (/** @type {readonly string[]} */ cells) =>
    cells.map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join('  ');
  console.log(`\n${title}\n${line(head)}\n${widths.map((width) => '-'.repeat(width)).join('  ')}`);
  for (const row of rows) console.log(line(row));
}

const VARIANTS = [
  ['bare-50', 'bare inserts of the message rows, 50 a transaction (baseline)'],
  ['bare-one', 'the same in one transaction'],
  ['bare-all', 'bare inserts of the rows of all tables, 50 messages a transaction'],
  ['engine', 'engine, everything, slices of 50'],
  ['engine-no-sources', 'engine, without keeping raw sources'],
];

/** @param {any} results */
function ingestTable({ ingest, messages }) {
  const rounds = (/** @type {string} */ variant) => ingest.filter((/** @type {any} */ each) => each.variant === variant);
  const middle = (/** @type {string} */ variant, /** @type {(each: any) => number} */ of) => quantile(rounds(variant).map(of), 0.5);
  const rate = (/** @type {string} */ variant) => middle(variant, (each) => each.perSecond);
  const cpu = (/** @type {string} */ variant) => middle(variant, (each) => each.cpuMsPerMessage);
  table(
    `Ingest of ${many(messages)} messages (medians of ${String(rounds('engine').length)} interleaved rounds)`,
    ['', 'msgs/s', 'of baseline', 'CPU us/msg', 'of baseline', 'slice p50 ms', 'p95 ms', 'peak RSS MB'],
    VARIANTS.map(([variant = '', label = '']) => [
      label,
      many(rate(variant)),
      percent(rate(variant) / rate('bare-50')),
      many(cpu(variant) * 1000),
      percent(cpu('bare-50') / cpu(variant)),
      variant === 'bare-one' ? '-' : ms(middle(variant, (each) => each.slice.p50)),
      variant === 'bare-one' ? '-' : ms(middle(variant, (each) => each.slice.p95)),
      many(middle(variant, (each) => each.peakRssMb)),
    ]),
  );
}

/** @param {any} results */
function coverageLines({ yearCheck, staffedRunway }) {
  const { baseline: counted, ms: year, cpuMs } = yearCheck;
  console.log(
    `\nYear check, ${String(yearCheck.requirements)} requirements, ${String(yearCheck.agents)} people, ${many(yearCheck.assignments)} assignments: first ${ms(yearCheck.firstMs)} ms, then p50 ${ms(year.p50)}, worst ${ms(year.max)} ms, CPU p50 ${ms(cpuMs.p50)} ms; ${String(yearCheck.regimes)} regimes, ${many(yearCheck.exceptions)} exceptions`,
  );
  console.log(
    `  minute by minute the counting alone takes ${many(counted.yearCpuMs)} ms of CPU (from ${String(counted.days)} days), so ${many(counted.yearCpuMs / cpuMs.p50)} times as much; equal in ${many(counted.agree)} of ${many(counted.minutes)} minutes`,
  );
  const { baseline: single, runways, tables, needsFound } = staffedRunway;
  console.log(
    `Staffed runway of ${many(staffedRunway.cases)} open cases: p50 ${ms(runways.ms.p50)}, worst ${ms(runways.ms.max)} ms, CPU p50 ${ms(runways.cpuMs.p50)} ms; CPU to find their needs ${ms(needsFound.cpuMs.p50)} ms, to make the tables of ${String(staffedRunway.needs)} needs over ${many(staffedRunway.assignments)} assignments ${ms(tables.cpuMs.p50)} ms`,
  );
  console.log(
    `  case by case it takes ${many(single.allCpuMs)} ms of CPU (from ${many(single.cases)} cases): ${many(single.allCpuMs / (runways.cpuMs.p50 + tables.cpuMs.p50))} times as much as with making the tables, ${many(single.allCpuMs / runways.cpuMs.p50)} times as much as without; equal for ${many(single.agree)} of ${many(single.cases)}`,
  );
}

/** @param {any} results */
function triageLines({ triage }) {
  const { first, unchanged, published, boundaryMs, counts } = triage;
  const told = (/** @type {any} */ each) =>
    `${many(each.ms)} ms (CPU ${many(each.cpuMs)}), ${many(each.written)} written, a page meanwhile p50 ${ms(each.pageMs.p50)}, p95 ${ms(each.pageMs.p95)} ms`;
  console.log(
    `\nRunway of ${many(triage.cases)} open cases in the engine, ${String(triage.needs)} needs, ${many(triage.shifts)} published shifts in 13 weeks`,
  );
  console.log(`  the first plan: ${told(first)}\n  nothing changed: ${told(unchanged)}`);
  for (const each of published) console.log(`  five shifts published: ${told(each)}`);
  console.log(`  somebody comes or goes: p50 ${ms(boundaryMs.p50)}, p95 ${ms(boundaryMs.p95)} ms, no case written`);
  table(
    '200-row page by runway, ms',
    [
      'view',
      'by due time, no plan p50',
      'p95',
      'CPU',
      'by runway p50',
      'p95',
      'CPU',
      'ids merged p50',
      'p95',
      'CPU',
      'ids by sorting all p50',
      'p95',
      'CPU',
      'same order',
    ],
    triage.pages.map((/** @type {any} */ page) => [
      `${page.view} (${many(page.total)})`,
      ...[page.due, page.runway, page.merged, page.bySorting].flatMap((spread) => [ms(spread.p50), ms(spread.p95), ms(spread.cpuMs)]),
      page.isEqual ? 'yes' : 'NO',
    ]),
  );
  console.log(`All view counts: without a plan p50 ${ms(counts.before.p50)}, with one p50 ${ms(counts.after.p50)} ms`);
}

/** @param {any} joining */
export function printJoining({ events, cases, rawPerSecond, linkPerSecond, join, snapshot, joinBySnapshot, peakRssMb, claim, fixedWork }) {
  const share = (/** @type {number} */ rate) => percent(rate / rawPerSecond);
  const mb = (/** @type {number} */ bytes) => `${(bytes / 1e6).toFixed(1)} MB`;
  console.log(
    `\nJoining a team: ${many(events)} signed events of ${many(cases)} cases, one server on loopback; fixed work ${ms(fixedWork.ms)} ms (load ${fixedWork.load.toFixed(1)})`,
  );
  console.log(`  pushed by the server, dropped: ${many(rawPerSecond)} events/s (baseline)`);
  console.log(`  through the link, signatures checked, dropped: ${many(linkPerSecond)} events/s (${share(linkPerSecond)})`);
  console.log(
    `  into the tables, all folded: ${many(join.perSecond)} events/s (${share(join.perSecond)}), ${many(join.ms)} ms of which reading ${many(join.readMs)}, CPU of all threads ${many(join.cpuMs)} ms, peak RSS ${many(peakRssMb)} MB`,
  );
  console.log(`  snapshot: made and stored in ${many(snapshot.makeMs)} ms, ${mb(snapshot.bytes)} of ${mb(snapshot.unpackedBytes)}`);
  console.log(
    `  joined by it: ${many(joinBySnapshot.ms)} ms (${many(join.ms / joinBySnapshot.ms)} times as fast), longest pause ${many(joinBySnapshot.longestPauseMs)} ms`,
  );
  table(
    'A claim between two workstations, ms',
    ['', 'p50', 'p95'],
    [
      ['command answered', ms(claim.command.p50), ms(claim.command.p95)],
      ['confirmed by the log', ms(claim.confirmed.p50), ms(claim.confirmed.p95)],
      ['seen by the other', ms(claim.seen.p50), ms(claim.seen.p95)],
      ['bare append and answer (baseline)', ms(claim.append.p50), ms(claim.append.p95)],
    ],
  );
}

/** @param {any} results */
export function printReport(results) {
  const { machine, calibrations, parse, clocks, reevaluation, list, app } = results;
  const loops = calibrations.map((/** @type {any} */ each) => `${each.ms.toFixed(0)} ms (load ${each.load.toFixed(1)})`);
  console.log(
    `\n${machine.cpu}, ${String(machine.cores)} cores, ${String(machine.memoryGb)} GB; ${machine.system}; Node ${machine.node}; ${machine.commit}`,
  );
  console.log(`Fixed work before, between and after: ${loops.join(', ')}. The spread is the machine's noise: compare ratios, not figures.`);
  ingestTable(results);
  console.log(
    `\nParsing raw mail, one thread: ${many(parse.perSecond)} msgs/s, ${parse.mbPerSecond.toFixed(1)} MB/s, p50 ${ms(parse.ms.p50)}, p95 ${ms(parse.ms.p95)}, p99 ${ms(parse.ms.p99)} ms`,
  );
  if (results.indexedPerSecond !== null) console.log(`Search index, when the data set was made: ${many(results.indexedPerSecond)} msgs/s`);

  console.log(
    `\nSLA clocks, ${many(clocks.clocks)} over 6 zones: due ${many(clocks.duePerSecond)}/s, elapsed ${many(clocks.elapsedPerSecond)}/s`,
  );
  for (const each of clocks.baselines)
    console.log(
      `  day by day with ${each.library}: due ${many(each.duePerSecond)}/s, so ${many(clocks.duePerSecond / each.duePerSecond)} times as fast; equal on ${many(each.agree)} of ${many(each.clocks)}`,
    );

  console.log(
    `New policy versions applied to ${many(reevaluation.cases)} open cases: ${many(reevaluation.perSecond)}/s; a 200-row page asked for meanwhile p50 ${ms(reevaluation.pageMs.p50)}, p95 ${ms(reevaluation.pageMs.p95)} ms`,
  );

  coverageLines(results);
  triageLines(results);
  printJoining(results.joining);

  const inApp = (/** @type {any} */ page) =>
    app?.pages.find((/** @type {any} */ each) => each.view === page.view && each.sort === page.sort)?.times;
  table(
    `200-row page of ${many(list.cases)} cases, ms`,
    ['view, sort', 'SQLite p50', 'p95', 'engine p50', 'p95', 'in the page p50', 'p95', 'p99', 'page / SQLite'],
    list.pages.map((/** @type {any} */ page) => {
      const times = inApp(page);
      return [
        `${page.view}, ${page.sort} (${String(page.rows)} of ${many(page.total)})`,
        ms(page.bare.p50),
        ms(page.bare.p95),
        ms(page.engine.p50),
        ms(page.engine.p95),
        ...(times === undefined
          ? ['-', '-', '-', '-']
          : [...[0.5, 0.95, 0.99].map((share) => ms(quantile(times, share))), (quantile(times, 0.5) / page.bare.p50).toFixed(1)]),
      ];
    }),
  );
  console.log(`All view counts in the engine: p50 ${ms(list.counts.p50)}, p95 ${ms(list.counts.p95)} ms`);
  if (app === null) return;
  console.log(`Smallest call from the page and back: p50 ${ms(quantile(app.small, 0.5))}, p95 ${ms(quantile(app.small, 0.95))} ms`);
  const { asked, kept } = app.switches;
  console.log(
    `View switch, click to painted rows: asked from the engine p50 ${ms(quantile(asked, 0.5))}, p95 ${ms(quantile(asked, 0.95))} ms (${String(asked.length)}); kept by the page p50 ${ms(quantile(kept, 0.5))}, p95 ${ms(quantile(kept, 0.95))} ms (${String(kept.length)})`,
  );
  const starts = app.coldStartsMs.map((/** @type {number} */ each) => many(each)).join(', ');
  console.log(
    `\nStart of the process to the first painted row (Electron ${app.runtime?.version ?? '?'}): median ${many(quantile(app.coldStartsMs, 0.5))}, least ${many(Math.min(...app.coldStartsMs))} ms of ${starts}; the first one with a new profile ${many(app.firstStartMs)} ms`,
  );
  memoryTable(app.memory);
  plannerTable(results.planner);
}

/** @param {{ people: number, shifts: number, bars: number, nodes: number, idle: number[], bare: number[], drag: number[] } | null} planner */
function plannerTable(planner) {
  if (planner === null) return;
  const row = (/** @type {string} */ label, /** @type {number[]} */ times) => [
    label,
    many(times.length),
    ...[0.5, 0.95, 0.99, 1].map((share) => ms(quantile(times, share))),
  ];
  table(
    `Frames of the planner's month, ms between them: ${String(planner.people)} people, ${many(planner.shifts)} shifts, of them ${many(planner.bars)} drawn (${many(planner.nodes)} elements)`,
    ['6 s each', 'frames', 'p50', 'p95', 'p99', 'max'],
    [
      row('nothing happens (baseline)', planner.idle),
      row('a plain square moves over the page (baseline)', planner.bare),
      row('a shift is dragged', planner.drag),
    ],
  );
}

/** @param {Record<string, { totalMb: number, processes: { kind: string, pssMb: number }[] }>} memory */
function memoryTable(memory) {
  const moments = Object.keys(memory);
  const kinds = [...new Set(moments.flatMap((moment) => memory[moment]?.processes.map((each) => each.kind) ?? []))].toSorted();
  const sum = (/** @type {string} */ moment, /** @type {string} */ kind) =>
    (memory[moment]?.processes ?? []).filter((each) => each.kind === kind).reduce((total, each) => total + each.pssMb, 0);
  table(
    'Memory, PSS in MB (shared pages divided among those who share them)',
    ['process', ...moments.map((moment) => (moment === 'idle' ? '3 s after the first row' : 'after calls and switches'))],
    [
      ...kinds.map((kind) => [kind, ...moments.map((moment) => many(sum(moment, kind)))]),
      ['all', ...moments.map((moment) => many(memory[moment]?.totalMb ?? 0))],
    ],
  );
}
