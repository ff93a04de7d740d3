import { checkDrafts, checkDone, checkOnce, checkSends, checkTables, checkTimes } from './invariants.ts';
import { act, changeTimes, decideFate, fetchMail, Mailbox } from './people.ts';
import type { Doing, Written } from './people.ts';
import { differences, dump, freshReplica } from './replicas.ts';
import { Provider, startSender } from './sender.ts';
import { SimStation } from './sim-station.ts';
import type { Sabotage, StationWeather } from './sim-station.ts';
import { Disk } from './sim-store.ts';
import { World } from './world.ts';
import { MemoryHub } from '../memory-hub.ts';
import { channelLease } from '../../../src/main/engine/team/hub-link.ts';
import { HAND_ACCOUNT } from '../../engine/hand-channel.ts';
import { dirtyCount, logCursor, pendingSummary } from '../../../src/main/engine/store/team.store.ts';
import { rebuildProjections } from '../../../src/main/engine/usecases/rebuild-projections.ts';
import { seededRandom } from '../../../src/main/engine/sample/random.ts';
import type { Random } from '../../../src/main/engine/sample/random.ts';
import { FATE_UNKNOWN_AFTER_MS } from '../../../src/shared/domain/team/send-settling.ts';
import { DAY_MS, HOUR_MS } from '../../../src/shared/domain/time.ts';

export interface Outcome {
  readonly seed: string;
  /** What is not as it must be; none when all is well. */
  readonly problems: readonly string[];
  /** Of everything that happened: the same for the same seed. */
  readonly hash: string;
  readonly lines: readonly string[];
  readonly steps: number;
  readonly entries: number;
}

const NAMES = ['ana', 'bo', 'chen', 'dara', 'eli'] as const;
/** One for each station, and one for who reads everything at the end. */
const DISKS = NAMES.length + 1;
const disks: Disk[] = [];

function disk(index: number): Disk {
  const known = disks[index];
  if (known !== undefined) {
    known.wipe();
    return known;
  }
  const made = new Disk();
  disks[index] = made;
  return made;
}

const SECOND = 1_000;
/** Nobody needs longer to come to rest once nothing goes wrong any more. */
const REST_MS = 15 * 60 * SECOND;

/** Runs one seed: a team, its troubles, and what is left when they are over. */
export async function simulate(seed: string, sabotage: Sabotage = {}): Promise<Outcome> {
  const world = new World(seed);
  const { random } = world;
  const hub = new MemoryHub(world.clock);
  let hubRuns = 0;
  const provider = new Provider();
  const mailbox = new Mailbox(world);
  const written: Written[] = [];
  const trouble = random.pick([0, 0.3, 1, 2]);
  const weather = weatherOf(random, trouble);
  const isLarge = random.chance(0.08);
  const count = random.weighted([
    [2, isLarge ? 1 : 6],
    [3, 3],
    [4, isLarge ? 2 : 0.6],
    [5, isLarge ? 1 : 0.2],
  ] as const);
  const stations: SimStation[] = [];
  for (const [index, name] of NAMES.slice(0, count).entries()) {
    const role = index === 0 ? 'lead' : random.chance(0.25) ? 'lead' : 'agent';
    const station = new SimStation({
      name,
      role,
      disk: disk(index),
      world,
      hub,
      weather,
      sabotage,
      hubRuns: () => hubRuns,
      onFollow: (each) => {
        if (index < 2) startSender(each, world, provider, 0.05 * trouble);
      },
    });
    station.isCalm = true;
    station.furnish(index < 2);
    station.isCalm = false;
    hub.addUser(name, role, random.chance(0.5) ? station.agentId() : null);
    const user = hub.users.get(name);
    if (user !== undefined) hub.users.set(name, { ...user, holdsChannels: index < 2 });
    stations.push(station);
  }
  const doing: Doing = { world, mailbox, written, stations };
  world.note(`seed ${seed}: ${String(count)} stations, trouble ${String(trouble)}, ${JSON.stringify(weather)}`);

  // what was there before the team
  for (let each = random.int(0, 3); each > 0; each -= 1) mailbox.write();
  for (const station of stations.slice(0, random.chance(0.2) ? 2 : 1)) {
    await fetchMail(station, doing);
    for (let each = random.int(0, 4); each > 0; each -= 1) await act(station, doing);
  }

  const lengthMs = random.pick([20, 60, 180]) * SECOND;
  const busy = isLarge ? random.int(6, 12) : random.int(2, 5);
  planDays(doing, lengthMs, busy);
  const luck = seededRandom(`${seed} decisions`);
  provider.become(luck);
  planDecisions(doing, luck, lengthMs);
  planTimes(doing, seededRandom(`${seed} times`), lengthMs);
  const troubles = planTroubles({ world, hub, stations, trouble, lengthMs, hubHasBeenDown: () => (hubRuns += 1) });

  await world.pass(lengthMs + 10 * SECOND);

  world.note('everything is well again');
  troubles.hubUp();
  await comeToRest(doing, hub);
  await decideWhatIsLeft(doing, hub, luck);

  const problems = stations.flatMap((station) => station.problems);
  problems.push(...stations.flatMap((station) => unrest(station, hub)));
  if (problems.length === 0) problems.push(...checkEverything());
  for (const line of problems) world.note(line);
  for (const station of stations) station.life.isAlive = false;
  return { seed, problems, hash: world.hash(), lines: world.lines, steps: world.steps, entries: hub.entries.length };

  function checkEverything(): string[] {
    const found: string[] = [];
    const fresh = freshReplica(disk(DISKS - 1), hub, world.clock);
    for (const station of stations) {
      const { connection } = station.disk;
      const now = dump(connection);
      found.push(...differences(`${station.name} and a fresh replica`, now, fresh));
      found.push(...checkTables(station, hub), ...checkDone(station, hub), ...checkDrafts(station, written), ...checkTimes(station));
      rebuildProjections(station.store, station.ledger, () => {});
      found.push(...differences(`${station.name} before and after a rebuild`, now, dump(connection)));
    }
    found.push(...checkSends(provider, hub));
    if (weather.late === 0 && !troubles.wasRestored()) found.push(...checkOnce(hub));
    return found;
  }
}

