import type { Dispatcher } from './dispatcher.ts';
import type { LiveQueries } from './live-queries.ts';
import { followLinks, servePage } from './page-port.ts';
import type { PagePort } from './page-port.ts';
import type { EngineEvent } from '../../shared/contract/workspace.contract.ts';

/** The open pages, and what all of them are told. */
export interface EnginePages {
  readonly tell: (event: EngineEvent) => void;
  readonly links: ReturnType<typeof followLinks>;
  /** The disk is full, or can be written again; told once a change, and to every page that opens meanwhile. */
  readonly onStorage: (state: 'full' | 'ok') => void;
  readonly attach: (port: PagePort, dispatcher: Dispatcher, live: LiveQueries) => void;
}

/** Nobody is there yet. */
export function startPages(): EnginePages {
  const pages = new Set<PagePort>();
  let storage: 'full' | 'ok' = 'ok';
  const tell = (event: EngineEvent): void => {
    for (const page of pages) page.post({ t: 'event', event });
  };
  const links = followLinks(() => pages.size > 0, tell);
  return {
    tell,
    links,
    onStorage: (state) => {
      if (state === storage) return;
      storage = state;
      tell({ type: 'storage', state });
    },
    attach: (port, dispatcher, live) => {
      pages.add(port);
      port.onClose(() => pages.delete(port));
      servePage(port, dispatcher, live);
      if (storage === 'full') port.post({ t: 'event', event: { type: 'storage', state: 'full' } satisfies EngineEvent });
      links.showWanted();
    },
  };
}
