/** When a person wants a reply to leave, where that is not at once; kept after it was sent, so that one can tell whether it was late. */
export const migration0019 = `
ALTER TABLE outbox ADD COLUMN later_at INTEGER;
CREATE INDEX outbox_later ON outbox(state, case_id) WHERE later_at IS NOT NULL;
`;
