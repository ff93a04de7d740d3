import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { instant } from '../time.ts';
import { foldSend, isUnderway, judgeSend, startedBy } from './send-fold.ts';
import type { SendAttempt, SendEvent, SendEventBody } from './send-fold.ts';

function log(...bodies: readonly SendEventBody[]): readonly SendEvent[] {
  return bodies.map((body, index) => ({ id: `evt-${index}`, body }));
}
const started = (fence: number, attempt: number, workstation = 'a'): SendEventBody => ({
  type: 'send.started',
  fence,
  attempt,
  workstation,
});
const failed = (fence: number, attempt: number, permanent = false, workstation = 'a'): SendEventBody => ({
  type: 'send.failed',
  fence,
  attempt,
  workstation,
  code: 'refused',
  permanent,
});
const done: SendEventBody = { type: 'send.done', at: instant(5), key: '<m@example.org>' };
const settled = (as: 'sent' | 'send-again' | 'dropped', attempt: number): SendEventBody => ({ type: 'send.settled', as, attempt });

describe('what a sender does with a reply', () => {
  const CASES: readonly (readonly [string, readonly SendEvent[], string])[] = [
    ['nobody has tried', log(), 'start'],
    ['it was begun and has no end', log(started(3, 1)), 'unknown'],
    ['it was begun here and has no end: after a crash nobody knows', log(started(3, 1, 'b')), 'unknown'],
    ['it is certain that nobody got it', log(started(3, 1), failed(3, 1)), 'start'],
    ['trying again is pointless', log(started(3, 1), failed(3, 1, true)), 'done'],
    ['the channel took it', log(started(3, 1), done), 'done'],
    ['it was found, though nothing says that it was begun', log(done), 'done'],
    ['a person says that it arrived', log(started(3, 1), settled('sent', 1)), 'done'],
    ['a person wants it sent again', log(started(3, 1), settled('send-again', 1)), 'start'],
    ['a person wants it sent again that nobody got', log(started(3, 1), failed(3, 1, true), settled('send-again', 1)), 'start'],
    ['a person decided about an earlier attempt', log(started(3, 1), failed(3, 1), started(4, 2), settled('send-again', 1)), 'unknown'],
    ['a person wanted it sent again before the channel was heard', log(started(3, 1), done, settled('send-again', 1)), 'done'],
    ['something was begun after trying again was pointless', log(started(3, 1), failed(3, 1, true), started(4, 2)), 'done'],
    ['a person wants it sent again that the customer has', log(done, settled('send-again', 0)), 'done'],
    ['a person does not want it sent any more', log(started(3, 1), settled('dropped', 1)), 'done'],
    ['a person drops what nobody got', log(started(3, 1), failed(3, 1), settled('dropped', 1)), 'done'],
    ['a person drops an earlier attempt', log(started(3, 1), failed(3, 1), started(4, 2), settled('dropped', 1)), 'unknown'],
    ['who dropped it was first', log(started(3, 1), settled('dropped', 1), settled('send-again', 1)), 'done'],
    ['who wanted it sent again was first', log(started(3, 1), settled('send-again', 1), started(4, 2), settled('dropped', 1)), 'unknown'],
    ['what was dropped is not begun', log(started(3, 1), settled('dropped', 1), started(4, 2)), 'done'],
    ['a later holder has taken over', log(started(9, 1), failed(9, 1)), 'stale'],
    ['a later holder has begun', log(started(9, 1)), 'stale'],
    ['the failure of another attempt says nothing', log(started(3, 1), failed(3, 1), started(4, 2), failed(3, 1)), 'unknown'],
    ['what an earlier holder begins is void', log(started(3, 1), failed(3, 1), started(2, 2, 'b')), 'start'],
    ['what was begun twice counts once', log(started(3, 1), started(3, 1, 'b'), failed(3, 1)), 'start'],
  ];
  test.each(CASES)('%s', (_name, events, verdict) => {
    expect(judgeSend(events, { fence: 5, workstation: 'b' })).toBe(verdict);
  });

  test('the attempt that counts is the first that the log has', () => {
    const events = log(started(3, 1, 'a'), started(3, 1, 'b'));
    expect(isUnderway(events, { fence: 3, attempt: 1, workstation: 'a' })).toBe(true);
    expect(isUnderway(events, { fence: 3, attempt: 1, workstation: 'b' })).toBe(false);
    expect(startedBy(log(started(3, 1), failed(3, 1)), { fence: 5, workstation: 'b' })).toEqual(started(5, 2, 'b'));
  });

  test('when the channel took it stays what is known', () => {
    expect(foldSend(log(started(3, 1), done, settled('sent', 1)))).toMatchObject({ kind: 'sent', at: 5, key: '<m@example.org>' });
  });

  test('what was dropped and turns out to have arrived did arrive', () => {
    expect(foldSend(log(started(3, 1), settled('dropped', 1), done))).toMatchObject({ kind: 'sent', at: 5 });
  });

  test('an event that comes twice counts once', () => {
    const [first, second] = log(started(3, 1), failed(3, 1));
    if (first === undefined || second === undefined) throw new Error('there are two');
    expect(foldSend([first, second, first])).toEqual(foldSend([first, second]));
  });
});

/**
 * Workstations that hold the channel one after the other, as they believe: each acts on its own view of the log, is stopped or killed
 * between any two steps, and hands over to a channel that takes everything and remembers nothing.
 */
