import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { onEngineEvent } from '../bridge/client.ts';
import { actionRegistry } from '../shortcuts/registry.ts';
import { openCase, setStorageFull } from '../state/session.ts';
import { announce } from './announcer.tsx';
import { warn } from './sla-warnings.ts';

/** Acts on what the engine and the shell tell without being asked: menu commands, deep links, arrivals, storage. */
export function useEngineEvents(): void {
  const { t } = useTranslation('frame');
  useEffect(
    () =>
      onEngineEvent((event) => {
        switch (event.type) {
          case 'menu':
            actionRegistry.run(event.command);
            return;
          case 'open-case':
            openCase(event.caseId);
            return;
          case 'message-arrived':
            announce(
              t('announce.arrived', { name: event.contactName, subject: event.subject === '' ? t('announce.noSubject') : event.subject }),
            );
            return;
          case 'storage':
            setStorageFull(event.state === 'full');
            return;
          case 'sla-warning':
            warn(event);
            return;
          case 'mail-link':
            // The conversation shows the address before it is opened.
            return;
        }
      }),
    [t],
  );
}
