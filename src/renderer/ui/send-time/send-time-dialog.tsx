import { useRef } from 'react';
import type { ReactNode } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import { Dialog } from '../dialog.tsx';
import { SendTimePicker } from './send-time-picker.tsx';
import type { SendTimePickerProps } from './send-time-picker.tsx';

interface SendTimeDialogProps extends Omit<SendTimePickerProps, 'field'> {
  readonly open: boolean;
  readonly onClose: () => void;
  /** The reply waits already, and gets another time. */
  readonly isChange: boolean;
}

/** Asks when a reply is to leave. */
export function SendTimeDialog({ open, onClose, isChange, ...picker }: SendTimeDialogProps): ReactNode {
  const t = useWords('sendLater');
  // the list of times: Enter must never mean the button above it
  const field = useRef<HTMLInputElement>(null);
  return (
    <Dialog
      open={open}
      onOpenChange={(isOpen) => !isOpen && onClose()}
      size="md"
      initialFocus={field}
      title={t(isChange ? 'changeTitle' : 'title')}
    >
      {open && <SendTimePicker field={field} {...picker} />}
    </Dialog>
  );
}
