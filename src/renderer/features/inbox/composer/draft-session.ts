import type { Draft } from '../../../../shared/contract/cases.contract.ts';
import type { DraftId } from '../../../../shared/domain/ids.ts';
import type { Party } from '../../../../shared/domain/message.ts';
import type { Instant } from '../../../../shared/domain/time.ts';
import { sameRecipients } from './recipients.ts';

/** What a person has written so far; attachments are kept by the engine with the draft itself. */
export interface DraftContent {
  readonly text: string;
  readonly to: readonly Party[];
  readonly cc: readonly Party[];
}

export type DraftSaved =
  | { readonly ok: true; readonly draftId: DraftId; readonly savedAt: Instant }
  | { readonly ok: false; readonly code: string };

/** How a session reaches the engine. */
export interface DraftPort {
  save(content: DraftContent): Promise<DraftSaved>;
  discard(draftId: DraftId): Promise<boolean>;
}

/** untouched: nothing of the person's own in it. error: the words are here but not yet in the database. */
export type SaveState = 'untouched' | 'unsaved' | 'saving' | 'saved' | 'error';

export interface DraftView {
  readonly content: DraftContent;
  readonly state: SaveState;
  /** Why the last save failed; null when it did not. */
  readonly errorCode: string | null;
  readonly draftId: DraftId | null;
  readonly savedAt: Instant | null;
}

/** A draft as it is in the database, while it is being sent. */
export interface TakenDraft {
  readonly draftId: DraftId;
  readonly content: DraftContent;
}

/** How long typing must pause before the draft is saved. */
export const SAVE_AFTER_MS = 600;
/** How long until a failed save is tried again by itself. */
export const RETRY_AFTER_MS = 4_000;

/**
 * One draft while it is being written. It owns the words: they live here from the first key press, are saved when
 * typing pauses, and are never replaced by what the database says unless nothing unsaved is left. One save runs at a
 * time; what is typed meanwhile is saved after it. While it is being sent nothing is saved, so that what leaves is what was there when it was taken.
 */
export class DraftSession {
  #view: DraftView;
  #start: DraftContent;
  #loaded = false;
  #attachments = 0;
  #running: Promise<void> | null = null;
  /** The words that are being sent. */
  #taken: DraftContent | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;
  readonly #listeners = new Set<() => void>();
  readonly #port: DraftPort;

  /** @param start what an untouched composer holds: the usual recipients and the signature */
  constructor(port: DraftPort, start: DraftContent) {
    this.#port = port;
    this.#start = start;
    this.#view = { content: start, state: 'untouched', errorCode: null, draftId: null, savedAt: null };
  }

  readonly subscribe = (onChange: () => void): (() => void) => {
    this.#listeners.add(onChange);
    return () => this.#listeners.delete(onChange);
  };

  readonly snapshot = (): DraftView => this.#view;

  /** True while words are here that the database does not have. */
  get unsaved(): boolean {
    return this.#view.state === 'unsaved' || this.#view.state === 'saving' || this.#view.state === 'error';
  }

