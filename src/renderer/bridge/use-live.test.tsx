// @vitest-environment happy-dom
import { act, cleanup, render } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { FakeEngine } from '../../../test/renderer/fake-engine.ts';
import type { OutboxRow } from '../../shared/contract/outbox.contract.ts';
import type { EngineToPage, PageToEngine } from '../../shared/contract/define.ts';
import type { AccountRow } from '../../shared/contract/workspace.contract.ts';
import { call, newOperationId, transport } from './client.ts';
import { KEEP_MS, LiveQueries, stableJson } from './live-queries.ts';
import { share } from './structural-sharing.ts';
import { Transport } from './transport.ts';
import { useLive } from './use-live.ts';

function account(accountId: string, queued: number): AccountRow {
  // Only what these tests look at; the type belongs to the engine.
  return { accountId, queued, address: `${accountId}@example.test` } as unknown as AccountRow;
}

let rows: readonly AccountRow[];
let engine: FakeEngine;

beforeEach(() => {
  rows = [account('acc_1', 0), account('acc_2', 0)];
  engine = new FakeEngine({
    'accounts.list': () => ({ ok: true, value: rows.map((row) => ({ ...row })) }),
    'outbox.list': () => ({ ok: false, error: { code: 'storage-damaged', detail: 'test' } }),
  });
  transport.attach(engine.connect());
});

afterEach(() => {
  cleanup();
  engine.stop();
});

const later = (work: () => void): unknown => setTimeout(work, 0);

const seen: (readonly AccountRow[])[] = [];
function List(): ReactNode {
  const live = useLive('accounts.list', {});
  if (live.state === 'ready') seen.push(live.value);
  return <p>{live.state === 'ready' ? live.value.map((row) => `${row.accountId}:${row.queued}`).join(' ') : live.state}</p>;
}

describe('useLive', () => {
  beforeEach(() => {
    seen.length = 0;
  });

  test('shows the answer, then each change, and keeps the identity of rows that stayed equal', async () => {
    const { container } = render(<List />);
    expect(container.textContent).toBe('loading');
    await vi.waitFor(() => expect(container.textContent).toBe('acc_1:0 acc_2:0'));
    rows = [account('acc_2', 0), account('acc_1', 3)];
    await act(async () => engine.changed('accounts.list'));
    await vi.waitFor(() => expect(container.textContent).toBe('acc_2:0 acc_1:3'));
    const [before] = seen;
    const after = seen.at(-1);
    expect(after?.[0]).toBe(before?.[1]);
    expect(after?.[1]).not.toBe(before?.[0]);
  });

  test('an equal answer renders nothing again', async () => {
    const { container } = render(<List />);
    await vi.waitFor(() => expect(container.textContent).toBe('acc_1:0 acc_2:0'));
    const count = seen.length;
    await act(async () => engine.changed('accounts.list'));
    // A call after the change is answered after it, on the same port.
    await call('accounts.list', {});
    expect(seen.length).toBe(count);
  });

  test('tells an error with its code', async () => {
    function Outbox(): ReactNode {
      const live = useLive('outbox.list', {});
      return <p>{live.state === 'error' ? live.error.code : live.state}</p>;
    }
    const { container } = render(<Outbox />);
    await vi.waitFor(() => expect(container.textContent).toBe('storage-damaged'));
  });

  test('keeps showing the last value while the engine is away, and asks the new one again', async () => {
    const { container } = render(<List />);
    await vi.waitFor(() => expect(container.textContent).toBe('acc_1:0 acc_2:0'));
    engine.stop();
    await vi.waitFor(() => expect(transport.state).toBe('stopped'));
    const lost = await call('accounts.syncNow', { opId: newOperationId(), accountId: null });
    expect(lost).toMatchObject({ ok: false, error: { code: 'engine-stopped' } });
    expect(container.textContent).toBe('acc_1:0 acc_2:0');
    rows = [account('acc_1', 7)];
    act(() => transport.attach(engine.connect()));
    expect(transport.state).toBe('connected');
    await vi.waitFor(() => expect(container.textContent).toBe('acc_1:7'));
  });
});

describe('the transport', () => {
  test('ignores an answer that was overtaken, and fails pending calls when a new engine comes', async () => {
    const own = new Transport();
    const { port1, port2 } = new MessageChannel();
    const heard: unknown[] = [];
    const asked: PageToEngine[] = [];
    port1.addEventListener('message', (event: MessageEvent<PageToEngine>) => asked.push(event.data));
    port1.start();
    own.subscribe('cases.counts', {}, (result) => heard.push(result.ok && result.value));
    const waiting = own.call('cases.counts', {});
    own.attach(port2);
    await vi.waitFor(() => expect(asked.map((message) => message.t)).toEqual(['subscribe', 'call']));
    const send = (version: number, value: string): void => {
      port1.postMessage({ t: 'data', id: 1, version, result: { ok: true, value } } satisfies EngineToPage);
    };
    send(2, 'second');
    send(1, 'first');
    send(3, 'third');
    await vi.waitFor(() => expect(heard).toEqual(['second', 'third']));
    own.attach(new MessageChannel().port2);
    expect(await waiting).toMatchObject({ ok: false, error: { code: 'engine-stopped' } });
    port1.close();
  });
});

