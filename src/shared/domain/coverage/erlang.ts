/**
 * How many people live channels need. The load is in Erlang: work that arrives in a second, in seconds of work. All
 * formulas are recursions over probabilities, never factorials, and hold for thousands of people.
 * Sources: A. K. Erlang's loss and delay formulas; the model with patience (M/M/N+M) after C. Palm, and Mandelbaum and
 * Zeltyn, The Palm/Erlang-A Queue (2005).
 */

/** A live channel over a period in which calls arrive evenly; a call is a chat, too. */
export interface LiveLoad {
  readonly arrivals: number;
  readonly periodSeconds: number;
  /** Mean time that one call keeps a person, with wrap-up. */
  readonly handleSeconds: number;
  /** A wait up to here is still in time. */
  readonly thresholdSeconds: number;
  /** Mean time after which a caller gives up; null: nobody ever does (Erlang C). */
  readonly patienceSeconds: number | null;
}

/** What so many people are expected to reach. */
export interface QueueFigures {
  readonly agents: number;
  readonly probabilityOfWait: number;
  /** Share of all calls that are answered within the threshold. */
  readonly serviceLevel: number;
  /** Share of all calls that wait for longer than the threshold, whether they are answered or give up then. */
  readonly longWaits: number;
  /** Over all calls; null when the queue only grows. */
  readonly averageWaitSeconds: number | null;
  /** Mean number of calls that wait; null when the queue only grows. */
  readonly queueLength: number | null;
  /** Share of their time that people are busy; 1 when they can not keep up. */
  readonly occupancy: number;
  /** Share of calls that give up; 0 without patience. */
  readonly abandoned: number;
}

/** What a lead wants to reach. */
export interface LiveTarget {
  /** Above 0 and at most 1. */
  readonly serviceLevel: number;
  /** Busier people make mistakes and leave; above 0 and at most 1. */
  readonly maxOccupancy: number;
  /** At most this share may give up; null: it does not matter. Only with patience. */
  readonly maxAbandoned: number | null;
}

/** One line of the table that a lead decides by: small teams move in large steps, and one number would hide that. */
export interface StaffingRow extends QueueFigures {
  /** To be planned so that `agents` are at work. */
  readonly scheduled: number;
  readonly isEnough: boolean;
  /** The smallest number that is enough. */
  readonly isAnswer: boolean;
}

/** More people than this is a mistake in the input. */
const MOST_AGENTS = 100_000;
/** A state that is less likely than the least that a double can tell apart adds nothing. */
const NEGLIGIBLE = 1e-18;
const RESCALE_AT = 1e200;

/** Offered load in Erlang: the mean number of calls in progress if nobody had to wait. */
export function offeredLoad(load: Pick<LiveLoad, 'arrivals' | 'periodSeconds' | 'handleSeconds'>): number {
  return (load.arrivals * load.handleSeconds) / load.periodSeconds;
}

/** Probability that all of `agents` are busy when calls that find nobody are lost: B(0) = 1, B(k) = AB(k-1) / (k + AB(k-1)). */
export function erlangB(agents: number, load: number): number {
  let blocked = 1;
  for (let count = 1; count <= agents; count += 1) blocked = (load * blocked) / (count + load * blocked);
  return blocked;
}

/** Probability that a call has to wait when everybody waits for as long as it takes; 1 when the load is too much. */
export function erlangC(agents: number, load: number): number {
  if (load === 0) return 0;
  return agents <= load ? 1 : delayed(agents, load, erlangB(agents, load));
}

function delayed(agents: number, load: number, blocked: number): number {
  return (agents * blocked) / (agents - load * (1 - blocked));
}

/** What `agents` people reach. Throws a RangeError for a load that can not be. */
export function queueFigures(load: LiveLoad, agents: number): QueueFigures {
  checkLoad(load);
  if (!Number.isInteger(agents) || agents < 0 || agents > MOST_AGENTS) throw new RangeError(`no number of agents: ${String(agents)}`);
  const erlangs = offeredLoad(load);
  if (erlangs === 0) return idle(agents);
  const blocked = erlangB(agents, erlangs);
  return load.patienceSeconds === null ? endless(load, agents, blocked) : patient(load, load.patienceSeconds, agents, blocked);
}