  /** Other usual recipients or another signature; taken over only while nothing was written. */
  setStart(start: DraftContent): void {
    if (sameContent(start, this.#start)) return;
    this.#start = start;
    if (this.#view.state === 'untouched') this.#set({ content: start });
  }

  edit(change: Partial<DraftContent>): void {
    this.#set({ content: { ...this.#view.content, ...change }, state: 'unsaved' });
    this.#schedule(SAVE_AFTER_MS);
  }

  /** What the database holds now, first at loading and then whenever it changes. */
  adopt(draft: Draft | null): void {
    const first = !this.#loaded;
    this.#loaded = true;
    this.#attachments = draft?.attachments.length ?? 0;
    if (this.unsaved) {
      if (draft !== null && this.#view.draftId === null) this.#join(draft, first);
      return;
    }
    if (draft === null) {
      // Sent, or discarded elsewhere.
      if (this.#view.draftId !== null) this.reset();
      return;
    }
    if (this.#view.savedAt !== null && draft.savedAt < this.#view.savedAt) return;
    const content = { text: draft.text, to: draft.to, cc: draft.cc };
    this.#set({
      content: sameContent(content, this.#view.content) ? this.#view.content : content,
      state: 'saved',
      draftId: draft.draftId,
      savedAt: draft.savedAt,
    });
  }

  /** Somebody typed before the stored draft was here: both are kept, the stored words first. */
  #join(draft: Draft, first: boolean): void {
    const typed = this.#view.content.text;
    const joined = first && draft.text.trim() !== '' && !typed.includes(draft.text);
    this.#set({
      draftId: draft.draftId,
      content: joined ? { ...this.#view.content, text: `${draft.text}\n${typed}` } : this.#view.content,
    });
  }

  /** Saves what is not saved yet. Resolves with the draft's id, or null when saving failed or there is nothing to save. */
  async flush(): Promise<DraftId | null> {
    this.#cancelTimer();
    if (this.#taken !== null) return null;
    if (this.#running !== null) await this.#running;
    if (this.#view.state === 'unsaved' || this.#view.state === 'error') {
      this.#running = this.#saveOnce();
      await this.#running;
      this.#running = null;
    }
    return this.unsaved ? null : this.#view.draftId;
  }

  /** Saves even an untouched draft, because an attachment needs one to hang on. */
  async ensureStored(): Promise<DraftId | null> {
    if (this.#view.draftId === null && this.#view.state === 'untouched') this.#set({ state: 'unsaved' });
    this.#attachments += 1;
    return this.flush();
  }

  /**
   * Takes what is written now to be sent, and saves it. Until `sent` or `giveBack` nothing else is saved: people write on while it is on its way.
   * Null when it could not be saved, or there is nothing.
   */
  async take(): Promise<TakenDraft | null> {
    if (this.#taken !== null) return null;
    const { content } = this.#view;
    this.#cancelTimer();
    this.#taken = content;
    if (this.#running !== null) await this.#running;
    if (this.unsaved) {
      this.#running = this.#save(content);
      await this.#running;
      this.#running = null;
    }
    const { draftId, state } = this.#view;
    if (draftId !== null && state !== 'error') return { draftId, content };
    this.giveBack();
    return null;
  }

  /** What was taken has been sent: what was written since begins the next message. */
  sent(): void {
    const taken = this.#taken;
    // it was told before that the draft is gone, and what was written then is new anyway
    if (taken === null) return;
    const rest = writtenSince(taken.text, this.#view.content.text);
    this.reset();
    if (rest.trim() !== '') this.edit({ text: rest + this.#start.text });
  }

  /** What was taken stands somewhere else now, as a note does: its draft is thrown away. */
  async putAway({ draftId }: TakenDraft): Promise<void> {
    if (await this.#port.discard(draftId)) this.sent();
    else this.giveBack();
  }

  /** What was taken could not be sent, or is not to be. */
  giveBack(): void {
    this.#taken = null;
    if (this.unsaved) this.#schedule(this.#view.state === 'error' ? RETRY_AFTER_MS : SAVE_AFTER_MS);
  }

  /** Back to an untouched composer: when the draft was sent, or the person throws it away. */
  reset(): void {
    this.#cancelTimer();
    this.#attachments = 0;
    this.#taken = null;
    this.#set({ content: this.#start, state: 'untouched', errorCode: null, draftId: null, savedAt: null });
  }

  async discard(): Promise<boolean> {
    const { draftId } = this.#view;
    this.#cancelTimer();
    if (draftId !== null && !(await this.#port.discard(draftId))) return false;
    this.reset();
    return true;
  }

  async #saveOnce(): Promise<void> {
    const { content, draftId } = this.#view;
    if (this.#attachments === 0 && sameContent(content, this.#start)) {
      // Everything was deleted again: no empty drafts are left behind.
      if (draftId === null || (await this.#port.discard(draftId))) {
        if (this.#view.content === content) this.reset();
        return;
      }
    }
    await this.#save(content);
  }

  async #save(content: DraftContent): Promise<void> {
    this.#set({ state: 'saving' });
    const saved = await this.#port.save(content);
    if (!saved.ok) {
      this.#set({ state: 'error', errorCode: saved.code });
      this.#schedule(RETRY_AFTER_MS);
      return;
    }
    const newer = this.#view.content !== content;
    this.#set({ state: newer ? 'unsaved' : 'saved', errorCode: null, draftId: saved.draftId, savedAt: saved.savedAt });
    if (newer) this.#schedule(SAVE_AFTER_MS);
  }

  #schedule(ms: number): void {
    this.#cancelTimer();
    if (this.#taken !== null) return;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      void this.flush();
    }, ms);
  }

  #cancelTimer(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  #set(change: Partial<DraftView>): void {
    this.#view = { ...this.#view, ...change };
    for (const listener of this.#listeners) listener();
  }
}

/** What was written into a text: what was put in at one place; all of it when more than that was done. */
function writtenSince(before: string, now: string): string {
  let head = 0;
  while (head < before.length && before[head] === now[head]) head += 1;
  const tail = before.length - head;
  const isPutIn = now.length >= before.length && now.endsWith(before.slice(head));
  return isPutIn ? now.slice(head, now.length - tail) : now;
}

function sameContent(a: DraftContent, b: DraftContent): boolean {
  return a.text.trimEnd() === b.text.trimEnd() && sameRecipients(a.to, b.to) && sameRecipients(a.cc, b.cc);
}
