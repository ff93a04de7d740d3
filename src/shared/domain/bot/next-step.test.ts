import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { offerTaken } from './answers.ts';
import { botBegins, MOST_TURNS, nextStep, replay } from './next-step.ts';
import type { BotMessage, BotState, BotTurn } from './next-step.ts';
import { PHRASES } from './phrases.ts';
import type { Choice, Playbook, PlaybookBook, Step, Target } from './playbook.ts';
import { instant } from '../time.ts';

const both = (en: string, ja: string): Readonly<Record<string, string>> => ({ en, ja });
const to = (step: string): Target => ({ kind: 'step', step });
const choice = (en: string, ja: string, go: Target, also: readonly string[] = []): Choice => ({
  label: both(en, ja),
  also: { en: also },
  go,
});
const step = (say: string, rest: Partial<Step> = {}): Step => ({
  say: both(say, `${say}（日）`),
  choices: [],
  keep: null,
  find: null,
  go: null,
  ...rest,
});

function playbook(id: string, steps: Readonly<Record<string, Step>>, rest: Partial<Playbook> = {}): Playbook {
  return {
    id,
    name: both(id, id),
    languages: ['en', 'ja'],
    otherLanguages: 'hand-over',
    patience: 1,
    greeting: both('I am a program.', '自動応答です。'),
    start: Object.keys(steps)[0] ?? '',
    steps,
    phrases: {},
    ...rest,
  };
}

const MENU = playbook('menu', {
  what: step('What is it about?', {
    choices: [
      choice('Deposit', '入金', { kind: 'playbook', playbook: 'deposit' }, ['has not arrived', 'top up']),
      choice('Something else', 'その他', { kind: 'hand-over' }),
    ],
  }),
});
const DEPOSIT = playbook('deposit', {
  when: step('When did you send it?', { keep: 'when', go: to('code') }),
  code: step('Which transaction?', { keep: 'transaction', find: (text) => /0x[0-9a-f]{4,}/iu.exec(text)?.[0] ?? null, go: to('wait') }),
  wait: step('It takes 30 minutes.', { go: to('helped') }),
  helped: step('Did that help?', {
    choices: [choice('Yes', 'はい', { kind: 'solved' }), choice('No', 'いいえ', { kind: 'hand-over' }, ['not helped', 'did not help'])],
  }),
});
const BOOK: PlaybookBook = new Map([MENU, DEPOSIT].map((each) => [each.id, each]));
const EN = PHRASES['en'];
if (EN === undefined) throw new Error('no English');

/** Says these things a minute apart. */
function talk(texts: readonly string[], { start = 'menu', language = 'en', gapMs = 60_000 } = {}): BotTurn[] {
  let state = botBegins(start);
  return texts.map((text, index) => {
    const turn = nextStep(BOOK, state, { text, at: instant(1_000_000 + index * gapMs), language });
    state = turn.state;
    return turn;
  });
}
const said = (turns: readonly BotTurn[]): (string | undefined)[] => turns.map(({ reply }) => reply?.text);

