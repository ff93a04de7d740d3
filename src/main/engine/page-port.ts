import type { Dispatcher } from './dispatcher.ts';
import type { LiveQueries, Urgency } from './live-queries.ts';
import type { QueryName } from '../../shared/contract/contract.ts';
import type { EngineToPage, PageToEngine } from '../../shared/contract/define.ts';
import type { EngineEvent } from '../../shared/contract/workspace.contract.ts';

/** One end of a channel to a page: a MessagePort in the app, a pair in memory in tests. */
export interface PagePort {
  post(message: EngineToPage): void;
  onMessage(listener: (message: unknown) => void): void;
  onClose(listener: () => void): void;
}

/** Stands around what a person looks at. In a large workspace these take longer than the list that they stand around. */
const IN_MARGIN: ReadonlySet<string> = new Set<QueryName>([
  'accounts.list',
  'cases.countFilters',
  'cases.counts',
  'cases.labels',
  'channels.list',
  'coverage.ribbon',
  'handoffs.counts',
  'outbox.list',
  'plan.mine',
  'promises.counts',
  'reminders.counts',
]);

function urgencyOf(query: string): Urgency {
  return IN_MARGIN.has(query) ? 'margin' : 'screen';
}

let ports = 0;

/** Serves one page until its port closes. Messages of the wrong shape are ignored: the page is not trusted. */
export function servePage(port: PagePort, dispatcher: Dispatcher, live: LiveQueries): () => void {
  ports += 1;
  const prefix = `${ports}:`;
  let open = true;
  /** What is subscribed to, by the page's number for it. */
  const names = new Map<number, string>();
  const post = (message: EngineToPage): void => {
    if (open) port.post(message);
  };
  const answer = async (call: Extract<PageToEngine, { t: 'call' }>): Promise<void> => {
    const result = await dispatcher.call(call.name, call.input);
    live.hurry();
    post({ t: 'result', id: call.id, result });
  };
  port.onMessage((raw) => {
    const message = readMessage(raw);
    if (message === null) return;
    switch (message.t) {
      case 'call':
        void answer(message);
        return;
      case 'subscribe':
        live.subscribe(
          `${prefix}${message.id}`,
          () => dispatcher.evaluate(message.name, message.input),
          (version, result) => post({ t: 'data', id: message.id, version, result }),
          message.isShown ? urgencyOf(message.name) : 'reserve',
        );
        names.set(message.id, message.name);
        return;
      case 'attend': {
        const name = names.get(message.id);
        if (name !== undefined) live.attend(`${prefix}${message.id}`, message.isShown ? urgencyOf(name) : 'reserve');
        return;
      }
      case 'unsubscribe':
        names.delete(message.id);
        live.unsubscribe(`${prefix}${message.id}`);
    }
  });
  const close = (): void => {
    open = false;
    live.unsubscribeAll(prefix);
  };
  port.onClose(close);
  return close;
}

function readMessage(raw: unknown): PageToEngine | null {
  if (typeof raw !== 'object' || raw === null || !('t' in raw) || !('id' in raw) || typeof raw.id !== 'number') return null;
  const isShown = !('isShown' in raw && raw.isShown === false);
  if (raw.t === 'unsubscribe') return { t: 'unsubscribe', id: raw.id };
  if (raw.t === 'attend') return { t: 'attend', id: raw.id, isShown };
  if (!('name' in raw) || typeof raw.name !== 'string') return null;
  const asked = { id: raw.id, name: raw.name, input: 'input' in raw ? raw.input : {} };
  if (raw.t === 'call') return { t: 'call', ...asked };
  return raw.t === 'subscribe' ? { t: 'subscribe', ...asked, isShown } : null;
}

/** What links ask to show. */
export interface WantedByLinks {
  /** Shows it now, or as soon as there is a page; of several only the last. */
  want(event: EngineEvent): void;
  showWanted(): void;
}

/** The app may have been opened by a link: then the page comes later. */
export function followLinks(hasPage: () => boolean, tell: (event: EngineEvent) => void): WantedByLinks {
  let wanted: EngineEvent | null = null;
  const showWanted = (): void => {
    if (wanted === null || !hasPage()) return;
    tell(wanted);
    wanted = null;
  };
  return {
    want: (event) => {
      wanted = event;
      showWanted();
    },
    showWanted,
  };
}
