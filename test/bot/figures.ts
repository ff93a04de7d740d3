import { readSignals } from '../../src/shared/domain/bot/ask-for-human.ts';
import type { Figures, Sentences } from './sentences.ts';

/** What the rules make of some sentences. */
export function figuresOf({ asks, risks, neither }: Sentences): Figures & { readonly wrong: readonly string[] } {
  const missedAsks = asks.filter((text) => !readSignals(text).asksForHuman);
  const missedRisks = risks.filter((text) => !readSignals(text).isRisk);
  const alarms = neither.filter((text) => readSignals(text).asksForHuman || readSignals(text).isRisk);
  return {
    asks: [asks.length - missedAsks.length, asks.length],
    risks: [risks.length - missedRisks.length, risks.length],
    falseAlarms: [alarms.length, neither.length],
    wrong: [
      ...missedAsks.map((text) => `asks, missed: ${text}`),
      ...missedRisks.map((text) => `risk, missed: ${text}`),
      ...alarms.map((text) => `false alarm: ${text}`),
    ],
  };
}

/** All languages together. */
export function totalOf(sets: Readonly<Record<string, Sentences>>): Figures {
  const all = Object.values(sets).map(figuresOf);
  const sum = (kind: keyof Figures): readonly [number, number] => [
    all.reduce((total, each) => total + each[kind][0], 0),
    all.reduce((total, each) => total + each[kind][1], 0),
  ];
  return { asks: sum('asks'), risks: sum('risks'), falseAlarms: sum('falseAlarms') };
}
