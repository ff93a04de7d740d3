import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { onEngineEvent, useConnectionState } from '../bridge/client.ts';
import { actionRegistry } from '../shortcuts/registry.ts';
import { openJoinDialog } from '../state/join-dialog.ts';
import { useRosterIndex } from '../state/roster.ts';
import { openCase, setNotBegun, setStorageFull } from '../state/session.ts';
import { leadToMessage } from '../state/wanted-message.ts';
import { announce } from './announcer.tsx';
import { tellHeld } from './held-told.ts';
import { warn } from './sla-warnings.ts';
import { tellOfTeam } from './team-told.ts';
import { tell } from './told.ts';

/** Acts on what the engine and the shell tell without being asked: menu commands, deep links, arrivals, storage, clocks, handoffs. */
export function useEngineEvents(): void {
  const { t } = useTranslation('frame');
  const { agents } = useRosterIndex();
  const people = useRef(agents);
  const connection = useConnectionState();
  useEffect(() => {
    // an engine that is started again tells what is not well with it, and nothing of what is
    if (connection !== 'stopped') return;
    setNotBegun([]);
    setStorageFull(false);
  }, [connection]);
  useEffect(() => {
    people.current = agents;
  });
  useEffect(
    () =>
      onEngineEvent((event) => {
        switch (event.type) {
          case 'menu':
            actionRegistry.run(event.command);
            return;
          case 'open-case':
            openCase(event.caseId);
            if (event.messageId !== undefined) leadToMessage({ caseId: event.caseId, messageId: event.messageId });
            return;
          case 'open-invite':
            // It is shown, and nothing else: a person joins, a link does not.
            openJoinDialog(event.text, 'link');
            return;
          case 'team':
            tellOfTeam(event, (agentId) => people.current.get(agentId)?.name ?? null);
            return;
          case 'message-arrived':
            announce(
              t('announce.arrived', { name: event.contactName, subject: event.subject === '' ? t('announce.noSubject') : event.subject }),
            );
            return;
          case 'storage':
            setStorageFull(event.state === 'full');
            return;
          case 'reply-held':
            tellHeld(event);
            return;
          case 'not-begun':
            setNotBegun(event.what);
            return;
          case 'sla-warning':
            warn(event);
            return;
          case 'handoff':
          case 'promise':
          case 'reminder':
          case 'sunset':
          case 'sunrise':
            tell(event, (agentId) => people.current.get(agentId)?.name ?? null);
            return;
          case 'mail-link':
            // The conversation shows the address before it is opened.
            return;
        }
      }),
    [t],
  );
}