/** What everybody will do, and when. */
function planDays(doing: Doing, lengthMs: number, busy: number): void {
  const { world, mailbox, stations } = doing;
  const { random } = world;
  for (const station of stations) {
    const join = (): void => {
      if (station.hasJoined()) return;
      if (station.life.isAlive) void station.join(null);
      world.after(6 * SECOND, join);
    };
    world.after(station === stations[0] ? 0 : random.between(0, lengthMs / 4), join);
    for (let each = 0; each < busy; each += 1)
      world.after(random.between(0, lengthMs), () => {
        if (station.life.isAlive) void act(station, doing);
      });
  }
  for (let each = random.int(1, 5); each > 0; each -= 1) world.after(random.between(0, lengthMs), () => mailbox.write());
}

/** What nobody has said anything of for two minutes is decided by whoever sits anywhere. */
async function decideWhatIsLeft(doing: Doing, hub: MemoryHub, luck: Random): Promise<void> {
  await doing.world.pass(FATE_UNKNOWN_AFTER_MS);
  for (let turn = 0; turn < 3; turn += 1) {
    for (const station of doing.stations) decideFate(station, doing, luck);
    await comeToRest(doing, hub);
  }
}

/** People look again and again at what may have been sent. */
function planDecisions(doing: Doing, random: Random, untilMs: number): void {
  for (const station of doing.stations)
    for (let at = random.between(0, 20 * SECOND); at < untilMs; at += random.between(5 * SECOND, 40 * SECOND))
      doing.world.after(at, () => {
        if (station.life.isAlive && station.hasJoined()) decideFate(station, doing, random);
      });
}

/** Now and then somebody wants a reply to leave at another time. */
function planTimes(doing: Doing, random: Random, untilMs: number): void {
  for (const station of doing.stations)
    for (let at = random.between(0, 40 * SECOND); at < untilMs; at += random.between(20 * SECOND, 80 * SECOND))
      doing.world.after(at, () => {
        if (station.life.isAlive && station.hasJoined()) changeTimes(station, doing, random);
      });
}

/** Nothing goes wrong any more, and so much time passes that everybody can hear of everything. */
async function comeToRest({ world, stations }: Doing, hub: MemoryHub): Promise<void> {
  for (const station of stations) {
    station.isCalm = true;
    station.start();
    station.setOnline(true);
    station.skewMs = 0;
    if (station.link !== null) station.link.clockAheadMs = 0;
  }
  let atRest = 0;
  for (let rested = 0; rested < REST_MS && atRest < 3; rested += 6 * SECOND) {
    await world.pass(6 * SECOND);
    hub.forgetIds();
    atRest = stations.every((station) => isAtRest(station, hub)) ? atRest + 1 : 0;
  }
}

