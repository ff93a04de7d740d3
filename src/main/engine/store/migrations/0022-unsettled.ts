/**
 * What is rare among very many is found without reading them all: replies that are not settled (whatever was ever sent stays in the outbox),
 * and cases that the bot has.
 */
export const migration0022 = `
CREATE INDEX outbox_unsettled ON outbox(id, account_uid, state) WHERE state IN ('queued', 'sending', 'unknown', 'held', 'failed');
CREATE INDEX cases_with_bot ON cases(last_inbound_at) WHERE status < 3 AND merged_into IS NULL AND instr(state, '"bot":null') = 0;
`;
