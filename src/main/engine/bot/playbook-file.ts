import { isMap, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
import type { Document, Node } from 'yaml';
import { z } from 'zod';
import { findPattern } from './safe-pattern.ts';
import { HAND_OVER, hasPhrases } from '../../../shared/domain/bot/playbook.ts';
import type { Choice, Playbook, PlaybookBook, Step, Target, Texts } from '../../../shared/domain/bot/playbook.ts';
import { asksForSecret } from '../../../shared/domain/guard/outbound.ts';
import { INTAKE_FIELDS } from '../../../shared/domain/message.ts';

/** What is wrong with a file, where, in words for whoever wrote it. Lines and columns count from 1. */
export interface PlaybookProblem {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

export type PlaybookFile =
  | { readonly ok: true; readonly playbook: Playbook; readonly where: (path: readonly (string | number)[]) => PlaybookProblem }
  | { readonly ok: false; readonly problems: readonly PlaybookProblem[] };

const ID = /^[a-z][a-z0-9-]{0,59}$/u;
const text = z.string().trim().min(1).max(3_000);
const tag = z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,2}$/u, 'is no language tag such as en or zh-CN');
const texts = z.record(tag, text);
const words = z.array(z.string().trim().min(1).max(100)).max(50);
const target = z.string().regex(/^(@?[a-z][a-z0-9-]{0,59})$/u, 'is no step, no @playbook, and neither solved nor hand-over');
const pattern = z.string().max(300).refine(isPattern, 'is no regular expression');
const choice = z.strictObject({ label: texts, also: z.record(tag, words).default({}), go: target });
const step = z.strictObject({
  say: texts,
  choices: z.array(choice).min(1).max(8).optional(),
  keep: z.enum(INTAKE_FIELDS).optional(),
  pattern: pattern.optional(),
  go: target.optional(),
});
const ownPhrases = z.strictObject({
  notUnderstood: text,
  offer: text,
  person: text,
  goOn: text,
  asked: text,
  risk: text,
  stuck: text,
  solved: text,
  speaking: text,
  reading: text,
  untimed: text,
  skip: words.default([]),
  goOnToo: words.default([]),
  yes: words.default([]),
  passOn: words.default([]),
});
const file = z.strictObject({
  name: texts,
  languages: z.array(tag).min(1).max(30),
  otherLanguages: z.string().max(20).default(HAND_OVER),
  patience: z.number().int().min(0).max(5).default(2),
  greeting: texts,
  start: target,
  steps: z.record(z.string().regex(ID, 'is no name of a step: small letters, digits and dashes'), step),
  phrases: z.record(tag, ownPhrases).default({}),
});

/** Larger files are nobody's playbook. */
const LARGEST = 500_000;

function isPattern(source: string): boolean {
  try {
    return new RegExp(source, 'iu').source.length > 0;
  } catch {
    return false;
  }
}

/**
 * Reads one playbook. Its id is the name of its file. Whether other playbooks that it names are there, `crossProblems` tells.
 * @param isOurs Meridian brought it, so that nothing in it asks for a secret has been seen by the tests: to look at every sentence once more took a
 * third of a second of every start
 */
export function readPlaybook(name: string, content: string, isOurs = false): PlaybookFile {
  const id = name.replace(/\.ya?ml$/u, '');
  const lines = new LineCounter();
  const at = (offset: number, message: string): PlaybookProblem => {
    const { line, col } = lines.linePos(offset);
    return { file: name, line: Math.max(1, line), column: Math.max(1, col), message };
  };
  if (!ID.test(id)) return refused(at(0, 'the name of the file must be small letters, digits and dashes'));
  if (content.length > LARGEST) return refused(at(0, 'is larger than any playbook'));
  // aliases could blow up, and nobody needs them here
  const document = parseDocument(content, { lineCounter: lines, prettyErrors: false, strict: true, uniqueKeys: true });
  if (document.errors.length > 0) return { ok: false, problems: document.errors.map(({ pos, message }) => at(pos[0], message)) };
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: 0 });
  } catch (error) {
    return refused(at(0, error instanceof Error ? error.message : String(error)));
  }
  const where = (path: readonly (string | number)[], message: string): PlaybookProblem => at(offsetOf(document, path), message);
  const checked = file.safeParse(value);
  if (!checked.success) {
    return { ok: false, problems: checked.error.issues.map((issue) => where(pathOf(issue.path), `${nameOf(issue.path)}${issue.message}`)) };
  }
  const playbook = toPlaybook(id, checked.data);
  const problems = ownProblems(playbook, isOurs).map(({ path, message }) => where(path, message));
  return problems.length > 0 ? { ok: false, problems } : { ok: true, playbook, where: (path) => where(path, '') };
}

function refused(problem: PlaybookProblem): PlaybookFile {
  return { ok: false, problems: [problem] };
}

function pathOf(path: readonly PropertyKey[]): readonly (string | number)[] {
  return path.map((part) => (typeof part === 'symbol' ? String(part) : part));
}

function nameOf(path: readonly PropertyKey[]): string {
  return path.length === 0 ? '' : `${path.map(String).join('.')}: `;
}

/** Where the thing at a path stands in the file, or what is nearest to it. */
function offsetOf(document: Document, path: readonly (string | number)[]): number {
  let node: unknown = document.contents;
  let offset = startOf(node) ?? 0;
  for (const part of path) {
    let next: unknown = null;
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(part));
      offset = startOf(pair?.key) ?? offset;
      next = pair?.value ?? null;
    } else if (isSeq(node)) {
      next = node.items[Number(part)] ?? null;
      offset = startOf(next) ?? offset;
    }
    node = next;
  }
  return offset;
}

function startOf(node: unknown): number | null {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- nodes of the parser have a range
  return (node as Node | null | undefined)?.range?.[0] ?? null;
}

