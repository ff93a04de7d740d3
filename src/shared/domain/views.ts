/** The standing views of the inbox, in the order of the view list. */
export const VIEWS = ['mine', 'unassigned', 'vip', 'waiting-us', 'waiting-customer', 'snoozed', 'solved', 'all'] as const;
export type ViewId = (typeof VIEWS)[number];

/** `waiting`: longest waiting for us first, then the rest by last message; `newest` and `oldest`: by last message. */
export const SORTS = ['waiting', 'newest', 'oldest'] as const;
export type SortId = (typeof SORTS)[number];

/** The sort a view starts with: what needs us first, except where nothing waits. */
export function defaultSort(view: ViewId): SortId {
  return view === 'solved' || view === 'all' || view === 'snoozed' || view === 'waiting-customer' ? 'newest' : 'waiting';
}
