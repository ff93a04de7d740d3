import { connectingSince } from '../../src/main/engine/team/hub-link.ts';
import type { ChatEntry, ChatLine, ChatNews, LinkState } from '../../src/main/engine/team/hub-link.ts';
import type { ChatLink } from '../../src/main/engine/channels/chat/chat-hub.ts';
import { LogUnavailable } from '../../src/main/engine/team/team-log.ts';
import { chatSubject } from '../../src/shared/domain/chat/chat-wire.ts';
import type { FromVisitor } from '../../src/shared/domain/chat/chat-wire.ts';
import { instant } from '../../src/shared/domain/time.ts';
import type { ChatVisitor } from './chat-visitor.ts';

/** How many bytes a page of the real one holds. */
const PAGE_BYTES = 2 * 1024 * 1024;

/**
 * A fake of the chats of a hub, in memory and for one site: it stores, numbers and pages as `hub-chat.ts` does, and it is never cut. What
 * depends on a hub is tested with a real one.
 */
export class FakeChatLine implements ChatLine {
  readonly entries: ChatEntry[] = [];
  readonly published: { readonly visitor: string; readonly id: string; readonly data: string }[] = [];
  /** Pages that were read. */
  reads = 0;
  logId = 'CHAT fake';
  now = 1_700_000_000_000;
  #listeners = new Set<(news: ChatNews) => void>();

  /** As the connector gets it. */
  link(): ChatLink {
    const state: LinkState = { ...connectingSince(instant(this.now)), state: 'online', clockAheadMs: 0 };
    return { chat: this, state: () => state, onState: () => () => undefined };
  }

  /** What a visitor says, stored without a network. */
  async put(visitor: ChatVisitor, said: FromVisitor): Promise<void> {
    const data = await visitor.sealed(chatSubject('chat', 'in', 'shop', visitor.name), said);
    this.entries.push({
      sequence: (this.entries.at(-1)?.sequence ?? 0) + 1,
      visitor: visitor.name,
      id: null,
      storedAt: instant(this.now),
      data,
    });
    for (const listener of this.#listeners) listener({ t: 'stored' });
  }

  async identity(): Promise<{ logId: string; lastSequence: number }> {
    return { logId: this.logId, lastSequence: this.entries.at(-1)?.sequence ?? 0 };
  }

  async publish({ visitor, id, data }: Parameters<ChatLine['publish']>[0]): Promise<{ sequence: number; isRepeated: boolean }> {
    this.published.push({ visitor, id, data });
    return { sequence: this.published.length, isRepeated: false };
  }

  async read(site: string, after: number, limit: number, visitor?: string): Promise<readonly ChatEntry[]> {
    if (site !== 'shop') throw new LogUnavailable('this fake has one site');
    this.reads += 1;
    const found: ChatEntry[] = [];
    let bytes = 0;
    for (const entry of this.entries) {
      if (entry.sequence <= after || (visitor !== undefined && entry.visitor !== visitor)) continue;
      bytes += entry.data.length;
      if (found.length >= limit || (found.length > 0 && bytes > PAGE_BYTES)) break;
      found.push(entry);
    }
    return found;
  }

  async holds(_site: string, visitor: string, id: string): Promise<boolean> {
    return this.published.some((each) => each.visitor === visitor && each.id === id);
  }

  listen(_site: string, listener: (news: ChatNews) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  tell(): void {
    // nobody stores it
  }
}
