import { figuresOf, totalOf } from './figures.ts';
import { HELD_OUT, TUNED } from './sentences.ts';
import type { Figures } from './sentences.ts';

/** Prints what the rules for wishes and danger make of the sentences in test/bot: the figures of docs/bot.md. */

function row(name: string, { asks, risks, falseAlarms }: Figures): string {
  const cell = ([found, of]: readonly [number, number]): string => `${String(found)} of ${String(of)}`;
  return `| ${name} | ${cell(asks)} | ${cell(risks)} | ${cell(falseAlarms)} |`;
}

for (const [title, sets] of [
  ['Held out', HELD_OUT],
  ['Tuned on', TUNED],
] as const) {
  process.stdout.write(
    `\n${title}\n\n| language | asks for a person, found | danger, found | taken for one of both by mistake |\n| --- | --- | --- | --- |\n`,
  );
  for (const [language, sentences] of Object.entries(sets)) process.stdout.write(`${row(language, figuresOf(sentences))}\n`);
  process.stdout.write(`${row('all', totalOf(sets))}\n`);
  for (const [language, sentences] of Object.entries(sets))
    for (const wrong of figuresOf(sentences).wrong) process.stdout.write(`${language}: ${wrong}\n`);
}
