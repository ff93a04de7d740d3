import { createElement } from 'react';
import type { ReactNode } from 'react';
import './line-icon.css';

type Part = readonly [name: string, attributes: Readonly<Record<string, string>>];

function hasNode(data: unknown): data is { readonly node: readonly Part[] } {
  return typeof data === 'object' && data !== null && 'node' in data && Array.isArray(data.node);
}

function LineIcon({ children }: { readonly children: ReactNode }): ReactNode {
  return (
    <svg className="m-line-icon" viewBox="0 0 24 24" aria-hidden="true">
      {children}
    </svg>
  );
}

/**
 * An icon of lucide for places that hundreds of them change in at once, as the rows of a list do. Each of lucide's own is a component of its own, so that
 * another one in its place is made anew; of these the drawing alone changes.
 * @param icon a module of the package, as `import * as mail from 'lucide-react/icons/mail'`; throws when it is none
 */
export function lineIcon(icon: object): ReactNode {
  const data: unknown = '__iconData' in icon ? icon.__iconData : null;
  if (!hasNode(data)) throw new Error('this is no icon of lucide');
  const parts = data.node.map(([name, attributes], at) => createElement(name, { ...attributes, key: at }));
  return <LineIcon>{parts}</LineIcon>;
}
