import type { World } from './world.ts';
import type { Transport } from '../memory-hub.ts';
import { LogUnavailable } from '../../../src/main/engine/team/team-log.ts';

/** How bad things are between a workstation and the hub; probabilities for each thing that is said. */
export interface NetworkWeather {
  readonly slowestMs: number;
  /** A question that never arrives. */
  readonly lost: number;
  /** A question that was done, whose answer never comes. */
  readonly unanswered: number;
  /** A question that is done long after whoever asked has given up. */
  readonly late: number;
  /** Of what the hub says by itself. */
  readonly unheard: number;
  readonly heardTwice: number;
  readonly heardLate: number;
}

/** Nobody waits longer for an answer. */
const ASK_MS = 5_000;
const LATE_MS = 20_000;

/** The cable of one workstation, for one life of it. */
export class Network implements Transport {
  readonly #world: World;
  readonly #weather: () => NetworkWeather;
  readonly #isAlive: () => boolean;
  /** Changes when the hub has been down: what was on its way to it is lost. */
  readonly #hubRuns: () => number;
  readonly #name: string;
  readonly #waiting = new Set<(why: string) => void>();
  #connection = 0;
  isUp = true;

  constructor(deps: {
    readonly world: World;
    readonly weather: () => NetworkWeather;
    readonly isAlive: () => boolean;
    readonly hubRuns: () => number;
    readonly name: string;
  }) {
    this.#world = deps.world;
    this.#weather = deps.weather;
    this.#isAlive = deps.isAlive;
    this.#hubRuns = deps.hubRuns;
    this.#name = deps.name;
  }

  /** Whoever waits for an answer hears that there is none; what was asked may be done all the same. */
  cut(): void {
    this.isUp = false;
    this.#connection += 1;
    for (const fail of this.#waiting) fail('the connection broke');
  }

  async call<T>(name: string, work: () => T): Promise<T> {
    const world = this.#world;
    const { random } = world;
    const weather = this.#weather();
    return new Promise<T>((resolve, reject) => {
      const settle = (end: () => void): void => {
        if (!this.#waiting.delete(fail)) return;
        stopWaiting();
        if (this.#isAlive()) end();
      };
      const fail = (why: string): void =>
        settle(() => {
          reject(new LogUnavailable(`${name}: ${why}`));
        });
      this.#waiting.add(fail);
      const stopWaiting = world.after(this.isUp ? ASK_MS : 1, () => fail('no answer'));
      if (!this.isUp || random.chance(weather.lost)) return;
      const isLate = random.chance(weather.late);
      const isUnanswered = random.chance(weather.unanswered);
      const run = this.#hubRuns();
      const connection = this.#connection;
      world.after(isLate ? random.between(ASK_MS, LATE_MS) : this.#delay(weather), () => {
        // where nothing is ever late, what was on its way on a cable that was cut is lost
        if (this.#hubRuns() !== run || (weather.late === 0 && this.#connection !== connection)) return;
        let end: () => void;
        try {
          const value = work();
          end = () => resolve(value);
          if (name === 'append') world.note(`${this.#name} appended${isLate ? ' late' : ''}: ${JSON.stringify(value)}`);
        } catch (error) {
          end = () => reject(error);
        }
        if (!isUnanswered) world.after(this.#delay(weather), () => settle(end));
      });
    });
  }

  tell(what: 'entry' | 'lease', tell: () => void): void {
    const { random } = this.#world;
    const weather = this.#weather();
    const run = this.#hubRuns();
    const times = what === 'lease' ? 1 : random.chance(weather.unheard) ? 0 : random.chance(weather.heardTwice) ? 2 : 1;
    for (let time = 0; time < times; time += 1) {
      const delay = random.chance(weather.heardLate) ? random.between(0, LATE_MS) : this.#delay(weather);
      this.#world.after(delay, () => {
        if (this.#isAlive() && this.isUp && this.#hubRuns() === run) tell();
      });
    }
  }

  #delay({ slowestMs }: NetworkWeather): number {
    return this.#world.random.between(1, slowestMs);
  }
}
