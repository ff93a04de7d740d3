import type { Instant } from '../../../../shared/domain/time.ts';
import type { HandoffReason, Packet, PacketPromise, Recipient } from '../../../../shared/domain/handoff/packet.ts';

/** What a sender has written so far. */
export interface OfferDraft {
  readonly packet: Packet;
  /** Null while nobody was found or chosen. */
  readonly to: Recipient | null;
  readonly reason: HandoffReason;
}

/** How a session reaches the engine; tells whether it worked. */
export interface OfferPort {
  save(draft: OfferDraft | null): Promise<boolean>;
}

/** untouched: as the case itself tells it. error: the words are here but not yet in the database. */
export type OfferSaveState = 'untouched' | 'unsaved' | 'saving' | 'saved' | 'error';

export interface OfferView {
  readonly draft: OfferDraft;
  readonly state: OfferSaveState;
}

/** How long typing must pause before the draft is saved, and until a failed save is tried again. */
export const SAVE_AFTER_MS = 500;
const RETRY_AFTER_MS = 4_000;

/**
 * A packet while it is written. It owns the words: they are saved when typing pauses and when the dialog closes, and what
 * the case itself tells takes their place only while nobody has touched them. One save runs at a time.
 */
export class OfferSession {
  #view: OfferView;
  /** What the case tells by itself; null while only a kept draft is known. */
  #start: OfferDraft | null;
  /** Of the kept draft that was seen last. */
  #savedAt: Instant | null;
  #isLocked = false;
  #running: Promise<void> | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;
  readonly #listeners = new Set<() => void>();
  readonly #port: OfferPort;

  /** @param savedAt when `draft` was kept; null for what the case itself tells */
  constructor(port: OfferPort, draft: OfferDraft, savedAt: Instant | null) {
    this.#port = port;
    this.#savedAt = savedAt;
    this.#start = savedAt === null ? draft : null;
    this.#view = { draft, state: savedAt === null ? 'untouched' : 'saved' };
  }

  readonly subscribe = (onChange: () => void): (() => void) => {
    this.#listeners.add(onChange);
    return () => this.#listeners.delete(onChange);
  };

  readonly snapshot = (): OfferView => this.#view;

  edit(change: Partial<OfferDraft>): void {
    this.#set({ draft: { ...this.#view.draft, ...change }, state: 'unsaved' });
    this.#schedule(SAVE_AFTER_MS);
  }

  editPacket(change: Partial<Packet>): void {
    this.edit({ packet: { ...this.#view.draft.packet, ...change } });
  }

  /** What the engine has now: what the case tells, or a kept draft. Never takes the place of words that are not saved. */
  follow(draft: OfferDraft, savedAt: Instant | null): void {
    if (savedAt === null) this.#start = draft;
    const { state } = this.#view;
    const isNewer = savedAt !== null && (this.#savedAt === null || savedAt > this.#savedAt);
    if (isNewer) this.#savedAt = savedAt;
    if (state === 'untouched') this.#set({ draft, state: savedAt === null ? 'untouched' : 'saved' });
    else if (state === 'saved' && isNewer && JSON.stringify(draft) !== JSON.stringify(this.#view.draft)) this.#set({ draft });
  }

  /** The open promises of the case: all of them belong into the packet, and none besides. Their words stay as they are. */
  followPromises(promises: readonly PacketPromise[]): void {
    const { draft } = this.#view;
    const known = new Map(draft.packet.promises.map((each) => [each.promiseId, each]));
    const next = promises.map((each) => ({ ...each, text: known.get(each.promiseId)?.text ?? each.text }));
    if (JSON.stringify(next) === JSON.stringify(draft.packet.promises)) return;
    // it is no edit: the ledger keeps them, and the next one who opens the packet gets them again
    this.#set({ draft: { ...draft, packet: { ...draft.packet, promises: next } } });
  }

  /** Saves what is not saved yet. */
  async flush(): Promise<void> {
    this.#cancelTimer();
    if (this.#running !== null) await this.#running;
    if (this.#isLocked || (this.#view.state !== 'unsaved' && this.#view.state !== 'error')) return;
    this.#running = this.#saveOnce();
    await this.#running;
    this.#running = null;
  }

  /** Throws away what was written, here and in the database; what the case tells takes its place. Tells whether it worked. */
  async startOver(): Promise<boolean> {
    this.#cancelTimer();
    if (this.#running !== null) await this.#running;
    const isGone = await this.#port.save(null);
    if (isGone) this.#set({ draft: this.#start ?? this.#view.draft, state: 'untouched' });
    if (isGone) this.#savedAt = null;
    return isGone;
  }

  /** It was offered, or its dialog is gone: nothing is saved any more. */
  end(): void {
    this.#cancelTimer();
    this.#isLocked = true;
  }

  async #saveOnce(): Promise<void> {
    const { draft } = this.#view;
    this.#set({ state: 'saving' });
    const isSaved = await this.#port.save(draft);
    if (this.#isLocked) return;
    const isNewer = this.#view.draft !== draft;
    this.#set({ state: isSaved ? (isNewer ? 'unsaved' : 'saved') : 'error' });
    if (!isSaved) this.#schedule(RETRY_AFTER_MS);
    else if (isNewer) this.#schedule(SAVE_AFTER_MS);
  }

  #schedule(ms: number): void {
    this.#cancelTimer();
    this.#timer = setTimeout(() => {
      this.#timer = null;
      void this.flush();
    }, ms);
  }

  #cancelTimer(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  #set(change: Partial<OfferView>): void {
    this.#view = { ...this.#view, ...change };
    for (const listener of this.#listeners) listener();
  }
}
