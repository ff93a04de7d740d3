import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { EMPTY_PACKET } from '../../../../shared/domain/handoff/packet.ts';
import type { PacketPromise } from '../../../../shared/domain/handoff/packet.ts';
import { makeId } from '../../../../shared/domain/ids.ts';
import { instant } from '../../../../shared/domain/time.ts';
import { OfferSession, SAVE_AFTER_MS } from './packet-session.ts';
import type { OfferDraft } from './packet-session.ts';

const draft = (goal: string): OfferDraft => ({ packet: { ...EMPTY_PACKET, goal }, to: null, reason: 'shift-end' });
let saved: (OfferDraft | null)[];
let works: boolean;
const port = {
  save: async (each: OfferDraft | null): Promise<boolean> => {
    if (works) saved.push(each);
    return Promise.resolve(works);
  },
};
const goals = (): readonly (string | null)[] => saved.map((each) => each?.packet.goal ?? null);

beforeEach(() => {
  vi.useFakeTimers();
  saved = [];
  works = true;
});
afterEach(() => void vi.useRealTimers());

describe('a packet while it is written', () => {
  it('is saved once typing pauses, and at once when its dialog closes', async () => {
    const session = new OfferSession(port, draft('a'), null);
    session.editPacket({ goal: 'ab' });
    session.editPacket({ goal: 'abc' });
    await vi.advanceTimersByTimeAsync(SAVE_AFTER_MS - 1);
    expect(saved).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(goals()).toEqual(['abc']);
    expect(session.snapshot().state).toBe('saved');
    session.editPacket({ goal: 'abcd' });
    await session.flush();
    expect(goals()).toEqual(['abc', 'abcd']);
  });

  it('follows the case only until somebody writes', () => {
    const session = new OfferSession(port, draft('a'), null);
    session.follow(draft('b'), null);
    expect(session.snapshot().draft.packet.goal).toBe('b');
    session.editPacket({ goal: 'mine' });
    session.follow(draft('c'), null);
    expect(session.snapshot().draft.packet.goal).toBe('mine');
  });

  it('takes over a newer draft from the database, and no older one', () => {
    const session = new OfferSession(port, draft('a'), instant(5));
    session.follow(draft('older'), instant(4));
    expect(session.snapshot().draft.packet.goal).toBe('a');
    session.follow(draft('newer'), instant(6));
    expect(session.snapshot()).toMatchObject({ state: 'saved', draft: { packet: { goal: 'newer' } } });
    session.editPacket({ goal: 'mine' });
    session.follow(draft('newest'), instant(7));
    expect(session.snapshot().draft.packet.goal).toBe('mine');
  });

  it('has all open promises and no other, with the words that were written for them', () => {
    const promise = (id: string, text: string): PacketPromise => ({
      promiseId: makeId('prm', id),
      text,
      dueAt: instant(1),
      zone: 'UTC',
    });
    const session = new OfferSession(port, draft('a'), null);
    session.followPromises([promise('a', 'one')]);
    session.editPacket({ promises: [promise('a', 'in my words')] });
    session.followPromises([promise('a', 'one'), promise('b', 'two')]);
    expect(session.snapshot().draft.packet.promises.map((each) => each.text)).toEqual(['in my words', 'two']);
    session.followPromises([promise('b', 'two')]);
    expect(session.snapshot().draft.packet.promises.map((each) => each.text)).toEqual(['two']);
  });

  it('keeps the words when saving fails, says so, and tries again', async () => {
    works = false;
    const session = new OfferSession(port, draft('a'), null);
    session.editPacket({ goal: 'b' });
    await vi.advanceTimersByTimeAsync(SAVE_AFTER_MS);
    expect(session.snapshot()).toMatchObject({ state: 'error', draft: { packet: { goal: 'b' } } });
    works = true;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(goals()).toEqual(['b']);
    expect(session.snapshot().state).toBe('saved');
  });

  it('starts over with what the case tells, here and in the database', async () => {
    const session = new OfferSession(port, draft('a'), null);
    session.editPacket({ goal: 'b' });
    await session.startOver();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(saved).toEqual([null]);
    expect(session.snapshot()).toEqual({ draft: draft('a'), state: 'untouched' });
  });

  it('is not saved any more once it was offered', async () => {
    const session = new OfferSession(port, draft('a'), null);
    session.editPacket({ goal: 'b' });
    session.end();
    await session.flush();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(saved).toEqual([]);
  });
});