function idle(agents: number): QueueFigures {
  return {
    agents,
    probabilityOfWait: 0,
    serviceLevel: 1,
    longWaits: 0,
    averageWaitSeconds: 0,
    queueLength: 0,
    occupancy: 0,
    abandoned: 0,
  };
}

/** Erlang C. */
function endless(load: LiveLoad, agents: number, blocked: number): QueueFigures {
  const erlangs = offeredLoad(load);
  if (agents <= erlangs) {
    return {
      agents,
      probabilityOfWait: 1,
      serviceLevel: 0,
      longWaits: 1,
      averageWaitSeconds: null,
      queueLength: null,
      occupancy: 1,
      abandoned: 0,
    };
  }
  const probabilityOfWait = delayed(agents, erlangs, blocked);
  const spare = (agents - erlangs) / load.handleSeconds;
  const longWaits = probabilityOfWait * Math.exp(-spare * load.thresholdSeconds);
  const averageWaitSeconds = probabilityOfWait / spare;
  return {
    agents,
    probabilityOfWait,
    serviceLevel: 1 - longWaits,
    longWaits,
    averageWaitSeconds,
    queueLength: (averageWaitSeconds * load.arrivals) / load.periodSeconds,
    occupancy: erlangs / agents,
    abandoned: 0,
  };
}

/**
 * Erlang A: who waits gives up after an exponentially distributed time. The stationary distribution goes outward from the
 * state in which all are busy and nobody waits: that state and all below it are Erlang B's, each above it is the one
 * before times `arrivals / (N * service + j * giving up)`.
 *
 * Somebody who finds j others waiting waits for j + 1 departures, each of them exponential: of the j + 1 the rates are
 * N * service, N * service + giving up, and so on. With c = N * service / giving up, exp(-giving up * wait) has the
 * distribution Beta(c, j + 1), whose upper tails are sums of a negative binomial distribution: one term more for each j.
 */
function patient(load: LiveLoad, patienceSeconds: number, agents: number, blocked: number): QueueFigures {
  const arrivalRate = load.arrivals / load.periodSeconds;
  const leaveRate = 1 / patienceSeconds;
  const serveRate = agents / load.handleSeconds;
  const shape = serveRate / leaveRate;
  const thresholdLeft = Math.exp(-leaveRate * load.thresholdSeconds);
  const served = negativeBinomialSum(shape + 1, leaveRate * load.thresholdSeconds);
  const longer = negativeBinomialSum(shape, leaveRate * load.thresholdSeconds);
  let below = 1 - blocked;
  let state = blocked;
  let waiting = 0;
  let queue = 0;
  let inTime = 0;
  let late = 0;
  for (let ahead = 0; ; ahead += 1) {
    waiting += state;
    queue += state * ahead;
    inTime += state * (shape / (shape + ahead + 1)) * (1 - served());
    late += state * longer() * thresholdLeft;
    const factor = arrivalRate / (serveRate + (ahead + 1) * leaveRate);
    if (factor < 1 && state * (ahead + 1) <= NEGLIGIBLE * (below + waiting)) break;
    state *= factor;
    if (state > RESCALE_AT) {
      below /= RESCALE_AT;
      state /= RESCALE_AT;
      waiting /= RESCALE_AT;
      queue /= RESCALE_AT;
      inTime /= RESCALE_AT;
      late /= RESCALE_AT;
    }
  }
  const all = below + waiting;
  const queueLength = queue / all;
  const abandoned = (leaveRate * queueLength) / arrivalRate;
  return {
    agents,
    probabilityOfWait: waiting / all,
    serviceLevel: (below + inTime) / all,
    longWaits: late / all,
    averageWaitSeconds: queueLength / arrivalRate,
    queueLength,
    occupancy: agents === 0 ? 1 : (arrivalRate * (1 - abandoned)) / serveRate,
    abandoned,
  };
}

/**
 * The sums of the first, the first two ... terms of the negative binomial distribution with shape `shape` and success
 * probability exp(-exponent), one with each call. Terms are kept as logarithms: the first may be far below any double.
 */
