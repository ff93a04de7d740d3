import type { ReactNode } from 'react';
import { Group, Panel, Separator } from 'react-resizable-panels';
import { rememberLayout, useSession } from '../../state/session.ts';

export interface Pane {
  readonly id: string;
  /** Accessible name of the bar before this pane. */
  readonly label: string;
  /** CSS sizes such as `208px` or `30%`. */
  readonly size: string;
  readonly min: string;
  readonly max?: string | undefined;
  /** Keeps its width when the window grows. */
  readonly isFixed?: boolean | undefined;
  readonly content: ReactNode;
}

/** Panes side by side, resized with the mouse or with arrow keys on the bars between them; remembered per combination. */
export function Panes({ id, panes }: { readonly id: string; readonly panes: readonly Pane[] }): ReactNode {
  // Another set of panes is another layout: sizes of one must not be forced on the other.
  const groupId = `${id}.${panes.map((pane) => pane.id).join('-')}`;
  const remembered = useSession((state) => state.paneLayouts[groupId]);
  return (
    // one group whatever is in it: what stays, such as the list when a case is opened, is not drawn anew
    <Group
      id={id}
      className="ib-panes"
      {...(remembered === undefined ? {} : { defaultLayout: { ...remembered } })}
      onLayoutChanged={(layout, meta) => {
        if (meta.isUserInteraction) rememberLayout(groupId, layout);
      }}
    >
      {panes.map((pane, index) => [
        index > 0 && <Separator key={`bar-${pane.id}`} className="ib-pane-bar" aria-label={pane.label} />,
        <Panel
          key={pane.id}
          id={pane.id}
          className="ib-pane"
          defaultSize={pane.size}
          minSize={pane.min}
          {...(pane.max === undefined ? {} : { maxSize: pane.max })}
          groupResizeBehavior={pane.isFixed === true ? 'preserve-pixel-size' : 'preserve-relative-size'}
        >
          {pane.content}
        </Panel>,
      ])}
    </Group>
  );
}
