import fs from 'node:fs';
import path from 'node:path';

const NAMES = /^(?:readme|licen[cs]e|changelog|history|notice|copying|copyright|news|changes)[^/]*$|\.(?:md|txt)$/iu;
const CHUNK = 1_500;

/**
 * Text of the packages that are installed here, in pieces as long as a long message. Only counted: what it is depends on the machine.
 * Word lists of recovery phrases are left out, and what is packed or larger than a megabyte.
 */
export function* publicChunks(folders: readonly string[], maxBytes: number): Generator<string> {
  let left = maxBytes;
  for (const folder of folders) {
    for (const file of textFiles(folder)) {
      if (left <= 0) return;
      const text = fs.readFileSync(file, 'utf8');
      left -= text.length;
      for (let from = 0; from < text.length; from += CHUNK) yield text.slice(from, from + CHUNK);
    }
  }
}

function* textFiles(folder: string): Generator<string> {
  let entries: readonly fs.Dirent[];
  try {
    entries = fs.readdirSync(folder, { withFileTypes: true }).toSorted((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    return;
  }
  for (const entry of entries) {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory() && entry.name !== '.cache' && entry.name !== 'bip39') yield* textFiles(file);
    else if (entry.isFile() && NAMES.test(entry.name) && fs.statSync(file).size < 1_000_000) yield file;
  }
}

/** Hosts that such text links to. */
export function hostsOf(chunks: Iterable<string>): readonly string[] {
  const hosts = new Set<string>();
  for (const chunk of chunks) {
    for (const match of chunk.matchAll(/https?:\/\/(?<host>[a-z\d.-]+\.[a-z]{2,24})(?=[/\s)"'>?#:,]|$)/giu)) {
      hosts.add((match.groups?.['host'] ?? '').toLowerCase());
    }
  }
  return [...hosts];
}
