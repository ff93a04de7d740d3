import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Draft } from '../../../../shared/contract/cases.contract.ts';
import { makeId } from '../../../../shared/domain/ids.ts';
import { instant } from '../../../../shared/domain/time.ts';
import { DraftSession, RETRY_AFTER_MS, SAVE_AFTER_MS } from './draft-session.ts';
import type { DraftContent, DraftPort, DraftSaved } from './draft-session.ts';

const ANN = { address: 'ann@example.org', name: 'Ann' };
const START: DraftContent = { text: '\n\n-- \nMe', to: [ANN], cc: [] };
const DRAFT_ID = makeId('drf', '1');
const stored = (text: string, savedAt = 5): Draft => ({
  draftId: DRAFT_ID,
  caseId: makeId('case', '1'),
  kind: 'reply',
  text,
  to: [ANN],
  cc: [],
  attachments: [],
  savedAt: instant(savedAt),
});

/** A database that answers when the test says so. */
class SlowPort implements DraftPort {
  readonly saves: DraftContent[] = [];
  readonly discarded: string[] = [];
  #answers: ((saved: DraftSaved) => void)[] = [];
  async save(content: DraftContent): Promise<DraftSaved> {
    this.saves.push(content);
    return new Promise((resolve) => this.#answers.push(resolve));
  }
  async discard(draftId: string): Promise<boolean> {
    this.discarded.push(draftId);
    return Promise.resolve(true);
  }
  async answer(saved: DraftSaved = { ok: true, draftId: DRAFT_ID, savedAt: instant(10 + this.saves.length) }): Promise<void> {
    this.#answers.shift()?.(saved);
    await vi.advanceTimersByTimeAsync(0);
  }
}

describe('DraftSession', () => {
  let port: SlowPort;
  let session: DraftSession;
  const text = () => session.snapshot().content.text;
  beforeEach(() => {
    vi.useFakeTimers();
    port = new SlowPort();
    session = new DraftSession(port, START);
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('saves once when typing pauses', async () => {
    session.adopt(null);
    session.edit({ text: 'He' });
    await vi.advanceTimersByTimeAsync(SAVE_AFTER_MS - 1);
    session.edit({ text: 'Hello' });
    await vi.advanceTimersByTimeAsync(SAVE_AFTER_MS - 1);
    expect(port.saves).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(port.saves.map((each) => each.text)).toEqual(['Hello']);
    await port.answer();
    expect(session.snapshot()).toMatchObject({ state: 'saved', draftId: DRAFT_ID });
  });

  it('saves what was typed during a save after it, never two at once', async () => {
    session.edit({ text: 'one' });
    await vi.advanceTimersByTimeAsync(SAVE_AFTER_MS);
    session.edit({ text: 'one two' });
    const flushed = session.flush();
    await vi.advanceTimersByTimeAsync(0);
    expect(port.saves).toHaveLength(1);
    await port.answer();
    expect(port.saves.map((each) => each.text)).toEqual(['one', 'one two']);
    await port.answer();
    expect(await flushed).toBe(DRAFT_ID);
  });

  it('keeps the words when saving fails, and tries again by itself', async () => {
    session.edit({ text: 'precious' });
    await vi.advanceTimersByTimeAsync(SAVE_AFTER_MS);
    await port.answer({ ok: false, code: 'storage-full' });
    expect(session.snapshot()).toMatchObject({ state: 'error', errorCode: 'storage-full' });
    session.adopt(null);
    expect(text()).toBe('precious');
    await vi.advanceTimersByTimeAsync(RETRY_AFTER_MS);
    await port.answer();
    expect(port.saves).toHaveLength(2);
    expect(session.snapshot()).toMatchObject({ state: 'saved', errorCode: null });
  });

  it('takes over a stored draft, and one that changed elsewhere, but nothing older', () => {
    session.adopt(stored('from yesterday'));
    expect(text()).toBe('from yesterday');
    session.adopt(stored('from another window', 7));
    session.adopt(stored('late news', 6));
    expect(text()).toBe('from another window');
  });

  it('does not let the database overwrite unsaved words', () => {
    session.adopt(stored('old'));
    session.edit({ text: 'old and new' });
    session.adopt(stored('old', 9));
    expect(text()).toBe('old and new');
  });

  it('joins what was typed before the stored draft was there', () => {
    session.edit({ text: 'typed early' });
    session.adopt(stored('stored'));
    expect(text()).toBe('stored\ntyped early');
    session.adopt(stored('stored'));
    expect(text()).toBe('stored\ntyped early');
  });

  it('leaves no empty draft behind', async () => {
    session.adopt(stored('x'));
    session.edit({ text: START.text });
    await vi.advanceTimersByTimeAsync(SAVE_AFTER_MS);
    expect(port.discarded).toEqual([DRAFT_ID]);
    expect(port.saves).toEqual([]);
    expect(session.snapshot()).toMatchObject({ state: 'untouched', draftId: null });
  });

  it('starts afresh when its draft was sent, and takes new recipients only while untouched', () => {
    session.adopt(stored('x'));
    session.adopt(null);
    expect(text()).toBe(START.text);
    session.setStart({ ...START, to: [] });
    expect(session.snapshot().content.to).toEqual([]);
    session.edit({ text: 'hi' });
    session.setStart({ ...START, to: [ANN] });
    expect(session.snapshot().content.to).toEqual([]);
  });

  it('stores an untouched draft for an attachment to hang on', async () => {
    session.adopt(null);
    const id = session.ensureStored();
    await vi.advanceTimersByTimeAsync(0);
    await port.answer();
    expect(await id).toBe(DRAFT_ID);
    expect(port.saves).toEqual([START]);
  });

  describe('while it is being sent', () => {
    const SIGNATURE = START.text;
    const written = { ...START, text: `Dear Ann${SIGNATURE}` };
    /** Writes, and takes it to be sent. */
    async function take(): Promise<void> {
      session.adopt(null);
      session.edit(written);
      const taking = session.take();
      await vi.advanceTimersByTimeAsync(0);
      await port.answer();
      expect(await taking).toEqual({ draftId: DRAFT_ID, content: written });
    }

    it('is what was there when it was taken, and what is written meanwhile begins the next one', async () => {
      await take();
      session.edit({ text: `Dear Ann, and more${SIGNATURE}` });
      expect(await session.flush()).toBeNull();
      await vi.advanceTimersByTimeAsync(5_000);
      expect(port.saves).toEqual([written]);
      session.sent();
      expect(session.snapshot()).toMatchObject({ state: 'unsaved', draftId: null, content: { text: `, and more${SIGNATURE}` } });
      await vi.advanceTimersByTimeAsync(SAVE_AFTER_MS);
      expect(port.saves.at(-1)?.text).toBe(`, and more${SIGNATURE}`);
    });

    it('leaves an untouched composer when nothing was written since', async () => {
      await take();
      session.edit({ text: `Dear Ann ${SIGNATURE}` });
      session.sent();
      expect(session.snapshot()).toMatchObject({ state: 'untouched', draftId: null, content: START });
    });

    it('loses nothing that was changed in several places', async () => {
      await take();
      session.edit({ text: `dear Ann!${SIGNATURE}` });
      session.sent();
      expect(text()).toContain('dear Ann!');
    });

    it('keeps what is written while it is saved apart from it', async () => {
      session.adopt(null);
      session.edit(written);
      const taking = session.take();
      session.edit({ text: `Dear Ann, and more${SIGNATURE}` });
      await vi.advanceTimersByTimeAsync(0);
      await port.answer();
      expect((await taking)?.content).toEqual(written);
      expect(port.saves).toEqual([written]);
      session.sent();
      expect(text()).toBe(`, and more${SIGNATURE}`);
    });

    it('goes on when it could not be sent: all words are there, and are saved', async () => {
      await take();
      session.edit({ text: `Dear Ann, and more${SIGNATURE}` });
      session.giveBack();
      expect(session.snapshot()).toMatchObject({ draftId: DRAFT_ID, content: { text: `Dear Ann, and more${SIGNATURE}` } });
      await vi.advanceTimersByTimeAsync(SAVE_AFTER_MS);
      expect(port.saves.at(-1)?.text).toBe(`Dear Ann, and more${SIGNATURE}`);
    });

    it('is not taken when it can not be saved, and is saved later', async () => {
      session.adopt(null);
      session.edit(written);
      const taking = session.take();
      await vi.advanceTimersByTimeAsync(0);
      await port.answer({ ok: false, code: 'storage-full' });
      expect(await taking).toBeNull();
      expect(session.snapshot()).toMatchObject({ state: 'error', errorCode: 'storage-full', content: written });
      await vi.advanceTimersByTimeAsync(RETRY_AFTER_MS);
      expect(port.saves).toEqual([written, written]);
    });

    it('that is gone before it is told that it was sent leaves new words as they are', async () => {
      await take();
      session.adopt(null);
      session.edit({ text: `New${SIGNATURE}` });
      session.sent();
      expect(text()).toBe(`New${SIGNATURE}`);
    });

    it('is thrown away when its words stand in a note, but for what was written since', async () => {
      await take();
      session.edit({ text: `Dear Ann, and more${SIGNATURE}` });
      await session.putAway({ draftId: DRAFT_ID, content: written });
      expect(port.discarded).toEqual([DRAFT_ID]);
      expect(text()).toBe(`, and more${SIGNATURE}`);
    });
  });
});
