import { beforeAll, describe, expect, it } from 'vitest';
import { loadSecretScanner } from '../../../main/engine/guard/secret-scanner.ts';
import { sameWords } from './across-mails.ts';
import { redact } from './placeholder.ts';
import type { SecretScanner } from './secret-types.ts';

/** Test vectors of BIP-39, a made-up key, and an example of Bitcoin's documentation. */
const LEGAL = 'legal winner thank year wave sausage worth useful legal winner thank yellow'.split(' ');
const LONG =
  'hamster diagram private dutch cause delay private meat slide toddler razor book happy fancy gospel tennis maple dilemma loan word shrug inflict delay length'.split(
    ' ',
  );
const HEX = 'e9873d79c6d87dc0fb6a5778633389f4453213303da61f20bd67fc233aa33262';
const WIF = '5HueCGU8rMjxEXxiPuD5BDku4MkFqeZyd4dZ1jvhTVqvbTLvyTJ';
const FIRST = LEGAL.slice(0, 6).join(' ');
const SECOND = LEGAL.slice(6).join(' ');

let scanner: SecretScanner;

beforeAll(async () => {
  scanner = await loadSecretScanner();
});

/** A mail as people write them: greeted, closed, signed. */
function mail(...lines: readonly string[]): string {
  return ['Dear support team,', '', ...lines, '', 'Kind regards', 'Mei Chen', '-- ', 'Mei Chen | Chen Trading | +49 30 1234567'].join('\n');
}

/** All mails as they read when the one at a place, the newest without one, has come. */
function read(texts: readonly string[], at = texts.length - 1): readonly string[] {
  const { hits, earlier } = scanner.scanMails(texts, at);
  return texts.map((text, index) =>
    redact(text, index === at ? hits : earlier.filter((each) => each.index === index).map(({ hit }) => hit)),
  );
}

/** Whether a mail that has come changes nothing. */
function isLeft(...texts: readonly string[]): boolean {
  return read(texts).every((text, index) => text === texts[index]);
}

const FULL = '⟦redacted:recovery-phrase:12⟧';

describe('a phrase in several mails', () => {
  it('is taken out of both, and nothing else is', () => {
    expect(read([mail('The first half:', FIRST), mail('and the rest:', SECOND)])).toEqual([
      mail('The first half:', FULL),
      mail('and the rest:', FULL),
    ]);
  });

  it('is found behind a colon, numbered, one word on a line, in paragraphs of their own', () => {
    const numbered = (words: readonly string[], from: number): string[] => words.map((word, index) => `${String(index + from)}. ${word}`);
    expect(read([mail(`Here are six words: ${FIRST}`), mail(`The other six: ${SECOND}.`)]).join('')).not.toMatch(/legal|yellow/u);
    expect(read([mail(...numbered(LEGAL.slice(0, 6), 1)), mail(...numbered(LEGAL.slice(6), 7))]).join('')).not.toMatch(/winner|yellow/u);
    expect(read([mail(LEGAL.slice(0, 6).join('\n\n')), mail(LEGAL.slice(6).join('\n\n'))]).join('')).not.toMatch(/winner|yellow/u);
  });

  it('is found in three mails, with other mails between them, and when the second half came first', () => {
    const other = mail('Is anybody there?', 'Thank you');
    const three = [mail(LONG.slice(0, 8).join(' ')), other, mail(LONG.slice(8, 16).join(' ')), mail(LONG.slice(16).join(' '))];
    const after = read(three);
    expect(after[1]).toBe(other);
    expect(after.join('')).not.toMatch(/hamster|razor|inflict/u);
    expect(read([mail(FIRST), mail(SECOND)], 0)).toEqual([mail(FULL), mail(FULL)]);
  });

  it('is found with a slip in a word', () => {
    expect(read([mail(FIRST.replace('winner', 'winer')), mail(SECOND)]).join('')).not.toMatch(/winer|yellow/u);
  });

  it('is taken out of quotes of it, too, and out of a mail that was sent twice', () => {
    const quote = ['Mei Chen <mei@customer.test> wrote:', `> ${LEGAL.slice(0, 3).join(' ')}`, `> ${LEGAL.slice(3, 6).join(' ')}`];
    const after = read([mail(FIRST), mail(FIRST), `${SECOND}\n\n${quote.join('\n')}`]);
    expect(after.join('')).not.toMatch(/winner|sausage|yellow/u);
  });

  it('is not made of what a mail quotes', () => {
    expect(isLeft(mail(FIRST), `Any news?\n\nOn 3 May 2026 at 10:00, Support <support@team.test> wrote:\n> ${SECOND}\n`)).toBe(true);
    expect(
      isLeft(mail(FIRST), `Any news?\n\n-----Original Message-----\nFrom: Mei\nSent: Monday\nTo: support\nSubject: Hi\n\n${SECOND}\n`),
    ).toBe(true);
  });

  it('is not made of what was taken out before', () => {
    expect(isLeft(mail(`My phrase: ${FULL}`), mail('Please wait\nuntil you hear'))).toBe(true);
    expect(isLeft(mail(`${FULL} ${LEGAL.slice(0, 6).join(' ')}`), mail(FULL))).toBe(true);
  });

  it('is not named by what was taken out before', () => {
    const texts = (name: string): readonly string[] => [
      mail(name, '', 'orange olive lemon'),
      ...['wine camera car', 'cabbage dune eagle', 'fiber garden hammer'].map((words) => mail(words)),
    ];
    expect(read(texts('my recovery phrase')).join('')).not.toMatch(/olive|hammer/u);
    expect(isLeft(...texts(FULL))).toBe(true);
  });

  it('is not made of courtesies and prose', () => {
    const courtesies = mail('Thank you very much', 'Have a good day', 'Thank you');
    expect(isLeft(courtesies, courtesies, courtesies, courtesies, courtesies)).toBe(true);
    expect(
      isLeft(
        mail('You can use this option to add any other coin that you have, then wait until the total is right.'),
        mail('You can use this option to add any other coin that you have, then wait until the total is right.'),
      ),
    ).toBe(true);
    expect(isLeft(mail('Products', 'camera', 'car', 'wine'), mail('Products', 'orange', 'olive', 'lemon'))).toBe(true);
  });

  it('is not made of the same half twice', () => {
    expect(isLeft(mail('My words', FIRST), mail('My words', FIRST))).toBe(true);
  });
});