describe('a guided conversation', () => {
  test('asks, keeps the answers, and ends with what helped', () => {
    const turns = talk(['hi', 'Deposit', 'yesterday at 9', 'it was 0xABCD12 I think', 'yes']);
    expect(said(turns)).toEqual([
      'I am a program.\n\nWhat is it about?',
      'When did you send it?',
      'Which transaction?',
      'It takes 30 minutes.\n\nDid that help?',
      EN.solved,
    ]);
    expect(turns.at(-1)?.state).toMatchObject({
      end: 'solved',
      slots: { when: 'yesterday at 9', transaction: '0xABCD12', happened: 'hi' },
    });
    expect(turns[3]?.reply?.options).toEqual(['Yes', 'No', EN.person]);
  });

  test('whoever says at once what it is about is not asked for it, and numbers choose', () => {
    expect(said(talk(['My money has not arrived', 'today', 'skip', '2']))).toEqual([
      'I am a program.\n\nWhen did you send it?',
      'Which transaction?',
      'It takes 30 minutes.\n\nDid that help?',
      EN.stuck,
    ]);
  });

  test('the longest words decide, and two that are alike decide nothing', () => {
    const ended = talk(['Deposit', 'now', 'skip', 'sorry, that did not help'])[3];
    expect(ended?.state.end).toBe('stuck');
    const unclear = talk(['Deposit', 'now', 'skip', 'yes and no'])[3];
    expect(unclear?.reply?.text).toBe(`It takes 30 minutes.\n\nDid that help?`.replace('It takes 30 minutes.', EN.notUnderstood));
  });

  test('answers beside the point lead to a person', () => {
    const turns = talk(['hi', 'blue', 'green']);
    expect(said(turns).slice(1)).toEqual([`${EN.notUnderstood}\n\nWhat is it about?`, EN.stuck]);
    expect(turns[2]?.state.end).toBe('stuck');
  });

  test('it speaks the customer’s language, changes it with them, and gives up at once on others', () => {
    expect(said(talk(['こんにちは'], { language: 'ja' }))[0]).toContain('自動応答です。');
    expect(talk(['hola'], { language: 'es' })[0]?.state.end).toBe('stuck');
    expect(talk(['hola'], { language: 'es' })[0]?.reply?.text).toBe(EN.stuck);
    const state = nextStep(BOOK, botBegins('menu'), { text: 'hi', at: instant(0), language: 'en' }).state;
    const next = nextStep(BOOK, state, { text: '入金', at: instant(60_000), language: 'ja' });
    expect(next.reply?.text).toBe('When did you send it?（日）');
    // of a language that nobody found out nothing changes
    expect(nextStep(BOOK, next.state, { text: '11-29', at: instant(120_000), language: null }).reply?.language).toBe('ja');
  });
});

describe('a person', () => {
  test('asked for once, it is offered; asked for again, or chosen, it is had at once', () => {
    const [offer, over] = talk(['agent please', 'I said I want to talk to a human']);
    expect(offer?.reply).toMatchObject({ text: EN.offer, options: [EN.person, EN.goOn] });
    expect(over?.state.end).toBe('asked');
    expect(talk(['agent please', 'yes'])[1]?.state.end).toBe('asked');
    expect(talk(['agent please', EN.person])[1]?.state.end).toBe('asked');
    expect(talk(['hi', EN.person])[1]?.state.end).toBe('asked');
  });

  test('who goes on is asked what they were asked before, and another wish is the second one', () => {
    const turns = talk(['hi', 'agent please', 'go on', 'Deposit', 'representative']);
    expect(said(turns).slice(2)).toEqual(['What is it about?', 'When did you send it?', EN.asked]);
  });

  test('danger lets nobody wait', () => {
    expect(talk(['My account was hacked'])[0]?.state.end).toBe('risk');
    expect(talk(['hi', 'Deposit', '账户异常'])[2]?.state.end).toBe('risk');
  });

  test('a wish in a thought of several messages is offered once, and twice in it is twice', () => {
    const turns = talk(['human', 'my deposit is lost', 'hello?'], { gapMs: 1_000 });
    expect(said(turns)).toEqual([EN.offer, EN.offer, EN.offer]);
    expect(turns.map(({ continues }) => continues)).toEqual([false, true, true]);
    expect(talk(['human', 'HUMAN'], { gapMs: 1_000 })[1]?.state.end).toBe('asked');
  });

  test('who presses what is offered answers it, however fast', () => {
    for (const pressed of ['1', 'Deposit', ' deposit. ']) {
      const turns = talk(['hi', pressed], { gapMs: 500 });
      expect(turns.map(({ continues }) => continues)).toEqual([false, false]);
      expect(said(turns).at(-1)).toBe('When did you send it?');
    }
    expect(talk(['hi', 'a deposit of mine'], { gapMs: 500 }).at(-1)?.continues).toBe(true);
    expect(talk(['hi', '7'], { gapMs: 500 }).at(-1)?.continues).toBe(true);
  });

  test('pictures that come as messages of their own are one answer', () => {
    const turns = talk(['hi', '', '', '', ''], { gapMs: 1_000 });
    expect(new Set(said(turns)).size).toBe(1);
    expect(turns.at(-1)?.state).toMatchObject({ turns: 1, misses: 0, end: null });
  });
});

