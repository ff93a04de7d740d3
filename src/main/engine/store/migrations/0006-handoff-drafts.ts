/**
 * Packets that are being written: local, one for each case and writer. And indices for what handoffs are asked all day:
 * offered by somebody, come to a lead; and cases that are parked, without reading the state of all others.
 */
export const migration0006 = `
CREATE TABLE handoff_drafts(
  case_uid TEXT NOT NULL,
  agent_uid TEXT NOT NULL,
  saved_at INTEGER NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY(case_uid, agent_uid)
) STRICT, WITHOUT ROWID;

CREATE INDEX handoffs_from ON handoffs(from_uid, state) WHERE live = 1;
CREATE INDEX cases_parked ON cases(owner) WHERE instr(state, '"parked":null') = 0 AND status < 3 AND merged_into IS NULL;
CREATE INDEX handoffs_escalated ON handoffs(owner, offered_at) WHERE state = 'escalated';
`;
