import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { foldText, foldWithMap } from './search-fold.ts';
import { findClause, indexTerms, matchPositions, parseQuery } from './search-text.ts';
import type { Query } from './search-text.ts';

/** What a full-text index would answer: every clause has all of its terms, or its whole. */
function isCandidate(text: string, query: Query): boolean {
  const terms = indexTerms(text).split(' ');
  const has = (term: { readonly text: string; readonly prefix: boolean }): boolean =>
    terms.some((each) => (term.prefix ? each.startsWith(term.text) : each === term.text));
  return (
    query.clauses.length > 0 && query.clauses.every((clause) => clause.terms.every(has) || (clause.whole !== null && has(clause.whole)))
  );
}

/** Both halves of a search: the index proposes, the text confirms. */
function finds(text: string, typed: string): boolean {
  const query = parseQuery(typed);
  const folded = foldText(text);
  return isCandidate(text, query) && query.clauses.every((clause) => findClause(folded, clause, 1).length > 0);
}

function marked(text: string, typed: string): string[] {
  return matchPositions(text, parseQuery(typed)).map(([start, end]) => text.slice(start, end));
}

const HAN = '退款失败订单请尽快处理我们的物流信息查询帐号無法登入已扣費東京都港区返金手続商品届';
const KANA = 'ありがとうございますキャンセルパスワードー々';
const HANGUL = '환불요청드립니다배송이늦어요';
const THAI = 'ขอคืนเงินสินค้าเสียหายน้ำ';
const runCharacters = [...(HAN + KANA + HANGUL + THAI)];
const runText = fc.array(fc.constantFrom(...runCharacters), { minLength: 2, maxLength: 30 }).map((characters) => characters.join(''));
const anyText = fc.array(
  fc.oneof(
    fc.constantFrom(
      ...runCharacters,
      ...'aAzZ09éÉçßøİıΣςЖйё אָלالسَّلَامُ कि ﬁ½①Ａｶﾞﾊﾟㄱㅏ\u1100\u1161\u11a8\u00ad\u200d\u0301\u3099 \t\n\r-_@.#"😀𠀋',
    ),
    fc.string({ unit: 'binary', maxLength: 3 }),
  ),
  { maxLength: 40 },
);

describe('folding', () => {
  test('the quick fold and the one with positions give the same text', () => {
    fc.assert(
      fc.property(anyText, (parts) => {
        const text = parts.join('');
        expect(foldWithMap(text).folded).toBe(foldText(text));
      }),
      { numRuns: 2_000 },
    );
  });

  test('positions lead back to text that folds to what was found', () => {
    fc.assert(
      fc.property(anyText, fc.nat(), fc.nat(), (parts, one, other) => {
        const text = parts.join('');
        const mapped = foldWithMap(text);
        fc.pre(mapped.folded.length > 0);
        const start = one % mapped.folded.length;
        const end = start + 1 + (other % (mapped.folded.length - start));
        const [from, until] = mapped.original(start, end);
        expect(foldText(text.slice(from, until))).toContain(mapped.folded.slice(start, end).trim());
      }),
      { numRuns: 2_000 },
    );
  });

  test.each([
    ['ＡＢＣ１２３', 'abc123'],
    ['Café CAFE\u0301', 'cafe cafe'],
    ['Straße Ærø Łódź', 'strasse aero lodz'],
    ['ΟΔΟΣ', 'οδοσ'],
    ['السَّلَامُ', 'السلام'],
    ['ﾊﾟｽﾜｰﾄﾞ', 'パスワード'],
    ['한글'.normalize('NFD'), '한글'],
    ['soft\u00adhy\u200bphen', 'softhyphen'],
  ])('%s becomes %s', (text, folded) => {
    expect(foldText(text)).toBe(folded);
  });
});

