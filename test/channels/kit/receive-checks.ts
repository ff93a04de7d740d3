import { createIo } from './kit-io.ts';
import type { Check, Scene } from './checks.ts';
import type { Driver } from './peer.ts';
import { until } from './station.ts';
import type { Station } from './station.ts';
import type { ProbePoint } from '../../../src/main/engine/probe.ts';

const NEVER = new AbortController().signal;

function takesEdits({ capabilities, reasons }: Driver): string | null {
  const has = (way: string): boolean => way === 'in' || way === 'both';
  if (has(capabilities.edits) || has(capabilities.deletes)) return null;
  return `neither edits nor deletions come in: ${reasons.edit ?? 'edits'}, ${reasons.remove ?? 'deletions'} (capabilities)`;
}

async function said(scene: Scene, ...names: readonly string[]): Promise<readonly string[]> {
  const words = names.map((name) => scene.words(name));
  for (const text of words) await scene.peer.inject({ text });
  return words;
}

/** The process ends at a step and another one takes over what it left on disk. */
async function crashedAt(scene: Scene, point: ProbePoint): Promise<void> {
  const words = await said(scene, `${point} a`, `${point} b`);
  const victim = await scene.station({ crashAt: point });
  const folder = await victim.crashed;
  await victim[Symbol.asyncDispose]();
  const next = await scene.station({ folder });
  await next.has(...words);
  await next[Symbol.asyncDispose]();
}

async function notLive(station: Station, deadlineMs: number): Promise<number> {
  const begun = Date.now();
  await until(async () => (await station.row()).state !== 'live', 'the channel says that it is not live', deadlineMs);
  return Date.now() - begun;
}

async function lineGoes(scene: Scene, timings: 'quick' | 'production', deadlineMs: number): Promise<void> {
  const station = await scene.station({ connector: { timings } });
  // a channel that is asked every minute or two is asked now
  const comes = async (words: readonly string[]): Promise<void> => {
    if (scene.driver.capabilities.ingest === 'poll')
      await until(
        async () => {
          await station.nudge();
          return words.every((each) => station.messages(each).length > 0);
        },
        `${words.join(', ')} came`,
      );
    await station.has(...words);
  };
  await station.live();
  await comes(await said(scene, 'before'));
  scene.peer.dropTcp();
  await comes(await said(scene, 'after a reset'));
  await station.live();
  scene.peer.blackHole();
  const missed = await said(scene, 'in the dark');
  const noticedMs = await notLive(station, deadlineMs);
  if (timings === 'production') scene.note(`a dead line was noticed after ${(noticedMs / 1_000).toFixed(1)} s`);
  await scene.peer.restore();
  await station.nudge();
  await until(async () => {
    await station.nudge();
    return station.messages(missed[0] ?? '').length > 0;
  }, 'what was missed came');
  await station.has(...missed);
  await station.live();
}

async function idle(scene: Scene, cycles: number): Promise<void> {
  await said(scene, 'only one');
  const io = createIo();
  await using connector = scene.peer.connector(io.io);
  await connector.connect(NEVER);
  let cursor: string | null = null;
  for (let more = true; more;) {
    const batch = await connector.pull(cursor, { maxMessages: 10, signal: NEVER });
    ({ cursor, more } = batch);
    await connector.commit?.(batch.cursor);
  }
  const length = cursor?.length ?? 0;
  const heap = process.memoryUsage().heapUsed;
  for (let cycle = 0; cycle < cycles; cycle += 1) {
    const batch = await connector.pull(cursor, { maxMessages: 10, signal: NEVER });
    if (batch.events.some(({ kind }) => kind !== 'seen')) throw new Error(`nothing was new, and something came in cycle ${cycle}`);
    ({ cursor } = batch);
    await connector.commit?.(batch.cursor);
  }
  if (cursor === null || cursor.length > length + 20)
    throw new Error(`the cursor grew from ${length} to ${cursor?.length ?? 0} characters`);
  const grown = process.memoryUsage().heapUsed - heap;
  if (cycles >= 1_000) scene.note(`${cycles} idle cycles, the cursor has ${cursor.length} characters`);
  if (grown > 60_000_000) throw new Error(`memory grew by ${grown} bytes`);
}