function toTarget(name: string): Target {
  if (name === 'solved' || name === 'hand-over') return { kind: name };
  return name.startsWith('@') ? { kind: 'playbook', playbook: name.slice(1) } : { kind: 'step', step: name };
}

/** Without what every object has: a step may be called `constructor`, and one that is not there must not be found. */
function byName<Value>(entries: readonly (readonly [string, Value])[]): Readonly<Record<string, Value>> {
  const named = Object.fromEntries(entries);
  Object.setPrototypeOf(named, null);
  return named;
}

function toPlaybook(id: string, { steps, ...rest }: z.infer<typeof file>): Playbook {
  return {
    ...rest,
    id,
    steps: byName(
      Object.entries(steps).map(([name, { say, choices = [], keep, pattern: source, go }]): [string, Step] => [
        name,
        {
          say,
          choices: choices.map((each): Choice => ({ ...each, go: toTarget(each.go) })),
          keep: keep ?? null,
          find: source === undefined ? null : (answer) => findPattern(source, answer),
          go: go === undefined ? null : toTarget(go),
        },
      ]),
    ),
  };
}

interface Misfit {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** What a schema can not say: every text in every language, every step reachable by its name, no circle without a question. */
function ownProblems(playbook: Playbook, isOurs: boolean): readonly Misfit[] {
  const asking = (texts: Texts, path: Misfit['path']): readonly Misfit[] => (isOurs ? [] : askingFor(texts, path));
  const { languages, steps, greeting, name, start, otherLanguages, phrases } = playbook;
  const problems: Misfit[] = [...missing(languages, name, ['name']), ...missing(languages, greeting, ['greeting'])];
  if (steps[start] === undefined) problems.push({ path: ['start'], message: `there is no step ${start}` });
  if (otherLanguages !== HAND_OVER && !languages.includes(otherLanguages))
    problems.push({ path: ['otherLanguages'], message: `must be hand-over or one of ${languages.join(', ')}` });
  for (const [index, language] of languages.entries())
    if (!hasPhrases(language) && phrases[language] === undefined)
      problems.push({
        path: ['languages', index],
        message: `Meridian has no phrases in ${language}: write them under phrases.${language}`,
      });
  for (const [id, each] of Object.entries(steps))
    problems.push(...stepProblems(playbook, id, each), ...asking(each.say, ['steps', id, 'say']));
  return [...problems, ...asking(greeting, ['greeting'])];
}

/** What no bot may say either: nobody of us asks for a secret. */
function askingFor(texts: Texts, path: readonly (string | number)[]): readonly Misfit[] {
  return Object.entries(texts).flatMap(([language, said]) =>
    asksForSecret(said).map(({ detail }) => ({
      path: [...path, language],
      message: `asks the customer for a secret (${detail}), which we never do`,
    })),
  );
}

function missing(languages: readonly string[], found: Texts, path: readonly (string | number)[]): readonly Misfit[] {
  return languages.flatMap((language) => (found[language] === undefined ? [{ path, message: `has no text in ${language}` }] : []));
}

function stepProblems({ languages, steps }: Playbook, id: string, { say, choices, keep, find, go }: Step): readonly Misfit[] {
  const path = ['steps', id];
  const problems: Misfit[] = [...missing(languages, say, [...path, 'say'])];
  const check = (where: Target | null, at: readonly (string | number)[]): void => {
    if (where?.kind === 'step' && steps[where.step] === undefined) problems.push({ path: at, message: `there is no step ${where.step}` });
  };
  check(go, [...path, 'go']);
  for (const [index, each] of choices.entries()) {
    problems.push(...missing(languages, each.label, [...path, 'choices', index, 'label']));
    check(each.go, [...path, 'choices', index, 'go']);
  }
  if (keep !== null && go === null) problems.push({ path, message: 'keeps an answer, and does not say with go where it goes on' });
  if (keep === null && choices.length === 0 && go === null) problems.push({ path, message: 'leads nowhere: it needs choices, keep or go' });
  if (keep === null && choices.length > 0 && go !== null)
    problems.push({ path: [...path, 'go'], message: 'its choices say where it goes on' });
  if (find !== null && keep === null) problems.push({ path: [...path, 'pattern'], message: 'a pattern is for an answer that is kept' });
  if (isCircle(steps, id)) problems.push({ path, message: 'comes back to itself without ever asking anything' });
  return problems;
}

function waits({ choices, keep }: Step): boolean {
  return choices.length > 0 || keep !== null;
}

function isCircle(steps: Playbook['steps'], from: string): boolean {
  const seen = new Set<string>();
  let id: string | null = from;
  while (id !== null) {
    const each: Step | undefined = steps[id];
    if (each === undefined || waits(each)) return false;
    if (seen.has(id)) return id === from;
    seen.add(id);
    id = each.go?.kind === 'step' ? each.go.step : null;
  }
  return false;
}

/** Playbooks that name others which are not there. */
export function crossProblems(
  book: PlaybookBook,
  files: ReadonlyMap<string, Extract<PlaybookFile, { readonly ok: true }>>,
): readonly PlaybookProblem[] {
  return [...files].flatMap(([, { playbook, where }]) =>
    Object.entries(playbook.steps).flatMap(([id, each]) =>
      [
        { go: each.go, path: ['steps', id, 'go'] as readonly (string | number)[] },
        ...each.choices.map(({ go }, index) => ({ go, path: ['steps', id, 'choices', index, 'go'] })),
      ].flatMap(({ go, path }) =>
        go?.kind === 'playbook' && !book.has(go.playbook) ? [{ ...where(path), message: `there is no playbook ${go.playbook}` }] : [],
      ),
    ),
  );
}