const NOBODY = { attend: () => undefined, stop: () => undefined };

describe('live queries', () => {
  test('are asked once for equal inputs, and given up only some seconds after the last reader left', () => {
    vi.useFakeTimers();
    const asked: string[] = [];
    const queries = new LiveQueries((name, input) => {
      asked.push(`${name} ${stableJson(input)}`);
      return { attend: () => undefined, stop: () => asked.push('stopped') };
    }, later);
    const stopOne = queries.open('cases.list', { view: 'all', limit: 5 }).subscribe(() => undefined);
    const stopTwo = queries.open('cases.list', { limit: 5, view: 'all' }).subscribe(() => undefined);
    expect(asked).toEqual(['cases.list {"limit":5,"view":"all"}']);
    stopOne();
    stopTwo();
    vi.advanceTimersByTime(KEEP_MS - 1);
    const stopThree = queries.open('cases.list', { limit: 5, view: 'all' }).subscribe(() => undefined);
    vi.advanceTimersByTime(KEEP_MS * 2);
    expect(asked).toHaveLength(1);
    stopThree();
    vi.advanceTimersByTime(KEEP_MS);
    expect(asked.at(-1)).toBe('stopped');
    expect(queries.size).toBe(0);
    vi.useRealTimers();
  });

  test('are kept in reserve while nobody shows them, and the engine is told when somebody does', () => {
    vi.useFakeTimers();
    const told: string[] = [];
    const queries = new LiveQueries((_name, _input, onData, isShown) => {
      told.push(`asked, ${isShown ? 'shown' : 'in reserve'}`);
      onData({ ok: true, value: 1 });
      return { attend: (isShownNow) => told.push(isShownNow ? 'shown' : 'in reserve'), stop: () => told.push('stopped') };
    }, later);
    const query = queries.open('cases.list', { view: 'vip' });
    const letGo = query.hold();
    vi.advanceTimersByTime(KEEP_MS * 10);
    expect(told).toEqual(['asked, in reserve']);
    expect(query.snapshot()).toEqual({ state: 'ready', value: 1 });
    queries.forgetUnused();
    const leave = query.subscribe(() => undefined);
    const leaveToo = query.subscribe(() => undefined);
    leave();
    expect(told.slice(1)).toEqual(['shown', 'shown']);
    leaveToo();
    vi.advanceTimersByTime(KEEP_MS * 10);
    expect(told.slice(3)).toEqual(['in reserve']);
    letGo();
    // again says nothing
    letGo();
    vi.advanceTimersByTime(KEEP_MS);
    expect(told.slice(4)).toEqual(['stopped']);
    expect(queries.size).toBe(0);
    vi.useRealTimers();
  });

  test('stay current for the seconds after the last reader left, and in reserve when they are held then', () => {
    vi.useFakeTimers();
    const told: string[] = [];
    const queries = new LiveQueries(
      () => ({ attend: (isShown) => told.push(isShown ? 'shown' : 'in reserve'), stop: () => told.push('stopped') }),
      later,
    );
    const query = queries.open('drafts.get', {});
    query.subscribe(() => undefined)();
    expect(told).toEqual([]);
    const letGo = query.hold();
    expect(told).toEqual(['in reserve']);
    vi.advanceTimersByTime(KEEP_MS * 2);
    letGo();
    vi.advanceTimersByTime(KEEP_MS);
    expect(told).toEqual(['in reserve', 'stopped']);
    vi.useRealTimers();
  });

  test('that are kept in reserve show what a command is about to change, too', () => {
    const queries = new LiveQueries((_name, _input, onData) => {
      onData({ ok: true, value: 'before' });
      return NOBODY;
    }, later);
    const query = queries.open('cases.list', { view: 'vip' });
    query.hold();
    queries.anticipate('cases.list', () => 'after');
    expect(query.snapshot()).toEqual({ state: 'ready', value: 'after' });
  });
});