function negativeBinomialSum(shape: number, exponent: number): () => number {
  const logFailure = Math.log(-Math.expm1(-exponent));
  let logTerm = -exponent * shape;
  let count = 0;
  let sum = 0;
  return () => {
    sum = Math.min(1, sum + Math.exp(logTerm));
    count += 1;
    logTerm += Math.log((shape + count - 1) / count) + logFailure;
    return sum;
  };
}

/** The fewest people who reach the target. Throws a RangeError for a load or target that can not be. */
export function agentsNeeded(load: LiveLoad, target: LiveTarget): number {
  checkTarget(target);
  const isEnough = (agents: number): boolean => reaches(queueFigures(load, agents), target);
  if (isEnough(0)) return 0;
  let tooFew = 0;
  let enough = Math.max(1, Math.ceil(offeredLoad(load)));
  while (!isEnough(enough)) {
    if (enough >= MOST_AGENTS) throw new RangeError('no number of agents reaches the target');
    tooFew = enough;
    enough = Math.min(MOST_AGENTS, enough * 2);
  }
  // more people never make it worse
  while (enough - tooFew > 1) {
    const middle = Math.floor((tooFew + enough) / 2);
    if (isEnough(middle)) enough = middle;
    else tooFew = middle;
  }
  return enough;
}

function reaches(figures: QueueFigures, target: LiveTarget): boolean {
  return (
    figures.serviceLevel >= target.serviceLevel &&
    figures.occupancy <= target.maxOccupancy + 1e-9 &&
    (target.maxAbandoned === null || figures.abandoned <= target.maxAbandoned)
  );
}

/**
 * How many must be planned so that `agents` are at work when the share `shrinkage` of paid time is not work (leave,
 * illness, training, meetings). Of 21 / 0.7 doubles make a little more than 30; it is 30 all the same. Throws a
 * RangeError unless 0 <= shrinkage < 1.
 */
export function scheduledFor(agents: number, shrinkage: number): number {
  if (!(shrinkage >= 0 && shrinkage < 1)) throw new RangeError(`no shrinkage: ${String(shrinkage)}`);
  return Math.max(0, Math.ceil(agents / (1 - shrinkage) - 1e-9));
}

/**
 * What each number of people reaches, from `around` below the smallest that is enough to `around` above it. Throws as
 * `agentsNeeded` and `scheduledFor` do.
 */
export function staffingTable(load: LiveLoad, target: LiveTarget, shrinkage: number, around = 4): readonly StaffingRow[] {
  const answer = agentsNeeded(load, target);
  const first = Math.max(0, answer - around);
  return Array.from({ length: answer + around - first + 1 }, (_, index) => {
    const figures = queueFigures(load, first + index);
    return {
      ...figures,
      scheduled: scheduledFor(first + index, shrinkage),
      isEnough: reaches(figures, target),
      isAnswer: first + index === answer,
    };
  });
}

/** Longer patience than a week is none that counts, and would make queues of millions. */
const MOST_PATIENCE_SECONDS = 7 * 86_400;

function checkLoad(load: LiveLoad): void {
  const { arrivals, periodSeconds, handleSeconds, thresholdSeconds, patienceSeconds } = load;
  const isFine =
    isAtLeast(arrivals, 0) &&
    isAtLeast(periodSeconds, Number.MIN_VALUE) &&
    isAtLeast(handleSeconds, Number.MIN_VALUE) &&
    isAtLeast(thresholdSeconds, 0) &&
    (patienceSeconds === null || (isAtLeast(patienceSeconds, 1e-3) && patienceSeconds <= MOST_PATIENCE_SECONDS)) &&
    offeredLoad(load) <= MOST_AGENTS / 2;
  if (!isFine) throw new RangeError('no load of a live channel');
}

function checkTarget({ serviceLevel, maxOccupancy, maxAbandoned }: LiveTarget): void {
  const isShare = (value: number): boolean => value > 0 && value <= 1;
  if (!isShare(serviceLevel) || !isShare(maxOccupancy) || (maxAbandoned !== null && !(maxAbandoned >= 0 && maxAbandoned <= 1))) {
    throw new RangeError('no target of a live channel');
  }
}

function isAtLeast(value: number, least: number): boolean {
  return Number.isFinite(value) && value >= least;
}