describe('scripts without spaces', () => {
  test('every part of two or more characters is found', () => {
    fc.assert(
      fc.property(runText, fc.string({ maxLength: 10 }), fc.nat(), fc.nat(), (run, around, one, other) => {
        const characters = [...run];
        const start = one % (characters.length - 1);
        const length = 2 + (other % (characters.length - start - 1));
        const part = characters.slice(start, start + length).join('');
        expect(finds(`${around}\n\n${run}\n\n${around}`, part)).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });

  test.each([
    ['您好，我的订单退款失败了，请尽快处理。', '退款'],
    ['您好，我的订单退款失败了，请尽快处理。', '失败'],
    ['您好，我的订单退款失败了，请尽快处理。', '退'],
    ['ご注文の商品が届いておりません。', '商品'],
    ['パスワードを忘れました', 'スワ'],
    ['パスワードを忘れました', 'ﾊﾟｽﾜｰﾄﾞ'],
    ['환불요청드립니다', '요청'],
    ['ขอคืนเงินสินค้าเสียหาย', 'คืนเงิน'],
    ['ดื่มน้ำ', 'น้ำ'],
    ['iPhone手机壳坏了', 'iphone手机'],
    ['第3章を読む', '第3章'],
    ['𠀋𠀀字', '𠀋𠀀'],
  ])('in %s one finds %s', (text, typed) => {
    expect(finds(text, typed)).toBe(true);
  });

  test('a line that a mail program broke inside a word is still one word', () => {
    expect(finds('先日注文した商品の返\r\n金手続きについて', '返金手続')).toBe(true);
    expect(marked('先日の返\n金手続き', '返金')).toEqual(['返\n金']);
    expect(finds('返\n\n金', '返金')).toBe(false);
  });

  test('pairs that stand apart are no word', () => {
    expect(isCandidate('退款。款失。', parseQuery('退款失'))).toBe(true);
    expect(finds('退款。款失。', '退款失')).toBe(false);
  });
});

describe('words', () => {
  test.each([
    ['Please REFUND my order', 'refund', true],
    ['Please refund my order', 'order ref', true],
    ['Please refund my order', 'ref order', false],
    ['Please refund my order', 'refund xyz', false],
    ['El envío llegó dañado', 'envio dan', true],
    ['El envio llego danado', 'ENVÍO', true],
    ['refunds', 'refund', true],
    ['refunds are slow', 'refund slow', false],
    ['(вернуть деньги)', 'ВЕРНУТЬ', true],
    ['أريد اَلْإِرْجَاع', 'ارجاع', false],
    ['أريد اَلْإِرْجَاع', 'الارجاع', true],
    ['a question', 'q', false],
    ['plan q is', 'q', true],
  ])('in %s, %s: %s', (text, typed, expected) => {
    expect(finds(text, typed)).toBe(expected);
  });

  test('a quoted phrase is words next to each other', () => {
    expect(finds('please cancel my order today', '"cancel my order"')).toBe(true);
    expect(finds('please cancel, my\norder today', '“cancel my order”')).toBe(true);
    expect(finds('cancel the order that is not my order', '"cancel my order"')).toBe(false);
    expect(finds('cancel my orders', '"cancel my order"')).toBe(false);
    expect(finds('cancel my orders', '"cancel my ord')).toBe(true);
    expect(finds('please 退款 失败 now', '"退款 失败"')).toBe(true);
  });

  test('nothing to look for is nothing', () => {
    for (const typed of ['', '  ', '#', '"" - ,', '😀']) expect(parseQuery(typed).clauses).toEqual([]);
  });
});

describe('things with connectors', () => {
  test.each([
    ['Order #A-1029 is late', '#A-1029', true],
    ['Order #A-1029 is late', 'a1029', true],
    ['Order #A-1029 is late', '1029', true],
    ['Order #A-1029 is late', 'A-10', true],
    ['see ref:A-1029', 'A1029', true],
    ['Order A1029 is late', 'A-1029', true],
    ['INV20391', '20391', true],
    ['Order A-10299', '"A-1029"', false],
    ['plan A, 1029 of them', 'A-1029', true],
    ['plan A, all 1029 of them', 'A-1029', false],
    ['<jane.doe@mail.example.com>', 'jane.doe@mail.example.com', true],
    ['<jane.doe@mail.example.com>', 'jane.doe@ma', true],
    ['<jane.doe@mail.example.com>', 'jane.doe@', true],
    ['<jane.doe@mail.example.com>', 'doe@mail', true],
    ['<jane.doe@mail.example.com>', 'example.com', true],
    ['<jane.doe@mail.example.com>', 'example', true],
    ['<jane.doe@mail.example.com>', 'example.org', false],
    ['commit 3f8a91bc22d04e5566778899aabbccddeeff0011', '3f8a91bc22', true],
    ['commit 3f8a91bc22d04e5566778899aabbccddeeff0011', '3f8a91bc22d04e5566778899aabbccddeeff0011', true],
    ['my e-mail', 'email', false],
    ['my email', 'e-mail', true],
    ["I don't", 'don’t', true],
    ['I don’t', 'don’t', true],
  ])('in %s, %s: %s', (text, typed, expected) => {
    expect(finds(text, typed)).toBe(expected);
  });

  test('two letters ask for one term, and find every word that begins with them', () => {
    expect(parseQuery('Pa').clauses.flatMap(({ terms }) => terms)).toEqual([{ text: 'pa·', prefix: false }]);
    expect(parseQuery('pa x').clauses[0]?.terms).toEqual([{ text: 'pa', prefix: false }]);
    expect(parseQuery('par').clauses[0]?.terms).toEqual([{ text: 'par', prefix: true }]);
    const word = fc.stringMatching(/^[a-z0-9éß𝒜]{2,12}$/u);
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 5 }), fc.constantFrom(...' -@.'), fc.nat(), (words, tie, index) => {
        const wanted = [...foldText(words[index % words.length] ?? '')].slice(0, 2).join('');
        expect(finds(words.join(tie), wanted)).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });

  test('an encoded file does not fill the index', () => {
    expect(indexTerms('x'.repeat(100_000)).length).toBeLessThan(100);
  });

  test('terms are letters, digits and marks only, but for the end of a beginning, whatever the text', () => {
    fc.assert(
      fc.property(anyText, (parts) => {
        expect(indexTerms(parts.join(''))).toMatch(/^([\p{L}\p{N}\p{M}\p{Co}]+·?( |$))*$/u);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('highlighting', () => {
  test('marks the original characters', () => {
    expect(marked('ＲＥＦＵＮＤ please, Refunds too', 'refund')).toEqual(['ＲＥＦＵＮＤ', 'Refund']);
    expect(marked('Cafe\u0301 und Straße', 'café strasse')).toEqual(['Cafe\u0301', 'Straße']);
    expect(marked('Order #A-1029.', 'a1029')).toEqual(['A-1029']);
    expect(marked('我的订单退款失败了', '退款失败')).toEqual(['退款失败']);
  });

  test('every mark folds to what was asked for', () => {
    const part = fc.constantFrom('refund', 'Envío', '退款', '環境', 'Straße', 'A-1029', 'ﬁne', 'ﾊﾟｽ', 'İzmir', ' ', '\n', ', ');
    fc.assert(
      fc.property(fc.array(part, { maxLength: 30 }), part, (parts, typed) => {
        const text = parts.join(' ');
        const query = parseQuery(typed);
        let last = 0;
        for (const [start, end] of matchPositions(text, query)) {
          expect(start).toBeGreaterThanOrEqual(last);
          last = end;
          const mark = foldText(text.slice(start, end));
          expect(query.clauses.some((clause) => findClause(mark, clause, 1).length === 1)).toBe(true);
        }
        expect(last > 0).toBe(query.clauses.length > 0 && parts.includes(typed));
      }),
      { numRuns: 1_000 },
    );
  });
});
