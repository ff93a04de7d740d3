/** The standing views of the inbox, in the order of the view list. `unstaffed`: what breaches before anyone qualified starts. */
export const VIEWS = [
  'mine',
  'unassigned',
  'vip',
  'due-soon',
  'overdue',
  'unstaffed',
  'waiting-us',
  'waiting-customer',
  'snoozed',
  'solved',
  'all',
] as const;
export type ViewId = (typeof VIEWS)[number];

/**
 * `runway`: first what breaches before anyone qualified starts, overdue cases among it, by due time; then VIPs and what the fairness guard
 * has raised, then the others, each by the staffed time that is left until they are due, and by due time where that is equal. Cases that are
 * never due follow in their lane, solved ones come last. Without a published plan it is `due`.
 * `due`: VIPs and what the fairness guard has raised first, each lane by its next due time; `waiting`: longest waiting for us first, then the
 * rest by last message; `newest` and `oldest`: by last message; `waking`: what comes back first, then what is awake. What is equal goes by last message, newest first, then by when it was stored.
 */
export const SORTS = ['runway', 'due', 'waiting', 'newest', 'oldest', 'waking'] as const;
export type SortId = (typeof SORTS)[number];

/** The sort a view starts with: what needs us first, except where nothing waits. */
export function defaultSort(view: ViewId): SortId {
  if (view === 'snoozed') return 'waking';
  return view === 'solved' || view === 'all' || view === 'waiting-customer' ? 'newest' : 'runway';
}

/** How long before its due time a case is in the view of what is due soon, in milliseconds. */
export const DUE_SOON_MS = 2 * 60 * 60_000;
