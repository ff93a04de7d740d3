import { webcrypto } from 'node:crypto';
import { ChatSession } from '../../../resources/widget/src/chat-session.ts';
import type { ChatView } from '../../../resources/widget/src/chat-session.ts';
import type { ChatStore } from '../../../resources/widget/src/chat-store.ts';
import { NotStored } from '../../../resources/widget/src/hub-socket.ts';
import type { HubLine, HubState } from '../../../resources/widget/src/hub-socket.ts';
import { loneTab } from '../../../resources/widget/src/tabs.ts';
import type { TabNews, Tabs } from '../../../resources/widget/src/tabs.ts';
import { ChatSeals, type Visitor } from '../../../src/main/engine/channels/chat/chat-seals.ts';
import { fromBase64Url } from '../../../src/shared/domain/chat/chat-frames.ts';
import { chatSubject } from '../../../src/shared/domain/chat/chat-wire.ts';
import type { FromTeam, FromVisitor } from '../../../src/shared/domain/chat/chat-wire.ts';
import { webSealing } from '../../../src/shared/domain/chat/web-sealing.ts';
import { newSiteKeys, type SiteKeys } from '../chat-visitor.ts';

/** A fake hub in memory for the logic of the widget: stores what it is given and opens it as the team would. No server, no socket. */
export class FakeLine implements HubLine {
  state: HubState = 'idle';
  /** Entries as the hub has them: each id once. */
  readonly stored: FromVisitor[] = [];
  readonly live: FromVisitor[] = [];
  /** How often each id was handed in. */
  readonly attempts = new Map<string, number>();
  /** Decides what becomes of an entry; null: it is stored. `ack-lost`: it is stored, and nobody hears so. */
  fate: (said: FromVisitor) => NotStored['code'] | 'ack-lost' | null = () => null;
  visitor: Visitor | null = null;
  /** How often it was asked to try now. */
  nudges = 0;
  onState: (state: HubState) => void = () => {};
  readonly #seals: ChatSeals;
  readonly #heard = new Map<string, (payload: Uint8Array) => void>();
  readonly #ids = new Set<string>();

  constructor(seals: ChatSeals) {
    this.#seals = seals;
  }

  listen(subject: string, heard: (payload: Uint8Array) => void): void {
    this.#heard.set(subject, heard);
  }

  start(): void {
    this.become('connecting');
  }

  stop(): void {
    this.become('idle');
  }

  nudge(): void {
    this.nudges += 1;
  }

  become(state: HubState): void {
    this.state = state;
    this.onState(state);
  }

  say(subject: string, text: string): void {
    void this.#open('live', subject, text).then((said) => this.live.push(said));
  }

  async store(subject: string, text: string, messageId: string): Promise<void> {
    if (this.state !== 'online') throw new NotStored('offline');
    const said = await this.#open('chat', subject, text);
    this.attempts.set(messageId, (this.attempts.get(messageId) ?? 0) + 1);
    const fate = this.fate(said);
    if (fate !== null && fate !== 'ack-lost') throw new NotStored(fate);
    if (!this.#ids.has(messageId)) this.stored.push(said);
    this.#ids.add(messageId);
    if (fate === 'ack-lost') throw new NotStored('offline');
  }

  /** The team says something; it comes only while there is a connection. */
  async tell(told: FromTeam): Promise<void> {
    const { visitor } = this;
    if (visitor === null) throw new Error('nobody is there');
    const sealed = await this.#seals.seal('chat', visitor, told);
    if (this.state === 'online') this.#heard.get(chatSubject('chat', 'out', 'shop', visitor.name))?.(new TextEncoder().encode(sealed));
  }

  of<Kind extends FromVisitor['t']>(kind: Kind): Extract<FromVisitor, { readonly t: Kind }>[] {
    return this.stored.filter((said): said is Extract<FromVisitor, { readonly t: Kind }> => said.t === kind);
  }

  async #open(kind: 'chat' | 'live', subject: string, text: string): Promise<FromVisitor> {
    const opened = await this.#seals.open(kind, subject.split('.').at(-1) ?? '', text);
    if (typeof opened === 'string') throw new Error(opened);
    this.visitor = opened.visitor;
    return opened.said;
  }
}

/** The tabs of one browser, with one lock. */
export class FakeTabs {
  readonly #heard = new Map<Tabs, (news: TabNews) => void>();
  readonly #waiting: { readonly tab: Tabs; readonly begin: () => void }[] = [];
  #leader: Tabs | null = null;

  open(): Tabs {
    const tab: Tabs = {
      tell: (news) => {
        for (const [other, heard] of this.#heard) if (other !== tab) queueMicrotask(() => heard(news));
      },
      hear: (heard) => this.#heard.set(tab, heard),
      lead: (begin) => {
        this.#waiting.push({ tab, begin });
        this.#next();
      },
      close: () => {
        this.#heard.delete(tab);
        if (this.#leader === tab) this.#leader = null;
        this.#next();
      },
    };
    return tab;
  }

  #next(): void {
    if (this.#leader !== null) return;
    const next = this.#waiting.shift();
    this.#leader = next?.tab ?? null;
    next?.begin();
  }
}

let siteKeys: SiteKeys | null = null;

/** One tab with its line. @param store kept over a reload */
export async function openTab(
  store: ChatStore,
  tabs: Tabs = loneTab(),
): Promise<{ session: ChatSession; line: FakeLine; view: () => ChatView }> {
  siteKeys ??= await newSiteKeys();
  const line = new FakeLine(await ChatSeals.make('shop', siteKeys.privateKey));
  const session = new ChatSession({
    site: 'shop',
    siteKey: fromBase64Url(siteKeys.publicKey) ?? new Uint8Array(),
    crypto: webcrypto,
    sealing: webSealing(webcrypto),
    utf8: { encode: (text) => new TextEncoder().encode(text), decode: (bytes) => new TextDecoder().decode(bytes) },
    store,
    tabs,
    connect: (onState) => {
      line.onState = onState;
      return line;
    },
    now: () => Date.now(),
    sender: () => ({ locale: 'en', zone: 'UTC', offsetMinutes: 0 }),
    page: () => 'https://shop.example.com/',
    onView: () => {},
  });
  return { session, line, view: () => session.view };
}
