/**
 * What had happened here when a draft was begun, or when its writer last looked at what was new: the key of the newest event. What came
 * later is shown beside the words before they are sent. Of drafts from before nobody knows; their writers have seen what there is.
 */
export const migration0020 = `
ALTER TABLE drafts ADD COLUMN seen_event INTEGER NOT NULL DEFAULT 0;
UPDATE drafts SET seen_event = (SELECT coalesce(max(local_id), 0) FROM events);
`;
