import { AlertDialog as BaseAlertDialog } from '@base-ui/react/alert-dialog';
import { Dialog as BaseDialog } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import type { ReactNode, RefObject } from 'react';
import { useRef } from 'react';
import { useWords } from '../i18n/use-words.ts';
import { Button } from './button.tsx';
import { classNames } from './class-names.ts';
import { useSayOpen } from './open-dialogs.ts';
import { useReturnFocus } from './return-focus.ts';
import './dialog.css';

export interface DialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  /** Escape was pressed; true when it meant one step back within the dialog, which stays then. */
  readonly onEscape?: (() => boolean) | undefined;
  readonly title: ReactNode;
  readonly description?: ReactNode;
  readonly children?: ReactNode;
  /** Buttons at the end, the main one last. */
  readonly footer?: ReactNode;
  readonly size?: 'sm' | 'md' | 'lg' | 'xl' | undefined;
  /** What gets the focus first; by default the first control. */
  readonly initialFocus?: RefObject<HTMLElement | null> | undefined;
  /** For a body with nothing to focus in it: the body itself is focused and scrolls by key. */
  readonly isReading?: boolean | undefined;
}

/** A modal dialog with a title, a close button, a scrolling body and a footer. */
export function Dialog({
  open,
  onOpenChange,
  onEscape,
  title,
  description,
  children,
  footer,
  size = 'md',
  initialFocus,
  isReading = false,
}: DialogProps): ReactNode {
  const t = useWords('frame');
  const body = useRef<HTMLDivElement>(null);
  const first = isReading ? body : initialFocus;
  useSayOpen(open);
  const finalFocus = useReturnFocus(open);
  return (
    <BaseDialog.Root
      open={open}
      onOpenChange={(next, details) => {
        if (details.reason === 'escape-key' && onEscape?.() === true) details.cancel();
        else onOpenChange(next);
      }}
    >
      <BaseDialog.Portal>
        <BaseDialog.Backdrop className="m-backdrop" />
        <BaseDialog.Viewport className="m-dialog-viewport">
          <BaseDialog.Popup
            className={classNames('m-dialog', `m-dialog-${size}`)}
            finalFocus={finalFocus}
            {...(first === undefined ? {} : { initialFocus: first })}
          >
            <header className="m-dialog-header">
              <BaseDialog.Title className="m-dialog-title">{title}</BaseDialog.Title>
            </header>
            {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by key */}
            <div ref={body} className="m-dialog-body" tabIndex={isReading ? 0 : undefined}>
              {description !== undefined && <BaseDialog.Description className="m-dialog-description">{description}</BaseDialog.Description>}
              {children}
            </div>
            {footer !== undefined && <footer className="m-dialog-footer">{footer}</footer>}
            {/* Last in order, so that the first field gets the focus. */}
            <BaseDialog.Close className="m-button m-icon-button m-button-ghost m-dialog-close" aria-label={t('common.close')}>
              <X aria-hidden="true" />
            </BaseDialog.Close>
          </BaseDialog.Popup>
        </BaseDialog.Viewport>
      </BaseDialog.Portal>
    </BaseDialog.Root>
  );
}

export interface AlertDialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly title: ReactNode;
  readonly description: ReactNode;
  readonly confirmLabel: string;
  readonly onConfirm: () => void;
  readonly danger?: boolean | undefined;
  readonly loading?: boolean | undefined;
}

/** Asks before something that can not be undone. Escape and the first button mean no. */
export function AlertDialog({
  open,
  onOpenChange,
  title,
  description,
  confirmLabel,
  onConfirm,
  danger = false,
  loading = false,
}: AlertDialogProps): ReactNode {
  const t = useWords('frame');
  useSayOpen(open);
  const finalFocus = useReturnFocus(open);
  return (
    <BaseAlertDialog.Root open={open} onOpenChange={(next) => onOpenChange(next)}>
      <BaseAlertDialog.Portal>
        <BaseAlertDialog.Backdrop className="m-backdrop" />
        <BaseAlertDialog.Viewport className="m-dialog-viewport">
          <BaseAlertDialog.Popup className="m-dialog m-dialog-sm" finalFocus={finalFocus}>
            <header className="m-dialog-header">
              <BaseAlertDialog.Title className="m-dialog-title">{title}</BaseAlertDialog.Title>
            </header>
            <div className="m-dialog-body">
              <BaseAlertDialog.Description className="m-dialog-description">{description}</BaseAlertDialog.Description>
            </div>
            <footer className="m-dialog-footer">
              <BaseAlertDialog.Close render={<Button>{t('common.cancel')}</Button>} />
              <Button variant={danger ? 'danger' : 'primary'} loading={loading} onClick={onConfirm}>
                {confirmLabel}
              </Button>
            </footer>
          </BaseAlertDialog.Popup>
        </BaseAlertDialog.Viewport>
      </BaseAlertDialog.Portal>
    </BaseAlertDialog.Root>
  );
}