export const receiveChecks: readonly Check[] = [
  {
    id: 'C1',
    title: 'cold start: what waited, then live, no gap and no double at the seam',
    without: () => null,
    pace: 'fast',
    run: async (scene) => {
      const waiting = await said(scene, 'waits 1', 'waits 2', 'waits 3', 'waits 4');
      const station = await scene.station();
      const seam = await said(scene, 'at the seam 1', 'at the seam 2', 'at the seam 3');
      await station.live();
      const live = await said(scene, 'live 1', 'live 2');
      await station.has(...waiting, ...seam, ...live);
    },
  },
  {
    id: 'C2',
    title: 'the process ends between fetching, storing and confirming: exactly one row',
    without: () => null,
    pace: 'fast',
    run: async (scene) => {
      for (const point of ['ingest:rows-written', 'ingest:committed'] as const) await crashedAt(scene, point);
    },
  },
  {
    id: 'C2+',
    title: 'the process ends at every other step of receiving',
    without: () => null,
    pace: 'slow',
    run: async (scene) => {
      for (const point of ['ingest:pulled', 'ingest:sources-stored', 'ingest:cursor-acknowledged'] as const) await crashedAt(scene, point);
    },
  },
  {
    id: 'C3',
    title: 'a connection that is reset or dies without a word is noticed, what was missed comes',
    without: () => null,
    pace: 'fast',
    run: async (scene) => lineGoes(scene, 'quick', 16_000),
  },
  {
    id: 'C3+',
    title: 'with the deadlines of the product a dead line is noticed within 30 s',
    // also of what is asked at intervals: it proves between them that the service can be reached
    without: () => null,
    pace: 'slow',
    run: async (scene) => lineGoes(scene, 'production', 30_000),
  },
  {
    id: 'C4',
    title: 'positions of the service begin anew: nothing is lost, doubled or taken for something else',
    without: ({ reasons }) => reasons.resetCursorDomain ?? null,
    pace: 'fast',
    run: async (scene) => {
      const station = await scene.station();
      await station.live();
      const [before = ''] = await said(scene, 'old numbers');
      await station.has(before);
      if (scene.peer.resetCursorDomain === undefined) throw new Error('the driver gives neither a way nor a reason');
      await scene.peer.resetCursorDomain();
      const [after = ''] = await said(scene, 'new numbers');
      await until(async () => {
        await station.nudge();
        return station.messages(after).length > 0;
      }, 'what came under new numbers is there');
      await station.has(before, after);
      if (station.messages(before)[0]?.id === station.messages(after)[0]?.id) throw new Error('two messages became one');
    },
  },
  {
    id: 'C5',
    title: 'nothing new gives nothing, and nothing grows',
    without: () => null,
    pace: 'fast',
    run: async (scene) => idle(scene, 20),
  },
  {
    id: 'C5+',
    title: 'a thousand idle cycles',
    without: () => null,
    pace: 'slow',
    run: async (scene) => idle(scene, 1_000),
  },
  {
    id: 'C6',
    title: 'equal times, old times and pages that end between equals: everything once',
    without: () => null,
    pace: 'fast',
    run: async (scene) => {
      const at = Date.now() - 60_000;
      const words = ['t1', 't2', 't3', 't4', 't5'].map((name) => scene.words(name));
      for (const text of words) await scene.peer.inject({ text, at });
      const older = scene.words('said earlier');
      await scene.peer.inject({ text: older, at: at - 3_600_000 });
      const io = createIo();
      const connector = scene.peer.connector(io.io);
      const seen: string[] = [];
      try {
        await connector.connect(NEVER);
        let cursor: string | null = null;
        for (let more = true; more;) {
          const batch = await connector.pull(cursor, { maxMessages: 2, signal: NEVER });
          seen.push(...batch.events.flatMap((event) => (event.kind === 'message' ? [event.message.text] : [])));
          ({ cursor, more } = batch);
          await connector.commit?.(batch.cursor);
        }
      } finally {
        await connector[Symbol.asyncDispose]();
      }
      for (const text of [...words, older]) {
        const count = seen.filter((each) => each.includes(text)).length;
        if (count !== 1) throw new Error(`"${text}" came ${count} times in pages of two`);
      }
    },
  },
  {
    id: 'C7',
    title: 'what was changed or taken back while we were away',
    without: takesEdits,
    pace: 'fast',
    run: async (scene) => {
      const { capabilities } = scene.driver;
      const texts = [scene.words('as it was'), scene.words('taken back')] as const;
      const refs = [await scene.peer.inject({ text: texts[0] }), await scene.peer.inject({ text: texts[1] })] as const;
      const first = await scene.station();
      await first.has(...texts);
      await first.live();
      await first.quit();
      const edited = scene.words('as it is');
      const hasEdits = capabilities.edits === 'in' || capabilities.edits === 'both';
      const hasDeletes = capabilities.deletes === 'in' || capabilities.deletes === 'both';
      if (hasEdits) await need(scene, 'edit', scene.peer.edit)(refs[0], edited);
      else scene.note('edits do not come in');
      if (hasDeletes) await need(scene, 'remove', scene.peer.remove)(refs[1]);
      else scene.note('deletions do not come in');
      const again = await scene.station({ folder: first.folder });
      if (hasEdits) await again.has(edited);
      if (hasEdits && again.messages(texts[0]).length > 0) throw new Error('what it said before stands beside what it says now');
      if (hasDeletes) {
        await until(() => {
          const [message] = again.messages(texts[1]);
          return message !== undefined && (message.removed === 1 || again.references(texts[1]) === 0);
        }, 'what was taken back is marked');
      }
    },
  },
];

/** A way of the driver that the capabilities ask for. */
export function need<Args extends readonly unknown[], Result>(
  { peer }: Scene,
  name: string,
  way: ((...args: Args) => Result) | undefined,
): (...args: Args) => Result {
  if (way === undefined) throw new Error(`the capabilities say that it is possible, and the driver can not: ${name}`);
  return way.bind(peer);
}
