import type { Log } from './log.ts';
import type { followLinks } from './page-port.ts';
import { currentCaseUid } from './store/cases.store.ts';
import { readSettings, saveSettings } from './store/settings.store.ts';
import { storageFailure } from './store/sql.ts';
import type { Store } from './store/sql.ts';
import { notedByHand } from './usecases/follow-shift.ts';
import type { ShellEvent } from '../../shared/contract/shell.contract.ts';
import type { EngineEvent } from '../../shared/contract/workspace.contract.ts';
import type { Clock } from '../../shared/domain/time.ts';

/** What the engine does with the facts that the shell tells: most are passed on to the page. */
export function shellEvents(deps: {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly tell: (event: EngineEvent) => void;
  readonly links: ReturnType<typeof followLinks>;
  /** After a sleep every connection is suspect and every timer is late. */
  readonly onWake: () => void;
  readonly onStorageFull: () => void;
  readonly onForumKey: (payload: string) => void;
}): (event: ShellEvent) => void {
  const { store, tell, links } = deps;

  function switchShift(): void {
    try {
      store.write((tx) => {
        const settings = readSettings(tx);
        saveSettings(tx, { ...settings, onShift: !settings.onShift });
        notedByHand(tx, deps.clock.now());
      });
    } catch (error) {
      deps.log('error', 'the shift could not be switched', { error });
      if (storageFailure(error) === 'full') deps.onStorageFull();
    }
  }

  return (event) => {
    switch (event.type) {
      case 'menu':
        tell({ type: 'menu', command: event.command });
        return;
      case 'deep-link':
        links.want({
          type: 'open-case',
          caseId: store.read((db) => currentCaseUid(db, event.caseId)),
          ...(event.messageId === undefined ? {} : { messageId: event.messageId }),
        });
        return;
      case 'invite-link':
        links.want({ type: 'open-invite', text: event.text });
        return;
      case 'forum-key':
        deps.onForumKey(event.payload);
        return;
      case 'mail-link':
        tell({ type: 'mail-link', token: event.token, url: event.url });
        return;
      case 'power':
        if (event.state === 'resume') deps.onWake();
        return;
      case 'switch-shift':
        switchShift();
    }
  };
}
