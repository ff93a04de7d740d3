import type { Clock } from '../../../shared/domain/time.ts';
import type { LocalHubLink } from './create-hub-link.ts';
import type { HubLease } from './hub-leases.ts';
import {
  MOST_UNDERWAY,
  tellFailure,
  type FromLink,
  type LinkCallName,
  type LinkCalls,
  type LinkPort,
  type ToLink,
  type ToldLease,
} from './link-protocol.ts';
import type { LogEntry } from './team-log.ts';

type Handlers = { readonly [Name in LinkCallName]: (input: LinkCalls[Name]['input'], id: number) => Promise<LinkCalls[Name]['output']> };

function told({ key, fence, safeMs, renewedAt, isLost }: HubLease): ToldLease {
  return { key, fence, safeMs, renewedAt, isLost };
}

/** Sends entries on as fast as they are taken. What does not fit is dropped but for the newest: by it the listener sees the gap. */
function entryPump(post: (entries: readonly LogEntry[]) => void): {
  readonly push: (entry: LogEntry) => void;
  readonly taken: (count: number) => void;
} {
  let underway = 0;
  let waiting: LogEntry[] = [];
  let isScheduled = false;
  const send = (): void => {
    isScheduled = false;
    if (waiting.length === 0 || underway >= MOST_UNDERWAY) return;
    const entries = waiting.splice(0, MOST_UNDERWAY - underway);
    underway += entries.length;
    post(entries);
  };
  const sendSoon = (): void => {
    if (isScheduled) return;
    isScheduled = true;
    // what arrived together goes together
    setImmediate(send);
  };
  return {
    push: (entry) => {
      if (waiting.length >= MOST_UNDERWAY) waiting = [];
      waiting.push(entry);
      sendSoon();
    },
    taken: (count) => {
      underway -= count;
      sendSoon();
    },
  };
}

/**
 * Serves a link to another thread. The link's signatures, encryption and bookkeeping stay in this one.
 * @param onClosed called after the other side closed it
 */
export function serveHubLink(port: LinkPort<FromLink, ToLink>, link: LocalHubLink, clock: Clock, onClosed: () => void): void {
  const held = new Map<string, HubLease>();
  const progress = (id: number) => (done: number, total: number) => port.postMessage({ t: 'progress', id, done, total });
  const tellState = (): void => port.postMessage({ t: 'state', state: link.state(), clockMs: clock.now() });
  const tellOthers = (): void => port.postMessage({ t: 'others', others: link.presence.others() });
  const tellDirectory = (): void =>
    port.postMessage({ t: 'directory', users: link.directory.users(), settings: link.directory.settings() });
  const pump = entryPump((entries) => port.postMessage({ t: 'entries', entries }));
  let stopListening: (() => void) | null = null;
  const chats = new Map<string, () => void>();
  const stops = [
    link.onState(tellState),
    link.presence.onChange(tellOthers),
    link.directory.onChange(tellDirectory),
    link.leases.onChange((key) => port.postMessage({ t: 'holder', key, holder: link.leases.holder(key) })),
    link.leases.onHeld((lease) => port.postMessage({ t: 'lease', lease: told(lease) })),
  ];

  const handlers: Handlers = {
    identity: async () => link.log.identity(),
    append: async (entry) => link.log.append(entry),
    head: async (stream) => link.log.head(stream),
    at: async (sequence) => link.log.at(sequence),
    read: async ({ after, limit }) => link.log.read(after, limit),
    readStream: async ({ stream, after, limit }) => link.log.readStream(stream, after, limit),
    acquire: async ({ key, note }) => {
      const lease = await link.leases.acquire(key, note);
      if (lease === null) return null;
      held.set(key, lease);
      return told(lease);
    },
    giveBack: async ({ key, fence }) => {
      const lease = held.get(key);
      if (lease?.fence !== fence) return null;
      held.delete(key);
      await lease[Symbol.asyncDispose]();
      return null;
    },
    putFile: async ({ sha256, bytes }, id) => {
      await link.files.put(sha256, bytes, progress(id));
      return null;
    },
    getFile: async ({ sha256, owners }, id) => {
      const bytes = await link.files.get(sha256, owners, progress(id));
      // whole buffers can be handed over; a part of one is copied, so that nothing else goes with it
      return bytes === null || bytes.byteLength === bytes.buffer.byteLength ? bytes : Uint8Array.from(bytes);
    },
    listSnapshots: async () => link.snapshots.list(),
    putSnapshot: async ({ manifest, snapshot, file }, id) => {
      await link.snapshots.put(manifest, snapshot, file, progress(id));
      return null;
    },
    getSnapshot: async ({ snapshot, file }, id) => link.snapshots.get(snapshot, file, progress(id)),
    keepOnlySnapshots: async (hashes) => {
      await link.snapshots.keepOnly(hashes);
      return null;
    },
    chatIdentity: async () => link.chat.identity(),
    chatPublish: async (entry) => link.chat.publish(entry),
    chatRead: async ({ site, after, limit, visitor }) => link.chat.read(site, after, limit, visitor),
    chatHolds: async ({ site, visitor, id }) => link.chat.holds(site, visitor, id),
    measure: async () => link.measure(),
    close: async () => {
      for (const stop of [...stops, ...chats.values()]) stop();
      stopListening?.();
      await link[Symbol.asyncDispose]();
      return null;
    },
  };

  function listenToChat(site: string, isOn: boolean): void {
    chats.get(site)?.();
    chats.delete(site);
    if (isOn)
      chats.set(
        site,
        link.chat.listen(site, (news) => port.postMessage({ t: 'chat', site, news })),
      );
  }

  async function answer(id: number, name: LinkCallName, input: unknown): Promise<void> {
    try {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the proxy ties the input to the name
      const handler = handlers[name] as (input: unknown, id: number) => Promise<unknown>;
      const value = await handler(input, id);
      const transfer = value instanceof Uint8Array && value.buffer instanceof ArrayBuffer ? [value.buffer] : [];
      port.postMessage({ t: 'done', id, value }, transfer);
    } catch (error) {
      port.postMessage({ t: 'failed', id, failure: tellFailure(error) });
    }
    if (name === 'close') onClosed();
  }

  port.on('message', (message) => {
    switch (message.t) {
      case 'call':
        void answer(message.id, message.name, message.input);
        return;
      case 'listen':
        if (message.isOn) stopListening ??= link.log.onEntry(pump.push);
        else {
          stopListening?.();
          stopListening = null;
        }
        return;
      case 'taken':
        pump.taken(message.count);
        return;
      case 'presence':
        link.presence.tell(message.own);
        return;
      case 'chatListen':
        listenToChat(message.site, message.isOn);
        return;
      case 'chatTell':
        link.chat.tell(message.site, message.visitor, message.data);
        return;
      case 'nudge':
        link.nudge();
    }
  });
  tellState();
  tellDirectory();
  tellOthers();
}
