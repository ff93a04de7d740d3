import type { ReadDb, WriteDb } from './sql.ts';
import { TIERS } from '../../../shared/domain/case.ts';
import type { Tier } from '../../../shared/domain/case.ts';
import type { ContactId } from '../../../shared/domain/ids.ts';
import type { Instant } from '../../../shared/domain/time.ts';

export function tierFromNumber(value: number): Tier {
  return TIERS[value] ?? 'standard';
}
export function tierToNumber(tier: Tier): number {
  return TIERS.indexOf(tier);
}

export interface ContactRow {
  readonly id: number;
  readonly uid: ContactId;
  readonly address: string;
  readonly name: string;
  readonly tier: Tier;
  readonly tierReason: string;
  readonly tierUntil: Instant | null;
  readonly zone: string | null;
  readonly offsetMinutes: number | null;
  readonly language: string | null;
  readonly firstSeenAt: Instant;
}

interface SqlContact {
  readonly id: number;
  readonly uid: string;
  readonly address: string;
  readonly name: string;
  readonly tier: number;
  readonly tier_reason: string;
  readonly tier_until: number | null;
  readonly zone: string | null;
  readonly offset_minutes: number | null;
  readonly language: string | null;
  readonly first_seen_at: number;
}

const COLUMNS = 'id, uid, address, name, tier, tier_reason, tier_until, zone, offset_minutes, language, first_seen_at';

function toContact(row: SqlContact): ContactRow {
  return {
    id: row.id,
    uid: row.uid as ContactId,
    address: row.address,
    name: row.name,
    tier: tierFromNumber(row.tier),
    tierReason: row.tier_reason,
    tierUntil: row.tier_until as Instant | null,
    zone: row.zone,
    offsetMinutes: row.offset_minutes,
    language: row.language,
    firstSeenAt: row.first_seen_at as Instant,
  };
}

export function contactByUid(db: ReadDb, uid: ContactId): ContactRow | undefined {
  const row = db.get<SqlContact>(`SELECT ${COLUMNS} FROM contacts WHERE uid = @uid`, { uid });
  return row === undefined ? undefined : toContact(row);
}

export function contactById(db: ReadDb, id: number): ContactRow | undefined {
  const row = db.get<SqlContact>(`SELECT ${COLUMNS} FROM contacts WHERE id = @id`, { id });
  return row === undefined ? undefined : toContact(row);
}

/** Creates the contact or learns what a new message tells: the newest name, language and clock offset win. Returns the local id. */
export function upsertContact(
  db: WriteDb,
  contact: {
    readonly uid: ContactId;
    readonly address: string;
    readonly name: string;
    readonly seenAt: Instant;
    readonly offsetMinutes: number | null;
    readonly language: string | null;
  },
): number {
  const found = db.get<{ id: number }>(
    `INSERT INTO contacts(uid, address, name, first_seen_at, offset_minutes, offset_seen_at, language, folded)
     VALUES(@uid, @address, @name, @seenAt, @offset, @seenAt, @language, fold(@name || char(10) || @address))
     ON CONFLICT(uid) DO UPDATE SET
       first_seen_at = min(first_seen_at, @seenAt),
       name = CASE WHEN name = '' OR (@name <> '' AND @seenAt >= offset_seen_at) THEN @name ELSE name END,
       folded = CASE WHEN name <> @name AND (name = '' OR (@name <> '' AND @seenAt >= offset_seen_at)) THEN fold(@name || char(10) || address) ELSE folded END,
       offset_minutes = CASE WHEN @offset IS NOT NULL AND @seenAt >= offset_seen_at THEN @offset ELSE offset_minutes END,
       language = CASE WHEN @language IS NOT NULL AND @seenAt >= offset_seen_at THEN @language ELSE language END,
       offset_seen_at = max(offset_seen_at, @seenAt)
     RETURNING id`,
    {
      uid: contact.uid,
      address: contact.address,
      name: contact.name,
      seenAt: contact.seenAt,
      offset: contact.offsetMinutes,
      language: contact.language,
    },
  );
  if (found === undefined) throw new Error('the contact was not stored');
  return found.id;
}

export function setContactTier(db: WriteDb, uid: ContactId, tier: Tier, reason: string, until: Instant | null): void {
  db.run('UPDATE contacts SET tier = @tier, tier_reason = @reason, tier_until = @until WHERE uid = @uid', {
    uid,
    tier: tierToNumber(tier),
    reason,
    until,
  });
  db.run('UPDATE cases SET vip = @tier WHERE contact_id = (SELECT id FROM contacts WHERE uid = @uid)', { uid, tier: tierToNumber(tier) });
}

export function setContactZone(db: WriteDb, uid: ContactId, zone: string | null): void {
  db.run('UPDATE contacts SET zone = @zone WHERE uid = @uid', { uid, zone });
}

/** Contacts whose tier has run out by `now`. */
export function expiredTiers(db: ReadDb, now: Instant): ContactId[] {
  return db
    .all<{ uid: string }>('SELECT uid FROM contacts WHERE tier > 0 AND tier_until IS NOT NULL AND tier_until <= @now', { now })
    .map((row) => row.uid as ContactId);
}
