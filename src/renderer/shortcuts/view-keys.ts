import { VIEWS } from '../../shared/domain/views.ts';
import type { ViewId } from '../../shared/domain/views.ts';

const NUMBERED = VIEWS.filter((view) => view !== 'unstaffed');

/** The keys that go to a view: its place among the numbered ones, and `g 0` for the tenth, as on a keyboard. There are no more digits, so one has a letter. */
export function viewKeys(view: ViewId): string {
  return view === 'unstaffed' ? 'g u' : `g ${String((NUMBERED.indexOf(view) + 1) % 10)}`;
}
