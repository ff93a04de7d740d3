import type { ReactNode } from 'react';
import './macros.css';
import { gapName } from './use-macro.ts';

const GAP = /(⟦[^⟦⟧\n]{1,80}⟧)/u;

/** A text in which what is still to be filled in stands under the name that people call it by. */
export function TextWithGaps({ text }: { readonly text: string }): ReactNode {
  return text.split(GAP).map((piece, index) =>
    GAP.test(piece) ? (
      <mark key={index} className="ib-gap">
        {gapName(piece.slice(1, -1))}
      </mark>
    ) : (
      piece
    ),
  );
}
