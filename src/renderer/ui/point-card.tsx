import { Tooltip as BaseTooltip } from '@base-ui/react/tooltip';
import type { ComponentProps, ReactNode } from 'react';
import './popup.css';
import './tooltip.css';

export interface PointCardProps {
  readonly open: boolean;
  readonly onClose: () => void;
  /** What the card points at; a new object for a new place, so that the card follows. */
  readonly anchor: ComponentProps<typeof BaseTooltip.Positioner>['anchor'];
  readonly side?: 'top' | 'bottom' | undefined;
  readonly children: ReactNode;
}

/**
 * A card of facts at a point that moves, such as the cursor on a time line. It takes no focus, nothing in it can be pressed, and who does
 * not see the point is told the same elsewhere: by the value of the slider, or in a dialog.
 */
export function PointCard({ open, onClose, anchor, side = 'bottom', children }: PointCardProps): ReactNode {
  return (
    <BaseTooltip.Root
      open={open}
      disableHoverablePopup
      onOpenChange={(next) => {
        if (!next) onClose();
      }}
    >
      <BaseTooltip.Portal>
        <BaseTooltip.Positioner className="m-layer-tooltip" anchor={anchor} side={side} sideOffset={8} collisionPadding={8}>
          <BaseTooltip.Popup className="m-tooltip m-point-card" aria-hidden="true">
            {children}
          </BaseTooltip.Popup>
        </BaseTooltip.Positioner>
      </BaseTooltip.Portal>
    </BaseTooltip.Root>
  );
}
