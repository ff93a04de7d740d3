import type { Dispatcher } from './dispatcher.ts';
import type { LiveQueries } from './live-queries.ts';
import { followLinks, servePage } from './page-port.ts';
import type { PagePort } from './page-port.ts';
import { storageFailure } from './store/sql.ts';
import type { EngineEvent, NotBegun } from '../../shared/contract/workspace.contract.ts';

/** The open pages, and what all of them are told. */
export interface EnginePages {
  readonly tell: (event: EngineEvent) => void;
  readonly links: ReturnType<typeof followLinks>;
  /** The disk is full, or can be written again; told once a change, and to every page that opens meanwhile. */
  readonly onStorage: (state: 'full' | 'ok') => void;
  /** Something could not be done for this error: tells and notes what of the storage it betrays, if anything. */
  readonly noteFailure: (error: unknown) => void;
  /** The database is damaged: it is checked at the next start even though this run ends cleanly. */
  readonly isDamaged: () => boolean;
  /** What of the engine's own work can not be begun now; told as it changes, and to every page that opens meanwhile. */
  readonly onNotBegun: (of: 'start' | 'chores', what: readonly NotBegun[]) => void;
  readonly attach: (port: PagePort, dispatcher: Dispatcher, live: LiveQueries) => void;
}

/** Nobody is there yet. */
export function startPages(): EnginePages {
  const pages = new Set<PagePort>();
  let storage: 'full' | 'ok' = 'ok';
  let isDamaged = false;
  const notBegun = new Map<'start' | 'chores', readonly NotBegun[]>();
  const notBegunEvent = (): EngineEvent => ({ type: 'not-begun', what: [...notBegun.values()].flat() });
  const tell = (event: EngineEvent): void => {
    for (const page of pages) page.post({ t: 'event', event });
  };
  const onStorage: EnginePages['onStorage'] = (state) => {
    if (state === storage) return;
    storage = state;
    tell({ type: 'storage', state });
  };
  const links = followLinks(() => pages.size > 0, tell);
  return {
    tell,
    links,
    onStorage,
    noteFailure: (error) => {
      const kind = storageFailure(error);
      if (kind === 'full') onStorage('full');
      if (kind === 'damaged') isDamaged = true;
    },
    isDamaged: () => isDamaged,
    onNotBegun: (of, what) => {
      if (what.length === 0) notBegun.delete(of);
      else notBegun.set(of, what);
      tell(notBegunEvent());
    },
    attach: (port, dispatcher, live) => {
      pages.add(port);
      port.onClose(() => pages.delete(port));
      servePage(port, dispatcher, live);
      if (storage === 'full') port.post({ t: 'event', event: { type: 'storage', state: 'full' } satisfies EngineEvent });
      if (notBegun.size > 0) port.post({ t: 'event', event: notBegunEvent() });
      links.showWanted();
    },
  };
}
