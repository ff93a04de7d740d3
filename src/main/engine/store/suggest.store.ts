import type { ReadDb } from './sql.ts';
import type { AgentId, CaseId, MessageId } from '../../../shared/domain/ids.ts';
import type { Channel } from '../../../shared/domain/message.ts';
import type { Instant } from '../../../shared/domain/time.ts';

/** A solved case that a proposed message belongs to. */
export interface ProposedCase {
  /** Local key. */
  readonly id: number;
  readonly uid: CaseId;
  readonly channel: Channel;
  readonly language: string | null;
  readonly subject: string;
  readonly lastMessageAt: Instant;
  readonly contactName: string;
  readonly contactAddress: string;
  /** How many of the proposed messages are its. */
  readonly proposed: number;
}

/**
 * The solved cases in which customers wrote these messages, in the order of `keys` (the first that names a case counts), at most `limit`. `solved` is
 * 3 in the column; what was merged into another case is that case's.
 */
export function solvedCasesOf(db: ReadDb, keys: readonly number[], limit: number): readonly ProposedCase[] {
  return db.all<ProposedCase>(
    `SELECT c.id, c.uid, c.channel, c.language, c.subject, c.last_message_at AS lastMessageAt, k.name AS contactName, k.address AS contactAddress,
       count(*) AS proposed, min(j.key) AS place
     FROM json_each(@keys) j CROSS JOIN messages m ON m.id = j.value CROSS JOIN cases c ON c.id = m.case_id CROSS JOIN contacts k ON k.id = c.contact_id
     WHERE m.kind = 0 AND m.auto IN ('none', 'list') AND c.status = 3 AND c.merged_into IS NULL
     GROUP BY c.id ORDER BY place LIMIT @limit`,
    { keys: JSON.stringify(keys), limit },
  );
}

export function labelsOf(db: ReadDb, caseId: number): readonly string[] {
  return db.all<{ label: string }>('SELECT label FROM case_labels WHERE case_id = @caseId', { caseId }).map(({ label }) => label);
}

/** An answer that a person gave. */
export interface GivenAnswer {
  readonly messageId: MessageId;
  readonly at: Instant;
  /** Null when it was written in another program. */
  readonly agentId: AgentId | null;
  readonly text: string;
}

/** The first answers of people that left for good, oldest first: no machine's, none that was taken back, failed, bounced or removed. */
export function givenAnswers(db: ReadDb, caseId: number, limit: number): readonly GivenAnswer[] {
  return db.all<GivenAnswer>(
    `SELECT m.uid AS messageId, m.sent_at AS at, m.agent AS agentId, substr(m.text, 1, 6000) AS text FROM messages m
     WHERE m.case_id = @caseId AND m.kind = 1 AND m.auto = 'none' AND m.removed = 0 AND m.bounced IS NULL
       AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.message_id = m.id AND o.state <> 'sent')
     ORDER BY m.sent_at, m.id LIMIT @limit`,
    { caseId, limit },
  );
}

/** Names and addresses of everybody on a case's messages, each once. */
export function peopleOf(db: ReadDb, caseId: number): readonly string[] {
  const rows = db.all<{ name: string; address: string; recipients: string }>(
    `SELECT DISTINCT from_name AS name, from_address AS address, CASE WHEN kind = 0 THEN recipients ELSE '' END AS recipients
     FROM messages WHERE case_id = @caseId AND kind = 0 LIMIT 40`,
    { caseId },
  );
  const people = new Set<string>();
  for (const { name, address, recipients } of rows) {
    people.add(name).add(address);
    if (recipients === '') continue;
    // written by `insertMessage` alone
    const { cc } = JSON.parse(recipients) as { readonly cc?: readonly { readonly name: string; readonly address: string }[] };
    for (const each of cc ?? []) people.add(each.name).add(each.address);
  }
  people.delete('');
  return [...people];
}
