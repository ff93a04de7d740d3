import fs from 'node:fs';
import path from 'node:path';

/**
 * The sample workspace takes seconds to make and moments to copy. It is about the hours around the moment at which it was made: to a test,
 * one that was made a while ago looks as if somebody had left the app alone for so long. Most tests go by what it holds and not by what is
 * due in it; those that do take one of the last minutes.
 */
export type SampleAge = 'of-this-run' | 'of-the-last-minutes';

/** Older ones are made anew. A run is shorter than the first; the second is what a slow machine takes to get there. */
const OLDEST_MS: Readonly<Record<SampleAge, number>> = { 'of-this-run': 45 * 60_000, 'of-the-last-minutes': 5 * 60_000 };
/** Set by the configuration for the run as a whole. */
const FOLDER = process.env['MERIDIAN_SAMPLE_TEMPLATES'];

/** Copies a prepared sample workspace into the folder of an app that has none yet. `make` makes one in the folder that it is given. */
export async function copySample(
  userData: string,
  locale: string,
  age: SampleAge,
  make: (userData: string) => Promise<void>,
): Promise<void> {
  if (FOLDER === undefined || fs.existsSync(path.join(userData, 'workspaces'))) return;
  const template = await youngTemplate(path.join(FOLDER, locale), OLDEST_MS[age], make);
  fs.cpSync(template, path.join(userData, 'workspaces'), { recursive: true });
}

async function youngTemplate(folder: string, oldestMs: number, make: (userData: string) => Promise<void>): Promise<string> {
  const newest = fs.existsSync(folder) ? Math.max(0, ...fs.readdirSync(folder).map(Number).filter(Number.isFinite)) : 0;
  if (Date.now() - newest < oldestMs) return path.join(folder, String(newest), 'workspaces');
  const startedAt = Date.now();
  const making = path.join(folder, `making-${String(process.pid)}`);
  fs.mkdirSync(making, { recursive: true });
  await make(making);
  const made = path.join(folder, String(startedAt));
  fs.renameSync(making, made);
  return path.join(made, 'workspaces');
}
