import fs from 'node:fs';
import path from 'node:path';

/**
 * The sample workspace takes seconds to make and moments to copy. It is about the hours around the moment at which it was made, so a
 * copy is taken only of a young one.
 */

/** Older ones are made anew: to a test, the sample then looks as if it had taken a slow machine so long to get there. */
const YOUNG_MS = 5 * 60_000;
/** Set by the configuration for the run as a whole. */
const FOLDER = process.env['MERIDIAN_SAMPLE_TEMPLATES'];

/** Copies a prepared sample workspace into the folder of an app that has none yet. `make` makes one in the folder that it is given. */
export async function copySample(userData: string, locale: string, make: (userData: string) => Promise<void>): Promise<void> {
  if (FOLDER === undefined || fs.existsSync(path.join(userData, 'workspaces'))) return;
  fs.cpSync(await youngTemplate(path.join(FOLDER, locale), make), path.join(userData, 'workspaces'), { recursive: true });
}

async function youngTemplate(folder: string, make: (userData: string) => Promise<void>): Promise<string> {
  const newest = fs.existsSync(folder) ? Math.max(0, ...fs.readdirSync(folder).map(Number).filter(Number.isFinite)) : 0;
  if (Date.now() - newest < YOUNG_MS) return path.join(folder, String(newest), 'workspaces');
  const startedAt = Date.now();
  const making = path.join(folder, `making-${String(process.pid)}`);
  fs.mkdirSync(making, { recursive: true });
  await make(making);
  const made = path.join(folder, String(startedAt));
  fs.renameSync(making, made);
  return path.join(made, 'workspaces');
}
