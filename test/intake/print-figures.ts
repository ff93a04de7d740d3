import { figuresOf, generatedFigures } from './figures.ts';
import type { IntakeFigures } from './figures.ts';
import { HELD_OUT, TUNED } from './messages.ts';
import { FACT_FIELDS } from '../../src/shared/domain/intake/fact-fields.ts';

/** Prints what is read, wrongly read and missed in the messages of test/intake: the figures of docs/triage.md. */

function print(title: string, { fields, kinds, problems }: IntakeFigures, withKinds: boolean): void {
  process.stdout.write(`\n${title}\n\n| fact | right | wrong | missed |\n| --- | --- | --- | --- |\n`);
  for (const field of FACT_FIELDS) {
    const { right, wrong, missed } = fields[field];
    if (right + wrong + missed > 0) process.stdout.write(`| ${field} | ${String(right)} | ${String(wrong)} | ${String(missed)} |\n`);
  }
  if (withKinds) process.stdout.write(`\nkind of case: ${String(kinds.right)} of ${String(kinds.of)}\n`);
  for (const problem of problems) if (withKinds || !problem.startsWith('kind')) process.stdout.write(`${problem}\n`);
}

print('Held out', figuresOf(Object.values(HELD_OUT).flat()), true);
print('Tuned on', figuresOf(Object.values(TUNED).flat()), true);
print('Generated, 2,000', generatedFigures(2_000, 20_261_125), false);
