export interface Seen {
  /** How far the list is scrolled, and how much of it one sees; all heights in CSS pixels. */
  readonly top: number;
  readonly seenHeight: number;
  /** Of a row or a heading. */
  readonly height: number;
  /** Of the heading that stays at the top and covers what is below it; 0 without groups. */
  readonly headingHeight: number;
  /** Where the rows stand among headings; null where there are none. */
  readonly places: readonly number[] | null;
  readonly count: number;
}

/** The first and the last row that are seen as a whole, by their index; null where there is none. */
export function seenRows({
  top,
  seenHeight,
  height,
  headingHeight,
  places,
  count,
}: Seen): { readonly first: number; readonly last: number } | null {
  const [from, to] = [Math.ceil((top + headingHeight) / height), Math.floor((top + seenHeight) / height) - 1];
  const first = places === null ? from : places.findIndex((place) => place >= from);
  const last = places === null ? Math.min(to, count - 1) : places.findLastIndex((place) => place <= to);
  return first === -1 || last < first ? null : { first, last };
}
