import { useState } from 'react';
import { call, newOperationId } from '../../../bridge/client.ts';
import type { Input } from '../../../../shared/contract/contract.ts';
import { closeJoinDialog } from '../../../state/join-dialog.ts';
import { openSettings } from '../../../state/session.ts';

export interface Join {
  readonly isBusy: boolean;
  /** Why the last attempt failed; null while none has. */
  readonly code: string | null;
  readonly detail: string;
  readonly run: (input: Omit<Input<'team.join'>, 'opId'>) => Promise<void>;
}

/** Joins; once the hub has let this workstation in, the panel shows how it goes on. */
export function useJoin(onBusy: (isBusy: boolean) => void): Join {
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<{ readonly code: string; readonly detail: string } | null>(null);
  const run: Join['run'] = async (input) => {
    setBusy(true);
    onBusy(true);
    setFailure(null);
    const answer = await call('team.join', { opId: newOperationId(), ...input });
    setBusy(false);
    onBusy(false);
    if (answer.ok) {
      closeJoinDialog();
      openSettings('team-hub');
    } else setFailure(answer.error);
  };
  return { isBusy, code: failure?.code ?? null, detail: failure?.detail ?? '', run };
}
