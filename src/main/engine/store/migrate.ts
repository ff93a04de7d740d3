import type Database from 'better-sqlite3';
import { migration0001 } from './migrations/0001-first.ts';
import { migration0002 } from './migrations/0002-sla.ts';
import { migration0003 } from './migrations/0003-coverage.ts';
import { migration0004 } from './migrations/0004-handoffs.ts';
import { migration0005 } from './migrations/0005-acknowledgements.ts';
import { migration0006 } from './migrations/0006-handoff-drafts.ts';
import { migration0007 } from './migrations/0007-team.ts';
import { migration0008 } from './migrations/0008-channels.ts';
import { migration0009 } from './migrations/0009-guard.ts';
import { migration0010 } from './migrations/0010-routing.ts';
import { migration0011 } from './migrations/0011-filters.ts';
import { migration0012 } from './migrations/0012-scale.ts';
import { migration0013 } from './migrations/0013-macros.ts';
import { migration0014 } from './migrations/0014-flags.ts';
import { migration0015 } from './migrations/0015-changed-texts.ts';
import { migration0016 } from './migrations/0016-knowledge.ts';
import { migration0017 } from './migrations/0017-visits.ts';
import { migration0018 } from './migrations/0018-intake.ts';
import { migration0019 } from './migrations/0019-send-later.ts';
import { migration0020 } from './migrations/0020-draft-begun.ts';
import { migration0021 } from './migrations/0021-reminders.ts';
import { migration0022 } from './migrations/0022-unsettled.ts';
import { migration0023 } from './migrations/0023-macro-uses.ts';
import { migration0024 } from './migrations/0024-rewritten-sources.ts';
import { addFunctions } from './sql-functions.ts';

/** Numbered from 1 without gaps; a migration that was released is never edited, only followed. */
export const MIGRATIONS: readonly string[] = [
  migration0001,
  migration0002,
  migration0003,
  migration0004,
  migration0005,
  migration0006,
  migration0007,
  migration0008,
  migration0009,
  migration0010,
  migration0011,
  migration0012,
  migration0013,
  migration0014,
  migration0015,
  migration0016,
  migration0017,
  migration0018,
  migration0019,
  migration0020,
  migration0021,
  migration0022,
  migration0023,
  migration0024,
];

/** Thrown when the file was written by a newer Meridian; it is left untouched. */
export class NewerSchemaError extends Error {
  override readonly name = 'NewerSchemaError';
}

/** Throws a NewerSchemaError for a file that this version does not understand; call it before anything is changed in the file. */
export function refuseNewer(database: Database.Database): void {
  const found = Number(database.pragma('user_version', { simple: true }));
  if (found > MIGRATIONS.length) throw new NewerSchemaError(`schema ${found} is newer than ${MIGRATIONS.length}`);
}

/**
 * Brings the database to the newest schema, one transaction a migration, so that a crash leaves the old or the new
 * schema and never half of one. `upTo` stops early (for the migrations' own tests).
 */
export function migrate(database: Database.Database, upTo: number = MIGRATIONS.length): void {
  refuseNewer(database);
  addFunctions(database);
  const found = Number(database.pragma('user_version', { simple: true }));
  for (let version = found + 1; version <= upTo; version += 1) {
    const sql = MIGRATIONS[version - 1];
    if (sql === undefined) throw new Error(`migration ${version} is missing`);
    database
      .transaction(() => {
        database.exec(sql);
        database.pragma(`user_version = ${version}`);
      })
      .immediate();
  }
}