describe('what people mean', () => {
  const atTheEnd = (text: string): BotTurn | undefined => talk(['Deposit', 'now', 'skip', text])[3];

  test.each([
    'yes but the money is still missing',
    'yes, great, as useless as before',
    'yes? when?',
    'yes, I still have the problem',
    'yes lol',
    'it has not arrived, yes',
    'Yes. Now there is another problem',
  ])('nobody is sent home who says: %s', (text) => {
    expect(atTheEnd(text)?.state.end).toBeNull();
  });

  test.each(['yes', 'Yes!', 'yes, it came this morning, thank you so much'])('it is over for who says: %s', (text) => {
    expect(atTheEnd(text)?.state.end).toBe('solved');
  });

  test.each(['yes, pass me on now', 'yes pls', 'transfer me', 'now', 'ok do it', 'sure, go ahead', 'y', '👍', '1', 'option 1'])(
    'who was offered a person has one with: %s',
    (text) => {
      expect(talk(['hi', 'agent please', text])[2]?.state.end).toBe('asked');
    },
  );

  test.each(['no thanks', 'try once more', 'no, go on', "don't transfer me", '2'])('who was offered a person goes on with: %s', (text) => {
    const turn = talk(['hi', 'agent please', text])[2];
    expect([turn?.state.end, turn?.reply?.text]).toEqual([null, 'What is it about?']);
  });

  test('nothing that was said to the offer is kept as an answer', () => {
    expect(talk(['Deposit', 'agent please', 'yes, pass me on'])[2]?.state).toMatchObject({ end: 'asked', slots: { happened: 'Deposit' } });
  });

  test.each(['3', '(3)', 'no. 3', 'the third one', '第三个', '③', '３'])('the way to a person has a number, too: %s', (text) => {
    expect(talk(['hi', text])[1]?.state.end).toBe('asked');
  });

  test('a number is an answer where nothing was offered to choose from', () => {
    expect(talk(['Deposit', '1'])[1]?.state).toMatchObject({ end: null, slots: { when: '1' } });
  });

  test('whoever changes to a language that the playbook does not speak is handed over, and a code is of no language', () => {
    const change = (text: string): BotTurn => {
      const { state } = talk(['hi', 'Deposit'])[1] ?? { state: botBegins('menu') };
      return nextStep(BOOK, state, { text, at: instant(2_000_000), language: 'ko' });
    };
    expect(change('어제 입금했는데 아직 안 들어왔어요').state.end).toBe('stuck');
    expect(change('0x8f2a91bc8f2a91bc8f2a91bc8f2a91bc 11-29').state).toMatchObject({ end: null, language: 'en' });
    expect(change('gisteren').state).toMatchObject({ end: null, language: 'en' });
  });

  test('danger is found over the border of two messages, and two hundred messages cost no time', () => {
    expect(talk(['my account', 'was hacked'], { gapMs: 1_000 })[1]?.state.end).toBe('risk');
    const list = Array.from({ length: 200 }, (_each, index) => `${String(index)} ${'where is it '.repeat(60)}`);
    const begun = performance.now();
    talk(list, { gapMs: 50 });
    expect(performance.now() - begun).toBeLessThan(3_000);
  });
});

test.each([
  ['Deposit', 0],
  ['2', 1],
  ['I mean the deposit please', 0],
  ['something else than a deposit', 2],
  ['9', null],
  ['no', null],
  ['その他', null],
])('what was plainly taken of what was offered: %s', (text, index) => {
  expect(offerTaken(['Deposit', 'Payout', 'Something else'], text)).toBe(index);
});

