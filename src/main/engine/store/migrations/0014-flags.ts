/** What few of all cases have, so that asking for it does not read all of them: unread ones, and those with a promise or an offer that is open. */
export const migration0014 = `
CREATE INDEX cases_unread ON cases(last_message_at, id, assignee, status, snoozed_until, vip, unread, merged_into, channel, language, priority, contact_id)
  WHERE unread = 1 AND merged_into IS NULL;
CREATE INDEX cases_promised ON cases(last_message_at, id, status, next_promise, merged_into) WHERE next_promise IS NOT NULL AND merged_into IS NULL;
CREATE INDEX cases_offered ON cases(last_message_at, id, status, open_handoff, merged_into) WHERE open_handoff IS NOT NULL AND merged_into IS NULL;
`;
