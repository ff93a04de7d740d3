import { useEffect } from 'react';
import type { RefObject } from 'react';
import type { CaseId, MessageId } from '../../../../shared/domain/ids.ts';
import { leadToMessage, useWanted } from '../../../state/wanted-message.ts';
import { useIntakeState } from '../context/intake-insert.ts';

/** So long the message that was led to is marked. */
const MARKED_MS = 2_000;

/**
 * Leads to the message that somebody asked for: opens it, however old it is, scrolls to it, marks it and gives it the focus.
 * @param show draws the message
 */
export function useWantedMessage(caseId: CaseId, scroller: RefObject<HTMLElement | null>, show: (messageId: MessageId) => void): void {
  const ofIntake = useIntakeState((state) => (state.wanted?.caseId === caseId ? state.wanted.messageId : null));
  const ofLink = useWanted((state) => (state.wanted?.caseId === caseId ? state.wanted.messageId : null));
  const wanted = ofIntake ?? ofLink;
  useEffect(() => {
    if (wanted === null) return;
    useIntakeState.setState({ wanted: null });
    leadToMessage(null);
    show(wanted);
    // drawn by then
    setTimeout(() => {
      const message = [...(scroller.current?.querySelectorAll<HTMLElement>('[data-message-id]') ?? [])].find(
        (each) => each.dataset['messageId'] === wanted,
      );
      if (message === undefined) return;
      message.scrollIntoView({ block: 'start' });
      message.tabIndex = -1;
      message.focus({ preventScroll: true });
      message.dataset['wanted'] = '';
      setTimeout(() => delete message.dataset['wanted'], MARKED_MS);
    }, 50);
  }, [wanted, show, scroller]);
}