class World {
  readonly log: SendEvent[] = [];
  /** Hand-overs, each with the number of decisions to send again that were in the log by then. */
  readonly handed: number[] = [];
  #fence = 1;
  readonly #senders = new Map<string, Sender>();

  run(step: Step): void {
    switch (step.kind) {
      case 'lease':
        this.#fence += 1;
        this.#senders.set(step.who, { fence: this.#fence, at: 'idle', view: 0, attempt: null });
        break;
      case 'crash':
        this.#senders.set(step.who, { fence: this.#senders.get(step.who)?.fence ?? 0, at: 'idle', view: 0, attempt: null });
        break;
      case 'look':
        this.#with(step.who, (sender) => ({ ...sender, view: this.log.length }));
        break;
      case 'step':
        this.#with(step.who, (sender) => this.#next(step.who, sender, step.outcome));
        break;
      case 'decide':
        this.#decide(step.as);
        break;
      case 'found':
        if (this.handed.length > 0) this.#append(done, this.log.length);
        break;
    }
  }

  get decisions(): number {
    return this.log.filter(({ body }) => body.type === 'send.settled' && body.as === 'send-again').length;
  }

  #with(who: string, change: (sender: Sender) => Sender): void {
    const sender = this.#senders.get(who);
    if (sender !== undefined) this.#senders.set(who, change(sender));
  }

  #append(body: SendEventBody, expected: number): boolean {
    if (this.log.length !== expected) return false;
    this.log.push({ id: `evt-${this.log.length}`, body });
    return true;
  }

  #decide(as: 'sent' | 'send-again' | 'dropped'): void {
    const state = foldSend(this.log);
    // a person is asked about what is of unknown fate only
    if (state.kind === 'underway') this.#append(settled(as, state.attempt.attempt), this.log.length);
  }

  #next(who: string, sender: Sender, outcome: Outcome): Sender {
    const view = this.log.slice(0, sender.view);
    switch (sender.at) {
      case 'idle': {
        if (judgeSend(view, { fence: sender.fence, workstation: who }) !== 'start') return sender;
        const body = startedBy(view, { fence: sender.fence, workstation: who });
        return this.#append(body, sender.view) ? { ...sender, at: 'begun', view: this.log.length, attempt: body } : sender;
      }
      case 'begun': {
        // the connection may be refused before anything is handed over: that alone is certain
        if (outcome !== 'refused') this.handed.push(this.decisions);
        return { ...sender, at: outcome === 'lost' ? 'idle' : outcome };
      }
      case 'refused': {
        if (sender.attempt !== null)
          this.#append({ ...sender.attempt, type: 'send.failed', code: 'refused', permanent: false }, this.log.length);
        return { ...sender, at: 'idle', attempt: null };
      }
      case 'taken':
        this.#append(done, this.log.length);
        return { ...sender, at: 'idle', attempt: null };
    }
  }
}

type Outcome = 'refused' | 'taken' | 'lost';
interface Sender {
  readonly fence: number;
  readonly at: 'idle' | 'begun' | 'refused' | 'taken';
  /** How much of the log it knows. */
  readonly view: number;
  readonly attempt: SendAttempt | null;
}
type Step =
  | { readonly kind: 'lease' | 'crash' | 'look'; readonly who: string }
  | { readonly kind: 'step'; readonly who: string; readonly outcome: Outcome }
  | { readonly kind: 'decide'; readonly as: 'sent' | 'send-again' | 'dropped' }
  | { readonly kind: 'found' };

const who = fc.constantFrom('a', 'b', 'c');
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('lease' as const), who }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('crash' as const), who }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('look' as const), who }) },
  {
    weight: 8,
    arbitrary: fc.record({ kind: fc.constant('step' as const), who, outcome: fc.constantFrom<Outcome[]>('refused', 'taken', 'lost') }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('decide' as const),
      as: fc.constantFrom('sent' as const, 'send-again' as const, 'dropped' as const),
    }),
  },
  { weight: 1, arbitrary: fc.constant<Step>({ kind: 'found' }) },
);

test('no customer gets a reply twice unless a person wanted it sent again', () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 5, maxLength: 60, size: 'max' }), (steps) => {
      const world = new World();
      for (const each of steps) world.run(each);
      expect(world.handed.length).toBeLessThanOrEqual(1 + world.decisions);
    }),
    { numRuns: 700 },
  );
});

test('a holder that is killed at the hand-over leaves it to a person, and the next one sends it once more', () => {
  const world = new World();
  const acts = (who: string, outcome: Outcome): readonly Step[] => [
    { kind: 'lease', who },
    { kind: 'look', who },
    { kind: 'step', who, outcome },
    { kind: 'step', who, outcome },
  ];
  for (const each of [...acts('a', 'lost'), ...acts('b', 'taken')]) world.run(each);
  expect(world.handed).toEqual([0]);
  for (const each of [{ kind: 'decide', as: 'send-again' } as const, ...acts('c', 'taken')]) world.run(each);
  expect(world.handed).toEqual([0, 1]);
});

test('a reply that is certain to have reached nobody goes out in the end', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40, size: 'max' }), (steps) => {
      const world = new World();
      for (const each of steps) world.run(each);
      for (const kind of ['lease', 'look'] as const) world.run({ kind, who: 'd' });
      const state = foldSend(world.log);
      const before = world.handed.length;
      for (let index = 0; index < 2; index += 1) world.run({ kind: 'step', who: 'd', outcome: 'taken' });
      expect(world.handed.length - before).toBe(state.kind === 'idle' ? 1 : 0);
    }),
    { numRuns: 150 },
  );
});
