import { openFrame, sealFrame, toBase64Url, fromBase64Url } from '../../../src/shared/domain/chat/chat-frames.ts';
import type { Utf8 } from '../../../src/shared/domain/chat/chat-frames.ts';
import { sealInfo, visitorOf } from '../../../src/shared/domain/chat/chat-seal.ts';
import type { SealKey, Sealing } from '../../../src/shared/domain/chat/chat-seal.ts';
import { chatSubject, MOST_KNOWN, PIECE_BYTES, readFromTeam } from '../../../src/shared/domain/chat/chat-wire.ts';
import type { ChatFile, FromTeam, FromVisitor } from '../../../src/shared/domain/chat/chat-wire.ts';
import type { ChatStore, Delivery, OwnItem, QueueEntry, VisitorKeys } from './chat-store.ts';
import { NotStored } from './hub-socket.ts';
import type { HubLine, HubState } from './hub-socket.ts';
import type { Live, Tabs } from './tabs.ts';

/** What a hello and a message say of the one who says it. */
export interface Sender {
  readonly locale: string;
  readonly zone: string | null;
  readonly offsetMinutes: number;
}

export interface HubSideOptions {
  readonly site: string;
  /** P-256, raw. */
  readonly siteKey: Uint8Array;
  readonly keys: VisitorKeys;
  readonly sealing: Sealing;
  readonly utf8: Utf8;
  readonly store: ChatStore;
  readonly tabs: Tabs;
  readonly connect: (onState: (state: HubState) => void) => HubLine;
  readonly now: () => number;
  readonly newId: () => string;
  readonly sender: () => Sender;
  readonly page: () => string;
  readonly identity: () => string | null;
  /** Called with every change of what is true now, and of what is stored. */
  readonly onLive: (live: Live) => void;
  readonly onStored: () => void;
  readonly onChecked: (checked: Extract<FromTeam, { readonly t: 'checked' }>) => void;
}

const AGAIN_AFTER_MS = 5_000;
const ASK_AGAIN_MS = 60_000;
/** Somebody who types says so again before this; else they have stopped. */
const TYPING_LASTS_MS = 6_000;
const PIECES_AT_ONCE = 4;
/** Files of the team that are put together in a browser. */
const MOST_PIECES = 1_000;
const RANK: Readonly<Record<Delivery, number>> = { waiting: 0, sent: 1, received: 2, read: 3 };

/** The tab that has the connection: sends what waits in its order, and stores what comes. */
export class HubSide {
  readonly #options: HubSideOptions;
  readonly #hub: HubLine;
  readonly #visitor: string;
  readonly #in: SealKey;
  readonly #out: SealKey;
  #live: Live = { hub: 'idle', team: null, typing: null };
  #work: Promise<void> = Promise.resolve();
  #isDraining = false;
  #isAskedAgain = false;
  #isEnded = false;
  /** What was missing when we last asked: it is not asked for again and again. */
  #askedFor: string | null = null;
  #greetedAt = 0;
  #again: ReturnType<typeof setTimeout> | undefined;
  #typingEnds: ReturnType<typeof setTimeout> | undefined;

