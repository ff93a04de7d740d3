import { makeHistory } from './history.ts';
import type { HistoryCase } from './history.ts';
import { TONGUES, TOPICS } from './topics.ts';
import type { Tongue } from './topics.ts';
import { NOW, openSearchWorkspace } from '../engine/search-workspace.ts';
import { findCases } from '../../src/main/engine/usecases/suggest-cases.ts';
import { createTermBook } from '../../src/main/engine/usecases/suggest-terms.ts';
import { instant } from '../../src/shared/domain/time.ts';

interface Hits {
  first: number;
  five: number;
  asked: number;
}

export interface Figures {
  readonly suggested: Hits;
  readonly random: Hits;
  readonly newest: Hits;
}

/**
 * How often a solved case of the right topic is the first, or among the first five, that is found for a question in words that are nowhere in the history; beside
 * drawing cases of the customer's language at random (the expected share), and taking the newest ones.
 */
export async function measureHits(size: {
  readonly each: number;
  readonly others: number;
  readonly seed: number;
}): Promise<Readonly<Record<Tongue, Figures>>> {
  const workspace = openSearchWorkspace();
  try {
    const history = await makeHistory(workspace, size);
    const byId = new Map(history.map((each) => [each.caseId, each]));
    const book = createTermBook(workspace.search);
    const deps = {
      read: workspace.store.read.bind(workspace.store),
      search: workspace.search,
      book,
      now: () => instant(NOW),
      pause: async () => Promise.resolve(),
      // the quality is asked for, not the haste of a busy machine
      patience: 1_000,
    };
    const figures = { en: nothing(), zh: nothing(), ja: nothing() };
    for (const tongue of TONGUES) {
      const of = history.filter((each) => each.tongue === tongue).toSorted((one, other) => other.at - one.at);
      for (const topic of TOPICS) {
        for (const text of topic.held[tongue]) {
          const language = tongue === 'zh' ? 'zh-Hans' : tongue;
          const question = { caseKey: -1, text, without: new Set<string>(), language, channel: 'email', kinds: [] } as const;
          const { cases } = await findCases(deps, question);
          count(
            figures[tongue].suggested,
            topic.id,
            cases.map(({ uid }) => byId.get(uid)),
          );
          count(figures[tongue].newest, topic.id, of);
          const share = of.filter((each) => each.topic === topic.id).length / of.length;
          figures[tongue].random.asked += 1;
          figures[tongue].random.first += share;
          figures[tongue].random.five += 1 - (1 - share) ** 5;
        }
      }
    }
    return figures;
  } finally {
    await workspace[Symbol.asyncDispose]();
  }
}

function nothing(): Figures {
  const none = (): Hits => ({ first: 0, five: 0, asked: 0 });
  return { suggested: none(), random: none(), newest: none() };
}

function count(hits: Hits, topic: string, found: readonly (HistoryCase | undefined)[]): void {
  hits.asked += 1;
  if (found[0]?.topic === topic) hits.first += 1;
  if (found.slice(0, 5).some((each) => each?.topic === topic)) hits.five += 1;
}

/** Prints the table. */
export async function runFigures({ say }: { readonly say: (line: string) => void }): Promise<boolean> {
  const size = { each: 12, others: 600, seed: 8 };
  const figures = await measureHits(size);
  say(`${String(TOPICS.length)} topics, ${String(size.each)} solved cases of each in each language, ${String(size.others)} others`);
  say('');
  say('| language | questions | hit at 1 | hit at 5 | random 1 / 5 | newest 1 / 5 |');
  say('|---|---|---|---|---|---|');
  const percent = (part: number, of: number): string => `${String(Math.round((100 * part) / of))} %`;
  for (const tongue of TONGUES) {
    const { suggested, random, newest } = figures[tongue];
    const [first, five] = [percent(suggested.first, suggested.asked), percent(suggested.five, suggested.asked)];
    const pair = (hits: Hits): string => `${percent(hits.first, hits.asked)} / ${percent(hits.five, hits.asked)}`;
    say(`| ${tongue} | ${String(suggested.asked)} | ${first} | ${five} | ${pair(random)} | ${pair(newest)} |`);
  }
  return true;
}
