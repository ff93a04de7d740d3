import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { crossProblems, readPlaybook } from './playbook-file.ts';
import type { PlaybookFile, PlaybookProblem } from './playbook-file.ts';
import type { Playbook } from '../../../shared/domain/bot/playbook.ts';

/** All playbooks of a workspace: those that Meridian brings, and its own, which go before them under the same name. */
export interface Playbooks {
  /** What can be used. A playbook that is broken, or leads to a broken one, is not among them. */
  readonly book: ReadonlyMap<string, Playbook>;
  readonly own: ReadonlySet<string>;
  /** Of the broken ones, by id. */
  readonly problems: ReadonlyMap<string, readonly PlaybookProblem[]>;
}

/** More files in a folder are something else. */
const MOST_FILES = 200;

interface Found {
  readonly name: string;
  readonly path: string;
  readonly isOwn: boolean;
  readonly stamp: string;
}

function filesIn(folder: string | null, isOwn: boolean): readonly Found[] {
  if (folder === null) return [];
  let names: readonly string[];
  try {
    names = readdirSync(folder);
  } catch {
    return [];
  }
  return names
    .filter((name) => /\.ya?ml$/u.test(name))
    .toSorted()
    .slice(0, MOST_FILES)
    .flatMap((name) => {
      const path = join(folder, name);
      try {
        const { mtimeMs, size } = statSync(path);
        return [{ name, path, isOwn, stamp: `${path} ${String(mtimeMs)} ${String(size)}` }];
      } catch {
        return [];
      }
    });
}

/**
 * Reads the playbooks of two folders, and again whenever one of their files has changed: looking is a few system calls.
 * @param builtIn the folder of Meridian's own; null where there is none
 * @param own the folder of the workspace; it need not exist
 */
export function playbooksIn(builtIn: string | null, own: string): () => Playbooks {
  let stamp: string | null = null;
  let playbooks: Playbooks = { book: new Map(), own: new Set(), problems: new Map() };
  return () => {
    const found = [...filesIn(builtIn, false), ...filesIn(own, true)];
    const now = found.map((each) => each.stamp).join('\n');
    if (now !== stamp) {
      playbooks = load(found);
      stamp = now;
    }
    return playbooks;
  };
}

function read({ name, path, isOwn }: Found): PlaybookFile {
  try {
    return readPlaybook(name, readFileSync(path, 'utf8'), !isOwn);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { ok: false, problems: [{ file: name, line: 1, column: 1, message }] };
  }
}

function load(found: readonly Found[]): Playbooks {
  const byId = new Map(found.map((each) => [each.name.replace(/\.ya?ml$/u, ''), each]));
  const files = new Map<string, Extract<PlaybookFile, { readonly ok: true }>>();
  const problems = new Map<string, readonly PlaybookProblem[]>();
  for (const [id, each] of byId) {
    const file = read(each);
    if (file.ok) files.set(id, file);
    else problems.set(id, file.problems);
  }
  // one that leads to a broken one is broken, too, until nothing more falls out
  for (let broken = true; broken;) {
    const book = new Map([...files].map(([id, { playbook }]) => [id, playbook]));
    const missing = new Map<string, PlaybookProblem[]>();
    for (const problem of crossProblems(book, files)) {
      const id = problem.file.replace(/\.ya?ml$/u, '');
      missing.set(id, [...(missing.get(id) ?? []), problem]);
    }
    for (const [id, list] of missing) {
      files.delete(id);
      problems.set(id, list);
    }
    broken = missing.size > 0;
  }
  return {
    book: new Map([...files].map(([id, { playbook }]) => [id, playbook])),
    own: new Set([...byId].flatMap(([id, each]) => (each.isOwn ? [id] : []))),
    problems,
  };
}