describe('a key in several mails', () => {
  it('is known by what a mail before has announced', () => {
    const announced = mail('I will send you my private key in the next mail.');
    expect(read([announced, mail('Here it is:', HEX)])).toEqual([announced, mail('Here it is:', '⟦redacted:private-key:hex⟧')]);
  });

  it('is put together of two halves', () => {
    expect(read([mail('private key, first half:', HEX.slice(0, 32)), mail('second half:', HEX.slice(32))]).join('')).not.toMatch(
      /e9873d79|aa33262/u,
    );
    expect(read([mail(WIF.slice(0, 26)), mail('and', WIF.slice(26))]).join('')).not.toMatch(/5HueCGU8|vbTLvyTJ/u);
  });

  it('is no transaction that somebody asked for, or speaks of', () => {
    const afraid = mail('I am afraid that somebody has my private key.');
    expect(isLeft(afraid, mail('The transaction:', HEX))).toBe(true);
    expect(
      isLeft(afraid, `${HEX}\n\nOn 3 May 2026 at 10:00, Support <support@team.test> wrote:\n> Please send us the transaction id.\n`),
    ).toBe(true);
    expect(isLeft(mail('I never received it, txid follows. I have the private key.'), mail(HEX))).toBe(true);
  });

  it('is not announced by one that was taken out', () => {
    expect(isLeft(mail('my private key: ⟦redacted:private-key:hex⟧'), mail(HEX))).toBe(true);
    expect(scanner.scanConversation(['my private key ⟦redacted:private-key:hex⟧'], HEX).hits).toMatchObject([{ certainty: 'possible' }]);
    expect(scanner.scanConversation(['⟦redacted:private-key:hex⟧'], HEX).hits).toMatchObject([{ certainty: 'possible' }]);
  });
});

it('looks for other mails only when there is something to put together', () => {
  expect(scanner.mayBePart(mail('Where is my order 4539148803?', 'Thank you'))).toBe(false);
  expect(scanner.mayBePart(mail(FIRST))).toBe(true);
  expect(scanner.mayBePart(mail(HEX))).toBe(true);
  expect(scanner.mayBePart(`Hi\n\nOn 3 May 2026 at 10:00, Mei <mei@customer.test> wrote:\n> ${FIRST}\n`)).toBe(false);
});

it('takes no words beside a phrase for its name that are a placeholder', () => {
  const words = LEGAL.with(11, 'zoo').slice(0, 6).join(' ');
  const prose = (before: string): string => `${before} then ${words} ${words} and so on, as I said`;
  expect(scanner.scan(prose('my recovery phrase:'))).toHaveLength(1);
  expect(scanner.scan(prose('⟦redacted:recovery-phrase:12⟧'))).toEqual([]);
});

it('finds the same words whatever parts them', () => {
  expect(sameWords('legal winner thank', 'x\n> Legal winner\n> thank you')).toEqual([{ from: 4, to: 24 }]);
  expect(sameWords('legal winner thank', 'illegal winner thank')).toEqual([]);
  expect(sameWords('legal winner', 'legal winner')).toEqual([]);
});