  private constructor(options: HubSideOptions, visitor: string, keys: { readonly in: SealKey; readonly out: SealKey }) {
    this.#options = options;
    this.#visitor = visitor;
    this.#in = keys.in;
    this.#out = keys.out;
    this.#hub = options.connect((hub) => {
      this.#tell({ hub, ...(hub === 'online' ? {} : { typing: null }) });
      if (hub === 'online') this.#greet();
    });
    for (const kind of ['chat', 'live'] as const) {
      const subject = chatSubject(kind, 'out', options.site, visitor);
      this.#hub.listen(subject, (payload) => this.#hear(subject, payload));
    }
  }

  static async begin(options: HubSideOptions): Promise<HubSide> {
    const { keys, sealing, site, siteKey } = options;
    const visitor = visitorOf(await sealing.sha256(keys.publicRaw));
    const side = new HubSide(options, visitor, {
      in: await sealing.derive(keys.privateKey, siteKey, sealInfo('in', site, visitor)),
      out: await sealing.derive(keys.privateKey, siteKey, sealInfo('out', site, visitor)),
    });
    side.#hub.start();
    return side;
  }

  get live(): Live {
    return this.#live;
  }

  end(): void {
    this.#isEnded = true;
    clearTimeout(this.#again);
    clearTimeout(this.#typingEnds);
    this.#hub.stop();
  }

  /** The network may be back, or something waits. */
  nudge(): void {
    this.#hub.nudge();
    // whoever comes back to the tab is told what a line elsewhere may have lost
    if (this.#hub.state === 'online' && this.#options.now() - this.#greetedAt > ASK_AGAIN_MS) this.#greet();
    void this.drain();
  }

  /** Somebody has written: they do not wait for the next of attempts that have grown rare. */
  queued(): void {
    if (this.#hub.state === 'offline') this.#hub.nudge();
    void this.drain();
  }

  typing(on: boolean): void {
    const subject = chatSubject('live', 'in', this.#options.site, this.#visitor);
    void this.#sealed(subject, { t: 'typing', on }).then((text) => this.#hub.say(subject, text));
  }

  /** Says who is here: now, and whenever somebody has signed in. */
  greetAgain(): void {
    if (this.#hub.state === 'online') this.#greet();
  }

  async drain(): Promise<void> {
    if (this.#isDraining) {
      this.#isAskedAgain = true;
      return;
    }
    this.#isDraining = true;
    clearTimeout(this.#again);
    try {
      do {
        this.#isAskedAgain = false;
        await this.#drainOnce();
      } while (this.#isAskedAgain && this.#hub.state === 'online');
    } catch (error) {
      // without a connection it goes on when that is back
      if (!(error instanceof NotStored) || error.code !== 'offline') this.#again = setTimeout(() => void this.drain(), AGAIN_AFTER_MS);
    } finally {
      this.#isDraining = false;
    }
  }

  async #drainOnce(): Promise<void> {
    const { store } = this.#options;
    for (;;) {
      const queue = await store.queue();
      const next = queue[0];
      if (next === undefined || this.#isEnded || this.#hub.state !== 'online') return;
      const isOutdated = next.said.t === 'read' && queue.some(({ said, seq }) => said.t === 'read' && seq > next.seq);
      if (!isOutdated) await this.#pass(next);
      await store.dequeue(next.seq);
    }
  }

  /** Has the hub store one thing. What it refuses for good is marked and passed over: it must not hold up all that follows. */
  async #pass({ said }: QueueEntry): Promise<void> {
    try {
      if (said.t === 'message' || said.t === 'ticket') await this.#passFiles(said.id, said.files);
      await this.#store(said);
    } catch (error) {
      if (!(error instanceof NotStored) || error.code !== 'refused') throw error;
      await this.#change(said.id, (item) => ({ ...item, isRefused: true, progress: null }));
      return;
    }
    await this.#change(said.id, (item) => ({ ...item, progress: null, delivery: farther(item.delivery, 'sent') }));
  }

  async #passFiles(itemId: string, files: readonly ChatFile[]): Promise<void> {
    const all = files.reduce((sum, { pieces }) => sum + pieces, 0);
    let done = 0;
    const item = await this.#options.store.item(itemId);
    const before = item?.side === 'visitor' ? (item.progress?.done ?? 0) : 0;
    for (const { fileId, pieces } of files) {
      const bytes = (await this.#options.store.file(fileId))?.bytes ?? new Uint8Array(0);
      for (let index = 0; index < pieces; index += PIECES_AT_ONCE) {
        const batch = Array.from({ length: Math.min(PIECES_AT_ONCE, pieces - index) }, (_, at) => index + at);
        done += batch.length;
        if (done <= before) continue;
        await Promise.all(
          batch.map(async (at) => {
            const data = toBase64Url(bytes.subarray(at * PIECE_BYTES, (at + 1) * PIECE_BYTES));
            await this.#store({ t: 'piece', id: `${fileId}-${String(at)}`, fileId, index: at, data });
          }),
        );
        const progress = { done, all };
        await this.#change(itemId, (now) => ({ ...now, progress }));
      }
    }
  }

  async #store(said: Exclude<FromVisitor, { readonly t: 'typing' }>): Promise<void> {
    const subject = chatSubject('chat', 'in', this.#options.site, this.#visitor);
    await this.#hub.store(subject, await this.#sealed(subject, said), `${this.#visitor}.${said.id}`);
  }

  async #sealed(subject: string, said: FromVisitor): Promise<string> {
    return sealFrame(this.#options, this.#in, subject, said, this.#options.keys.publicRaw);
  }

  #greet(): void {
    const { store, newId, sender, page, identity, now } = this.#options;
    this.#greetedAt = now();
    const hello = async (): Promise<void> => {
      const { last } = await store.marks();
      const team = (await store.items()).filter(({ side }) => side === 'team');
      const has = team.slice(-MOST_KNOWN).map(({ id }) => id);
      await this.#store({ t: 'hello', id: newId(), last, has, page: page(), identity: identity(), ...sender() });
    };
    hello()
      .catch(() => undefined)
      .finally(() => void this.drain());
  }

  /** One after the other, in the order in which they came. */
  #hear(subject: string, payload: Uint8Array): void {
    const { utf8 } = this.#options;
    const before = this.#work;
    const take = async (): Promise<void> => {
      await before;
      const said = readFromTeam(await openFrame(this.#options, this.#out, subject, utf8.decode(payload)));
      if (said !== null && !this.#isEnded) await this.#take(said);
    };
    this.#work = take().catch(() => undefined);
  }

  async #take(said: FromTeam): Promise<void> {
    switch (said.t) {
      case 'message':
        await this.#takeMessage(said, true);
        this.#stopTyping();
        await this.#missOf(said.after);
        return;
      case 'missed':
        for (const message of said.messages) await this.#takeMessage(message, false);
        return;
      case 'piece': {
        const bytes = fromBase64Url(said.data);
        if (bytes === null || said.index >= MOST_PIECES) return;
        await this.#options.store.putPiece(said.fileId, said.index, bytes);
        this.#changed();
        return;
      }
      case 'got':
        await this.#takeReceipt(said.upTo, said.isRead);
        await this.#missOf(said.last);
        return;
      case 'state':
        this.#tell({ team: said });
        return;
      case 'checked':
        this.#options.onChecked(said);
        this.#options.tabs.tell({ t: 'checked', checked: said });
        return;
      case 'typing':
        if (!said.on) {
          this.#stopTyping();
          return;
        }
        clearTimeout(this.#typingEnds);
        this.#typingEnds = setTimeout(() => this.#stopTyping(), TYPING_LASTS_MS);
        this.#tell({ typing: said.name });
    }
  }

  /** Something was said while a line elsewhere was cut, and our own was not: it comes when we ask. */
  async #missOf(id: string | null | undefined): Promise<void> {
    if (id === null || id === undefined || this.#askedFor === id || (await this.#options.store.item(id)) !== null) return;
    this.#askedFor = id;
    this.#greet();
  }

  /** What is new stands below all else; what was missed where it was said, as far as both clocks agree. */
  async #takeMessage({ t: _t, after: _after, ...message }: Extract<FromTeam, { readonly t: 'message' }>, isNew: boolean): Promise<void> {
    const { store, now } = this.#options;
    if ((await store.item(message.id)) !== null) return;
    const items = await store.items();
    const lastPlace = items.at(-1)?.place ?? 0;
    const lastOfTeam = items.findLast(({ side }) => side === 'team')?.place ?? 0;
    const place = isNew ? Math.max(now(), lastPlace + 1) : Math.max(Math.min(now(), message.at), lastOfTeam + 1);
    await store.putItem({ side: 'team', place, ...message });
    await store.mark({ last: message.id });
    this.#changed();
  }

  async #takeReceipt(upTo: string, isRead: boolean): Promise<void> {
    const own = (await this.#options.store.items()).filter((item) => item.side === 'visitor');
    const end = own.findIndex(({ id }) => id === upTo);
    for (const item of own.slice(0, end + 1)) {
      const delivery = farther(item.delivery, isRead ? 'read' : 'received');
      if (delivery === item.delivery) continue;
      await this.#options.store.changeOwn(item.id, (now) => ({ ...now, delivery: farther(now.delivery, delivery) }));
    }
    if (end !== -1) this.#changed();
  }

  async #change(id: string, change: (item: OwnItem) => OwnItem): Promise<void> {
    await this.#options.store.changeOwn(id, change);
    this.#changed();
  }

  #stopTyping(): void {
    clearTimeout(this.#typingEnds);
    if (this.#live.typing !== null) this.#tell({ typing: null });
  }

  #changed(): void {
    this.#options.onStored();
    this.#options.tabs.tell({ t: 'stored' });
  }

  #tell(change: Partial<Live>): void {
    this.#live = { ...this.#live, ...change };
    this.#options.onLive(this.#live);
    this.#options.tabs.tell({ t: 'live', live: this.#live });
  }
}

function farther(a: Delivery, b: Delivery): Delivery {
  return RANK[a] >= RANK[b] ? a : b;
}
