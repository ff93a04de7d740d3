/** The standing views of the inbox, in the order of the view list. */
export const VIEWS = [
  'mine',
  'unassigned',
  'vip',
  'due-soon',
  'overdue',
  'waiting-us',
  'waiting-customer',
  'snoozed',
  'solved',
  'all',
] as const;
export type ViewId = (typeof VIEWS)[number];

/**
 * `due`: VIPs and what the fairness guard has raised first, each lane by its next due time; `waiting`: longest waiting for us first, then the
 * rest by last message; `newest` and `oldest`: by last message.
 */
export const SORTS = ['due', 'waiting', 'newest', 'oldest'] as const;
export type SortId = (typeof SORTS)[number];

/** The sort a view starts with: what needs us first, except where nothing waits. */
export function defaultSort(view: ViewId): SortId {
  return view === 'solved' || view === 'all' || view === 'snoozed' || view === 'waiting-customer' ? 'newest' : 'due';
}

/** How long before its due time a case is in the view of what is due soon, in milliseconds. */
export const DUE_SOON_MS = 2 * 60 * 60_000;
