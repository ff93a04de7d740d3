import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '..');
const DOCUMENTS = [
  'resources/hub/README.md',
  'resources/gateway/README.md',
  ...readdirSync(ROOT).filter((name) => name.endsWith('.md')),
  ...readdirSync(path.join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => path.join('docs', name)),
];

/** The text without code, in which nothing is a link. */
function prose(document: string): string {
  return readFileSync(path.join(ROOT, document), 'utf8')
    .replaceAll(/^```[^]*?^```/gmu, '')
    .replaceAll(/`[^`\n]*`/gu, '');
}

/** The anchors that a page of Markdown offers: its headings, in lower case, with hyphens for spaces. */
function anchors(document: string): Set<string> {
  const headings = [...readFileSync(path.join(ROOT, document), 'utf8').matchAll(/^#{1,6} (.+)$/gmu)];
  return new Set(
    headings.map(([, text = '']) =>
      text
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
        .replaceAll(' ', '-'),
    ),
  );
}

/** What is wrong with a relative link; null when it leads somewhere. */
function problem(document: string, target: string): string | null {
  const [file = '', anchor = ''] = target.split('#');
  const place = file === '' ? document : path.join(path.dirname(document), decodeURIComponent(file));
  if (path.relative(ROOT, path.join(ROOT, place)).startsWith('..')) return `${target} leads out of the repository`;
  if (!existsSync(path.join(ROOT, place))) return `${target} does not exist`;
  if (anchor !== '' && place.endsWith('.md') && !anchors(place).has(anchor)) return `${target} names no heading`;
  return null;
}

describe.each(DOCUMENTS)('%s', (document) => {
  test('has no link that leads nowhere', () => {
    const targets = [...prose(document).matchAll(/\]\(([^)\s]+)\)/gu)].map(([, target = '']) => target);
    const relative = targets.filter((target) => !/^[a-z][a-z0-9+.-]*:/iu.test(target));
    expect(relative.flatMap((target) => problem(document, target) ?? [])).toEqual([]);
  });
});

test('every decision record is in the list of them', () => {
  const list = readFileSync(path.join(ROOT, 'docs/decisions/README.md'), 'utf8');
  const records = readdirSync(path.join(ROOT, 'docs/decisions')).filter((name) => /^\d{4}-/u.test(name));
  expect(records.filter((name) => !list.includes(`(${name})`))).toEqual([]);
});
