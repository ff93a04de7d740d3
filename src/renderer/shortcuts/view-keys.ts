import { VIEWS } from '../../shared/domain/views.ts';
import type { ViewId } from '../../shared/domain/views.ts';

/** The keys that go to a view: its place in the view list, and `g 0` for the tenth, as on a keyboard. */
export function viewKeys(view: ViewId): string {
  return `g ${String((VIEWS.indexOf(view) + 1) % 10)}`;
}
