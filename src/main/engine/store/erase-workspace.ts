import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';

/** Files of the team's data. What a person set aside before joining, and what else lies in the folder, is not the team's. */
const OF_TEAM = /^(main|sources|search|backup|backup\.partial)\.db(-wal|-shm|\..*)?$|^running$|^snapshot/u;

/**
 * Erases a workspace whose team wants no copies with those who left. Done before it is opened, when nothing uses the files.
 * @returns whether anything was erased
 */
export function eraseIfWanted(folder: string): boolean {
  const file = join(folder, 'main.db');
  if (!existsSync(file) || !isWanted(file)) return false;
  for (const name of readdirSync(folder)) {
    if (OF_TEAM.test(name)) rmSync(join(folder, name), { recursive: true, force: true });
  }
  return true;
}

function isWanted(file: string): boolean {
  let database: Database.Database | null = null;
  try {
    database = new Database(file, { readonly: true });
    return database.prepare("SELECT 1 FROM team WHERE key = 'erase' AND value = 'true'").get() !== undefined;
  } catch {
    // a file from before there were teams, or a damaged one: opening it says what is wrong
    return false;
  } finally {
    database?.close();
  }
}
