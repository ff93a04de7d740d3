import type { ReactNode } from 'react';
import './meridian-mark.css';

/** The mark: a globe's meridian with the sun standing on it. Decorative. */
export function MeridianMark({ size }: { readonly size: number }): ReactNode {
  return (
    <svg className="meridian-mark" width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect className="meridian-mark-ground" x="1" y="1" width="30" height="30" rx="8" />
      <circle className="meridian-mark-line" cx="16" cy="16" r="9.25" />
      <path className="meridian-mark-line" d="M16 6.75c-4.6 5-4.6 13.5 0 18.5M16 6.75c4.6 5 4.6 13.5 0 18.5M7 16h18" />
      <circle className="meridian-mark-sun" cx="22.6" cy="9.6" r="3.6" />
    </svg>
  );
}
