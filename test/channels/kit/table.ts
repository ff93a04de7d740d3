import type { Check } from './checks.ts';
import type { Driver } from './peer.ts';
import type { Outcome } from './run-check.ts';

/** What the kit found, by driver and check. */
export type Results = readonly { readonly driver: Driver; readonly check: Check; readonly outcome: Outcome }[];

const SIGNS = { pass: '✓', fail: '✗', 'not applicable': '–' } as const;

/** The table of docs/channels.md: a row for each check, a column for each connector and peer, and below it what does not fit into a cell. */
export function tableOf(results: Results): string {
  const drivers = [...new Set(results.map(({ driver }) => driver))];
  const checks = [...new Set(results.map(({ check }) => check))];
  const notes: string[] = [];
  const cell = (driver: Driver, check: Check): string => {
    const outcome = results.find((each) => each.driver === driver && each.check === check)?.outcome;
    if (outcome === undefined) return ' ';
    if (outcome.notes.length === 0) return SIGNS[outcome.verdict];
    const text = outcome.notes.join('; ');
    const known = notes.indexOf(text);
    const number = known === -1 ? notes.push(text) : known + 1;
    return `${SIGNS[outcome.verdict]} ${number}`;
  };
  const head = ['Check', ...drivers.map(({ connector, peer, kind }) => `${connector}, ${peer} (**${kind}**)`)];
  const rows = checks.map((check) => [`${check.id} ${check.title}`, ...drivers.map((driver) => cell(driver, check))]);
  const lines = [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.map((each) => each.replaceAll('|', '/')).join(' | ')} |`);
  const count = (verdict: Outcome['verdict']): number => results.filter(({ outcome }) => outcome.verdict === verdict).length;
  return [
    ...lines,
    '',
    `✓ passed (${count('pass')}), ✗ failed (${count('fail')}), – not applicable (${count('not applicable')}). A **fake** is written by us from the official description.`,
    '',
    ...notes.map((note, index) => `${index + 1}. ${note}`),
  ].join('\n');
}

const BEGIN = '<!-- kit table: written by `npm run channel-kit` -->';
const END = '<!-- end of the kit table -->';

/** The page with another table between its marks. Throws where there are none. */
export function withTable(page: string, table: string): string {
  const [begin, end] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (begin === -1 || end < begin) throw new Error('the page has no place for the table');
  return `${page.slice(0, begin + BEGIN.length)}\n\n${table}\n\n${page.slice(end)}`;
}
