import { CaseTeam } from './case-team.ts';
import { bodyOf, isCustomer } from './situation.ts';
import type { Ending, Situation, Turn } from './situation.ts';
import { screenshotPng, simplePdf, tradesCsv } from './files.ts';
import type { SampleFile } from './files.ts';
import { startScript } from './case-script.ts';
import type { CasePlan, CaseScript } from './case-script.ts';
import type { Random } from './random.ts';
import { sampleAccountParty } from './sample-accounts.ts';
import { PHRASES } from './texts/all-phrases.ts';
import type { SampleLanguage, Topic } from './texts/phrases.ts';
import { fill, inventValues } from './values.ts';
import type { Values } from './values.ts';
import { customerTexts, withHeaderBlock, withQuote } from './wording.ts';
import { after, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../../shared/domain/time.ts';
import type { Instant } from '../../../shared/domain/time.ts';

/** What has been said until then, with weights. */
const SHAPES: Readonly<Record<Ending, readonly (readonly [readonly Turn[], number])[]>> = {
  new: [
    [['open'], 6],
    [['open', 'chase'], 2],
    [['open', 'angry'], 1],
  ],
  claimed: [
    [['open'], 5],
    [['open', 'chase'], 1],
  ],
  back: [
    [['open', 'ask', 'detail'], 6],
    [['open', 'wait', 'chase'], 3],
    [['open', 'ask', 'detail', 'wait', 'angry'], 2],
    [['open', 'answer', 'more'], 3],
    [['open', 'ask', 'detail', 'wait', 'chase', 'wait', 'angry'], 1],
  ],
  answered: [
    [['open', 'wait'], 3],
    [['open', 'ask', 'detail', 'wait'], 1],
  ],
  pending: [
    [['open', 'ask'], 5],
    [['open', 'wait', 'chase', 'ask'], 2],
    [['open', 'ask', 'detail', 'answer'], 1],
  ],
  hold: [
    [['open', 'wait'], 2],
    [['open', 'ask', 'detail', 'wait'], 3],
  ],
  snoozed: [
    [['open', 'ask'], 2],
    [['open', 'ask', 'detail', 'wait'], 2],
  ],
  solved: [
    [['open', 'answer', 'thanks'], 4],
    [['open', 'answer'], 4],
    [['open', 'ask', 'detail', 'answer', 'thanks'], 5],
    [['open', 'ask', 'detail', 'answer'], 5],
    [['open', 'wait', 'chase', 'answer', 'thanks'], 2],
    [['open', 'ask', 'detail', 'wait', 'angry', 'answer'], 2],
    [['open', 'ask', 'detail', 'wait', 'chase', 'wait', 'chase', 'answer', 'thanks'], 1],
  ],
};

/** Relative times of the turns in milliseconds, moved so that the ending is as old as it should be. */
function timesOf(turns: readonly Turn[], situation: Situation): Instant[] {
  const { random, person, ageMs, now } = situation;
  const isTalk = person.channel === 'chat' || person.channel === 'telegram';
  let anchor = turns.length - 1;
  // What waits is the first of the customer's messages that nobody has answered.
  while (isWaiting(situation.ending) && anchor > 0 && isCustomer(turns[anchor - 1])) anchor -= 1;
  const offsets: number[] = [];
  let offset = 0;
  for (const [index, turn] of turns.entries()) {
    if (index > anchor) offset = (offsets[anchor] ?? 0) + ageMs * random.between(0.35, 0.9);
    else if (index > 0) offset += gapMs(turn, isTalk, random);
    offsets.push(offset);
  }
  const base = now - ageMs - (offsets[anchor] ?? 0);
  return offsets.map((each) => after(now, base + each - now));
}

function isWaiting(ending: Ending): boolean {
  return ending === 'new' || ending === 'claimed' || ending === 'back';
}

function gapMs(turn: Turn, isTalk: boolean, random: Random): number {
  if (isCustomer(turn))
    return turn === 'chase' || turn === 'angry'
      ? random.around(19 * HOUR_MS, 1.8)
      : random.around(isTalk ? 4 * MINUTE_MS : 150 * MINUTE_MS, 2.4);
  return random.around(isTalk ? 6 * MINUTE_MS : 55 * MINUTE_MS, 2.2);
}

/** Writes a whole case: what was said, and what the team did around it. */
export function tellStory(situation: Situation): CasePlan {
  const { person, topic, ending, random } = situation;
  const { language } = person;
  const turns = random.weighted(SHAPES[ending]);
  const times = timesOf(turns, situation);
  const first = times[0] ?? situation.now;
  const values = inventValues(person, language, first, random);
  const { subjects, openings } = PHRASES[language].topics[topic];
  const opening = random.int(0, openings.length - 1);
  const subject = (random.chance(0.8) || subjects.length <= openings.length ? subjects[opening] : undefined) ?? random.pick(subjects);
  const script = startScript({ person, subject: fill(subject, values), random });
  const team = new CaseTeam(situation, script, values);
  const context: SpeakContext = { situation, script, values, opening };
  for (const [index, turn] of turns.entries()) {
    const at = times[index] ?? situation.now;
    if (index > 0) team.passTime(at);
    if (isCustomer(turn)) {
      speak(context, turn, at, index === 0);
      team.heard();
    } else team.answer(turn, at, index === turns.length - 1);
    if (turn === 'thanks') team.closeAgain(at);
  }
  team.settle(times.at(-1) ?? first);
  const unread = isWaiting(ending) && !situation.isMine ? random.chance(0.62) : isWaiting(ending) && random.chance(0.4);
  return script.finish(unread);
}

interface SpeakContext {
  readonly situation: Situation;
  readonly script: CaseScript;
  readonly values: Values;
  /** Which of the openings this customer chose. */
  readonly opening: number;
}

function speak({ situation, script, values, opening }: SpeakContext, turn: Turn, at: Instant, isFirst: boolean): void {
  const { person, topic, random, now } = situation;
  const { language } = person;
  const body = turn === 'open' ? (PHRASES[language].topics[topic].openings[opening] ?? '') : bodyOf(turn, language, topic, random);
  const texts = customerTexts(body, { person, language, values, random, isFirst });
  const quoted = script.last();
  for (const [index, text] of texts.entries()) {
    const wanted = Math.min(at + index * random.int(8, 30) * SECOND_MS, now - SECOND_MS);
    const when = after(now, Math.max(wanted, script.lastAt() ?? wanted) - now);
    if (person.channel !== 'email') {
      script.customer(when, text);
      continue;
    }
    const ours = sampleAccountParty('email');
    const full =
      quoted === null || random.chance(0.35)
        ? text
        : random.chance(0.25)
          ? withHeaderBlock(text, language, person.zone, { ...quoted, to: person.party, subject: script.subject })
          : withQuote(text, language, person.zone, { ...quoted, author: quoted.author.address === ours.address ? ours : quoted.author });
    script.customer(when, full, { ...(random.chance(0.3) ? { html: true as const } : {}), files: filesFor(turn, topic, language, random) });
  }
}

const SCREENSHOT_NAMES: Readonly<Record<SampleLanguage, string>> = {
  en: 'screenshot.png',
  'zh-Hans': '截图.png',
  ja: 'スクリーンショット.png',
  es: 'captura.png',
  ko: '캡처.png',
  pt: 'captura-de-tela.png',
};

function filesFor(turn: Turn, topic: Topic, language: SampleLanguage, random: Random): SampleFile[] {
  const screenshot = (): SampleFile => ({
    name: SCREENSHOT_NAMES[language],
    type: 'image/png',
    bytes: screenshotPng(random),
    contentId: null,
  });
  if (turn !== 'detail' && !(turn === 'open' && topic === 'crash')) return [];
  if (topic === 'crash' || topic === 'impersonator' || topic === 'wrong-network') return [screenshot()];
  if (topic === 'api') return [{ name: 'requests.csv', type: 'text/csv', bytes: tradesCsv(random), contentId: null }];
  if (topic === 'deposit') {
    const lines = [
      'Transfer confirmation',
      `Reference ${random.hex(10).toUpperCase()}`,
      'Executed. This document was created automatically.',
    ];
    return [{ name: 'transfer-confirmation.pdf', type: 'application/pdf', bytes: simplePdf(lines), contentId: null }];
  }
  return [];
}
