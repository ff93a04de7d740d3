import { create } from 'zustand';
import type { CaseId, MessageId } from '../../shared/domain/ids.ts';

interface WantedMessage {
  readonly caseId: CaseId;
  readonly messageId: MessageId;
}

/** The message that a link leads to, until its conversation has shown it. */
export const useWanted = create<{ readonly wanted: WantedMessage | null }>(() => ({ wanted: null }));

export function leadToMessage(wanted: WantedMessage | null): void {
  useWanted.setState({ wanted });
}
