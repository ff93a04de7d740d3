import { z } from 'zod';
import { command, query } from './define.ts';
import { conditions } from './query-schemas.ts';
import { operationId, savedViewId } from './schemas.ts';
import type { AgentId } from '../domain/ids.ts';
import { GROUPINGS, MAX_PRIVATE_VIEWS, MAX_SHARED_VIEWS, MAX_VIEW_NAME } from '../domain/saved-view.ts';
import type { SavedView } from '../domain/saved-view.ts';
import { SORTS } from '../domain/views.ts';

/** A view as it is kept, and as it travels in the team's log. */
export const savedView: z.ZodType<SavedView> = z.strictObject({
  viewId: savedViewId,
  name: z.string().trim().min(1).max(MAX_VIEW_NAME),
  conditions,
  text: z.string().max(500),
  sort: z.enum(SORTS),
  hiddenColumns: z.array(z.string().min(1).max(40)).max(40).readonly(),
  grouping: z.enum(GROUPINGS),
});

/** A view in the view list of somebody. */
export interface ListedView extends SavedView {
  /** Shared with the team, or seen here alone. */
  readonly isShared: boolean;
  /** Whose it is; null for one's own that nobody else sees. */
  readonly ownerId: AgentId | null;
  /** Its owner and leads may change and remove it. */
  readonly canChange: boolean;
  /** Whether it is one's own to take back from the team. */
  readonly isMine: boolean;
}

export const viewsContract = {
  /** Private views and the team's, each in the order of who sits here. */
  'views.list': query<readonly ListedView[]>()(z.strictObject({})),
  /** Makes a view, changes it, shares it with the team, or takes it back from there (its owner alone). */
  'views.save': command<null>()(z.strictObject({ opId: operationId, view: savedView, isShared: z.boolean() }), ['not-allowed', 'too-many']),
  /** Saving it again brings it back as it was. */
  'views.remove': command<null>()(z.strictObject({ opId: operationId, viewId: savedViewId }), ['not-allowed']),
  /** The order in which this person sees them. */
  'views.order': command<null>()(
    z.strictObject({
      opId: operationId,
      viewIds: z
        .array(savedViewId)
        .max(MAX_PRIVATE_VIEWS + MAX_SHARED_VIEWS)
        .readonly(),
    }),
  ),
};