/** Why a workstation is not where it must be. */
function unrest(station: SimStation, hub: MemoryHub): string[] {
  if (isAtRest(station, hub)) return [];
  const { cursor, pending, dirty } = stateOf(station);
  const rows = station.disk.connection.all(
    'SELECT e.id, e.stream, e.type, e.base, e.epoch, p.state, p.sequence, p.attempts FROM events e LEFT JOIN team_push p ON p.event_id = e.id WHERE e.sequence IS NULL AND e.void IS NULL LIMIT 5',
  );
  return [
    `${station.name} does not come to rest: at ${String(cursor)} of ${String(hub.entries.length)}, ${String(pending)} pending, ${String(dirty)} dirty`,
    ...rows.map((row) => `    ${JSON.stringify(row)}`),
  ];
}

function weatherOf(random: Random, trouble: number): StationWeather {
  return {
    slowestMs: random.pick([5, 50, 500, 3_000]),
    lost: 0.03 * trouble,
    unanswered: 0.04 * trouble,
    late: random.chance(0.5) ? 0.02 * trouble : 0,
    unheard: 0.1 * trouble,
    heardTwice: 0.1 * trouble,
    heardLate: 0.1 * trouble,
    diskFull: random.pick([0, 0.02]) * trouble,
    diesAfterCommit: random.pick([0, 0.01]) * trouble,
  };
}

/** What goes wrong while everybody works. */
function planTroubles(scene: {
  readonly world: World;
  readonly hub: MemoryHub;
  readonly stations: readonly SimStation[];
  readonly trouble: number;
  readonly lengthMs: number;
  readonly hubHasBeenDown: () => void;
}): { readonly hubUp: () => void; readonly wasRestored: () => boolean } {
  const { world, hub, stations, trouble, lengthMs, hubHasBeenDown } = scene;
  const { random } = world;
  let wasRestored = false;
  const pause = (): number => random.between(SECOND, lengthMs / 3);
  const often = (most: number, work: () => void): void => {
    for (let each = trouble === 0 ? 0 : random.int(0, most); each > 0; each -= 1) world.after(random.between(0, lengthMs), work);
  };
  for (const station of stations) {
    often(2, () => {
      station.setOnline(false);
      world.after(pause(), () => station.setOnline(true));
    });
    often(trouble > 1 ? 2 : 1, () => {
      station.die();
      world.after(random.between(100, 10 * SECOND), () => station.start());
    });
    often(1, () => {
      station.skewMs = random.pick([DAY_MS, -DAY_MS, 30 * 365 * DAY_MS, -30 * 365 * DAY_MS, HOUR_MS, 0]);
      world.note(`${station.name}'s clock is wrong by ${String(station.skewMs)}`);
      world.after(pause(), () => {
        if (station.link !== null) station.link.clockAheadMs = station.skewMs;
      });
    });
  }
  const hubDown = (): void => {
    hub.isUp = false;
    hubHasBeenDown();
    for (const station of stations) station.refreshConnection();
  };
  const hubUp = (): void => {
    hub.isUp = true;
    for (const station of stations) station.refreshConnection();
  };
  often(1, () => {
    world.note('the hub is started again');
    hubDown();
    world.after(random.between(100, 10 * SECOND), hubUp);
  });
  often(8, () => {
    world.note('the log forgets ids');
    hub.forgetIds();
  });
  often(3, () => hub.release(channelLease(HAND_ACCOUNT.uid)));
  if (random.chance(0.25))
    often(1, () => {
      const left = Math.max(0, hub.entries.length - random.int(1, 12));
      world.note(`the hub is put back from ${String(hub.entries.length)} to ${String(left)}`);
      hubDown();
      hub.restore(left);
      wasRestored = true;
      world.after(random.between(100, 10 * SECOND), hubUp);
    });

  return { hubUp, wasRestored: () => wasRestored };
}

function stateOf(station: SimStation): { readonly cursor: number; readonly pending: number; readonly dirty: number } {
  return station.store.read((db) => ({
    cursor: logCursor(db)?.sequence ?? -1,
    pending: pendingSummary(db).count,
    dirty: dirtyCount(db),
  }));
}

function isAtRest(station: SimStation, hub: MemoryHub): boolean {
  if (!station.life.isAlive) return false;
  const { cursor, pending, dirty } = stateOf(station);
  return cursor === hub.entries.length && pending === 0 && dirty === 0;
}
