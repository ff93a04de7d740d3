import { useEffect, useSyncExternalStore } from 'react';
import { call, newOperationId, useConnectionState } from '../bridge/client.ts';
import { useSession } from '../state/session.ts';
import { useTeam } from '../state/team.ts';
import { useWriting } from '../state/writing.ts';

/** Tells the team which case is on this screen, and whether a reply to it is being written. Ephemeral: nobody stores it. */
export function useTellPresence(): void {
  const team = useTeam();
  // An engine that was started again has forgotten it.
  const isConnected = useConnectionState() === 'connected';
  const isActive = isConnected && team !== null && team.phase !== 'read-only';
  const open = useSession((state) => (state.route === 'inbox' ? state.selectedCaseId : null));
  const isSeen = useSyncExternalStore(onVisibility, () => document.visibilityState === 'visible');
  const written = useWriting((state) => state.caseId);
  const held = useWriting((state) => state.heldCaseId);
  // who has begun a reply and looks something up elsewhere has not left it
  const viewing = isSeen || held === open ? open : null;
  const writing = viewing !== null && written === viewing;
  const holds = viewing !== null && held === viewing;
  useEffect(() => {
    if (isActive) void call('team.tellPresence', { opId: newOperationId(), viewing, writing, holds });
  }, [isActive, viewing, writing, holds]);
  // Customers of a live chat see that they are being answered; so do those of channels that run here without a team.
  useEffect(() => {
    if (!isConnected || written === null) return undefined;
    void call('channels.tellTyping', { opId: newOperationId(), caseId: written, isTyping: true });
    return () => {
      void call('channels.tellTyping', { opId: newOperationId(), caseId: written, isTyping: false });
    };
  }, [isConnected, written]);
}

function onVisibility(onChange: () => void): () => void {
  document.addEventListener('visibilitychange', onChange);
  return () => document.removeEventListener('visibilitychange', onChange);
}
