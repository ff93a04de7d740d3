import { join } from 'node:path';
import { COPIES, copiedPlace, copiedText } from './copy-words.ts';
import { copiedMessageKey } from './copy-workspace.ts';
import { searchableText } from '../../src/main/engine/jobs/search-indexer.ts';
import { openWorkspace } from '../../src/main/engine/store/open-workspace.ts';
import { dayOfMessageKey, keysOfDay, sourcesOfDay } from '../../src/main/engine/store/search-source.store.ts';
import type { SearchSource } from '../../src/main/engine/store/search-source.store.ts';
import { openSearchStore } from '../../src/main/engine/store/search.store.ts';
import type { ReadDb } from '../../src/main/engine/store/sql.ts';
import { indexTerms } from '../../src/shared/domain/search-text.ts';

/**
 * The search index of the workspace that `copyWorkspace` makes, from the one that it is made of: what is said is cut into terms once and not
 * once a copy. `checkIndex` compares the terms with those that the app's own indexer would store.
 */
export function copyIndex(from: string, into: string): null {
  const opened = openWorkspace(from, Date.now(), () => undefined);
  const search = openSearchStore(join(into, 'search.db'));
  search.database.pragma('synchronous = OFF');
  search.database.pragma('cache_size = -400000');
  search.database.pragma('wal_autocheckpoint = 20000');
  try {
    opened.store.read((db) => {
      const ends = db.get<{ first: number; last: number }>('SELECT min(id) AS first, max(id) AS last FROM messages');
      for (let day = dayOfMessageKey(ends?.first ?? 0); day <= dayOfMessageKey(ends?.last ?? -1); day += 1)
        search.add(day, entriesOf(db, day));
    });
  } finally {
    search[Symbol.dispose]();
    opened.blobs[Symbol.dispose]();
    opened.store[Symbol.dispose]();
  }
  return null;
}

function* entriesOf(db: ReadDb, day: number): Generator<{ readonly id: number; readonly uid: string; readonly terms: string }> {
  let above = keysOfDay(day).from;
  for (let sources = sourcesOfDay(db, day, above, 200); sources.length > 0; sources = sourcesOfDay(db, day, above, 200)) {
    for (const source of sources) {
      const said = indexTerms(searchableText({ ...source, people: '' }));
      for (let copy = 0; copy < COPIES; copy += 1)
        yield { id: copiedMessageKey(source.id, copy), uid: copiedPlace(source.uid, copy), terms: copiedTerms(source, said, copy) };
    }
    above = sources.at(-1)?.id ?? Number.MAX_SAFE_INTEGER;
  }
}

/** The terms of a copy: of who is in it, and of what is said with its own order. */
export function copiedTerms(source: SearchSource, said: string, copy: number): string {
  const people = indexTerms(copiedPlace(source.people, copy));
  const [order = ''] = /(?<=MX-)\d{6}/u.exec(`${source.subject}\n${source.text}`) ?? [];
  const terms = order === '' || copy === 0 ? said.split(' ') : said.split(' ').map((term) => ownOrder(term, order, copy));
  return [...new Set([...terms, ...people.split(' ')])].join(' ');
}

function ownOrder(term: string, order: string, copy: number): string {
  return term === order || term === `mx${order}`
    ? copiedText(`MX-${order}`, copy)
        .toLowerCase()
        .replace('mx-', term === order ? '' : 'mx')
    : term;
}