const anyText = fc.oneof(
  fc.constantFrom('hi', 'Deposit', 'yes', 'no', '1', '2', 'go on', 'agent please', 'I was scammed', '入金', '转人工', 'skip', ''),
  fc.string({ maxLength: 30 }),
);
const anyMessage = fc.record({
  text: anyText,
  gap: fc.nat({ max: 20_000 }),
  language: fc.constantFrom('en', 'ja', 'ko', null),
});
type AnyMessage = Readonly<{ text: string; gap: number; language: string | null }>;
function inTime(list: readonly AnyMessage[]): BotMessage[] {
  let at = 0;
  return list.map(({ text, gap, language }) => ({ text, language, at: instant((at += gap)) }));
}
/** Playbooks in which anything leads anywhere, also in circles and nowhere. */
const anyBook = fc
  .array(
    fc.record({
      keep: fc.constantFrom('when', 'device', null),
      find: fc.constantFrom((text: string) => /[0-9]+/u.exec(text)?.[0] ?? null, null),
      go: fc.nat({ max: 7 }),
      choices: fc.array(fc.nat({ max: 7 }), { maxLength: 3 }),
    }),
    { minLength: 1, maxLength: 6 },
  )
  .map((list): PlaybookBook => {
    const target = (index: number): Target =>
      index === 6
        ? { kind: 'solved' }
        : index === 7
          ? { kind: 'hand-over' }
          : index === 5
            ? { kind: 'playbook', playbook: 'any' }
            : to(`s${String(index)}`);
    const steps = Object.fromEntries(
      list.map(({ keep, find, go, choices }, index) => [
        `s${String(index)}`,
        step(`say ${String(index)}`, {
          keep: keep as Step['keep'],
          find,
          go: target(go),
          choices: choices.map((where, number) => choice(`pick ${String(number)}`, '選', target(where))),
        }),
      ]),
    );
    return new Map([['any', playbook('any', steps, { patience: 2 })]]);
  });

describe('whatever is said', () => {
  test('a person is reached within so many turns, and the bot never speaks after that', () => {
    fc.assert(
      fc.property(anyBook, fc.array(anyMessage, { minLength: 1, maxLength: 60 }), (book, list) => {
        let state: BotState = botBegins('any');
        for (const message of inTime(list)) {
          const turn = nextStep(book, state, message);
          const isOver = state.end !== null;
          const person = turn.reply?.language === 'ja' ? PHRASES['ja']?.person : EN.person;
          // every word of the bot shows how to have a person, or brings one
          const isReachable = turn.state.end !== null || turn.reply?.options.includes(person ?? '') === true;
          expect({
            isSilent: !isOver || (turn.reply === null && turn.state === state),
            isReachable,
            isInTime: turn.state.turns <= MOST_TURNS || turn.state.end !== null,
          }).toEqual({ isSilent: true, isReachable: true, isInTime: true });
          state = turn.state;
        }
      }),
      { numRuns: 300 },
    );
  });

  test('two wishes for a person are enough, wherever they come', () => {
    fc.assert(
      fc.property(anyBook, fc.array(anyMessage, { maxLength: 10 }), fc.array(anyMessage, { maxLength: 10 }), (book, first, second) => {
        const wish: AnyMessage = { text: 'I want to talk to a human', gap: 30_000, language: 'en' };
        const state = replay(book, 'any', inTime([...first, wish, ...second, wish]));
        expect(state.end).not.toBeNull();
      }),
      { numRuns: 200 },
    );
  });

  test('who takes the conversation over and reads it anew is where the other was', () => {
    fc.assert(
      fc.property(anyBook, fc.array(anyMessage, { maxLength: 20 }), (book, list) => {
        const messages = inTime(list);
        let state = botBegins('any');
        for (const [index, message] of messages.entries()) {
          state = nextStep(book, state, message).state;
          expect(replay(book, 'any', messages.slice(0, index + 1))).toEqual(state);
        }
      }),
      { numRuns: 100 },
    );
  });
});