describe('what a command is about to change', () => {
  const begin = (): {
    readonly shown: () => unknown;
    readonly answer: (value: unknown) => void;
    readonly anticipate: (value: unknown) => () => void;
    readonly told: () => number;
  } => {
    let answer: (value: unknown) => void = () => undefined;
    const queries = new LiveQueries(
      (_name, _input, onData) => {
        answer = (value) => onData({ ok: true, value });
        return NOBODY;
      },
      (work) => work(),
    );
    const query = queries.open('cases.list', {});
    let told = 0;
    query.subscribe(() => {
      told += 1;
    });
    return {
      shown: () => query.snapshot(),
      answer: (value) => answer(value),
      anticipate: (value) => queries.anticipate('cases.list', () => value),
      told: () => told,
    };
  };
  const ready = (value: unknown): unknown => ({ state: 'ready', value });

  test('is shown at once, and gives way to the next answer', () => {
    const { shown, answer, anticipate } = begin();
    answer('first');
    const takeBack = anticipate('expected');
    expect(shown()).toEqual(ready('expected'));
    answer('second');
    expect(shown()).toEqual(ready('second'));
    // too late: something newer is shown
    takeBack();
    expect(shown()).toEqual(ready('second'));
  });

  test('is taken back to what was answered last, also after several', () => {
    const { shown, answer, anticipate } = begin();
    answer('first');
    const takeBack = anticipate('expected');
    anticipate('more');
    takeBack();
    expect(shown()).toEqual(ready('first'));
  });

  test('is nothing where nothing changes, and nothing is known', () => {
    const { shown, answer, anticipate, told } = begin();
    anticipate('expected')();
    expect(shown()).toEqual({ state: 'loading' });
    answer('first');
    const before = told();
    anticipate('first')();
    expect([shown(), told()]).toEqual([ready('first'), before]);
  });

  test('an answer that says the same is the same answer', () => {
    const { shown, answer, anticipate, told } = begin();
    answer({ rows: [1] });
    anticipate({ rows: [2] });
    const before = told();
    answer({ rows: [2] });
    expect([shown(), told()]).toEqual([ready({ rows: [2] }), before]);
    answer({ rows: [1] });
    expect(shown()).toEqual(ready({ rows: [1] }));
  });
});

describe('answers that come together', () => {
  test('are told together, once each, and not to who left meanwhile', () => {
    const answers = new Map<string, (result: { readonly ok: true; readonly value: unknown }) => void>();
    const waiting: (() => void)[] = [];
    const queries = new LiveQueries(
      (name, _input, onData) => {
        answers.set(name, onData);
        return NOBODY;
      },
      (work) => waiting.push(work),
    );
    const told: string[] = [];
    const follow = (name: string): (() => void) => {
      const query = queries.open(name, {});
      return query.subscribe(() => told.push(`${name} ${JSON.stringify(query.snapshot())}`));
    };
    follow('cases.list');
    follow('cases.counts');
    const leave = follow('cases.labels');
    for (const value of [1, 2]) for (const name of answers.keys()) answers.get(name)?.({ ok: true, value });
    leave();
    expect(told).toEqual([]);
    for (const work of waiting.splice(0)) work();
    expect(told).toEqual(['cases.list {"state":"ready","value":2}', 'cases.counts {"state":"ready","value":2}']);
    answers.get('cases.list')?.({ ok: true, value: 3 });
    for (const work of waiting.splice(0)) work();
    expect(told.at(-1)).toBe('cases.list {"state":"ready","value":3}');
  });
});

describe('structural sharing', () => {
  test('a list with one new row keeps all others, wherever they moved', () => {
    const before = [
      { caseId: 'a', labels: ['x'] },
      { caseId: 'b', labels: [] },
    ];
    const next = share(before, [
      { caseId: 'c', labels: [] },
      { caseId: 'a', labels: ['x'] },
      { caseId: 'b', labels: ['y'] },
    ]) as typeof before;
    expect(next[1]).toBe(before[0]);
    expect(next[2]).not.toBe(before[1]);
    expect(next).toEqual([
      { caseId: 'c', labels: [] },
      { caseId: 'a', labels: ['x'] },
      { caseId: 'b', labels: ['y'] },
    ]);
  });

  test('equal values are the same value; a lost field is a change', () => {
    const before = { rows: [{ caseId: 'a', at: 1 }], total: 1 };
    expect(share(before, { rows: [{ caseId: 'a', at: 1 }], total: 1 })).toBe(before);
    const outbox: Partial<OutboxRow> = { subject: 'a', code: null };
    expect(share(outbox, { subject: 'a' })).toEqual({ subject: 'a' });
    expect(share({ subject: 'a' }, { subject: 'a', code: undefined })).toEqual({ subject: 'a', code: undefined });
  });

  test('bytes are never mistaken for plain objects', () => {
    const next = { bytes: new Uint8Array([1]) };
    expect((share({ bytes: new Uint8Array([1]) }, next) as typeof next).bytes).toBe(next.bytes);
  });
});
