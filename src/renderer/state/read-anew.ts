import { useSession } from './session.ts';
import type { Route } from './session.ts';

const KEY = 'meridian.route';
const ROUTES: readonly Route[] = ['inbox', 'outbox', 'handoffs', 'conflicts', 'coverage', 'settings'];

/**
 * Reads the page with all of its files anew, and comes back to the same screen: for its whole life a page remembers of a module that could
 * not be read that it can not be read. What is being written is kept.
 */
export function readPageAnew(): void {
  sessionStorage.setItem(KEY, useSession.getState().route);
  window.location.reload();
}

/** Goes to the screen from which the page was read anew; does nothing at any other start. */
export function returnAfterReading(): void {
  const before = sessionStorage.getItem(KEY);
  sessionStorage.removeItem(KEY);
  const route = ROUTES.find((each) => each === before);
  if (route !== undefined) useSession.setState({ route });
}
