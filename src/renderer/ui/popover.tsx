import { Popover as BasePopover } from '@base-ui/react/popover';
import type { ReactElement, ReactNode } from 'react';
import { classNames } from './class-names.ts';
import './popup.css';

export interface PopoverProps {
  readonly trigger: ReactElement;
  readonly children: ReactNode;
  /** Shown as a heading and its accessible name; give `label` instead when there is no heading. */
  readonly title?: ReactNode;
  readonly label?: string | undefined;
  readonly side?: 'top' | 'bottom' | 'left' | 'right' | undefined;
  readonly align?: 'start' | 'center' | 'end' | undefined;
  readonly open?: boolean | undefined;
  readonly onOpenChange?: ((open: boolean) => void) | undefined;
  /** Finds what gets the focus first; by default, and where it finds nothing, the first control. */
  readonly initialFocus?: (() => HTMLElement | null) | undefined;
  readonly className?: string | undefined;
}

/** A small panel next to the button that opens it; closes on Escape and on a click elsewhere. */
export function Popover({
  trigger,
  children,
  title,
  label,
  side = 'bottom',
  align = 'start',
  open,
  onOpenChange,
  initialFocus,
  className,
}: PopoverProps): ReactNode {
  return (
    <BasePopover.Root {...(open === undefined ? {} : { open })} onOpenChange={(next) => onOpenChange?.(next)}>
      <BasePopover.Trigger render={trigger} />
      <BasePopover.Portal>
        <BasePopover.Positioner className="m-layer" side={side} align={align} sideOffset={6} collisionPadding={8}>
          <BasePopover.Popup
            className={classNames('m-popup', 'm-popover', className)}
            aria-label={title === undefined ? label : undefined}
            {...(initialFocus === undefined ? {} : { initialFocus })}
          >
            {title !== undefined && <BasePopover.Title className="m-popover-title">{title}</BasePopover.Title>}
            {children}
          </BasePopover.Popup>
        </BasePopover.Positioner>
      </BasePopover.Portal>
    </BasePopover.Root>
  );
}
