import type { ReactNode } from 'react';
import { PacketDialog } from '../features/handoff/packet/packet-dialog.tsx';
import { ChangeTimeDialog } from '../features/outbox/change-time-dialog.tsx';
import { CommandPalette } from '../features/palette/command-palette.tsx';
import { JoinDialog } from '../features/team-hub/join/join-dialog.tsx';
import { DoneList } from '../frame/done-list.tsx';
import { HelpDialog } from '../frame/help-dialog.tsx';
import { SwitchPerson } from '../frame/switch-person.tsx';
import { VaultPrompt } from '../frame/vault-prompt.tsx';
import { usePacketDialog } from '../state/packet-dialog.ts';
import { useWriters } from '../state/writers.ts';
import { WritersDialog } from '../ui/team/writers-dialog.tsx';

/** What opens over any screen. */
export function Dialogs(): ReactNode {
  return (
    <>
      <CommandPalette />
      <HelpDialog />
      <DoneList />
      <ChangeTimeDialog />
      <PacketDialog />
      <WritersQuestion />
      <JoinDialog />
      <SwitchPerson />
      <VaultPrompt />
    </>
  );
}

/** Asked while the packet dialog is open, it stands in that. */
function WritersQuestion(): ReactNode {
  const question = useWriters((state) => state.question);
  const isInPacket = usePacketDialog((state) => state.open !== null);
  return <WritersDialog question={isInPacket ? null : question} />;
}
