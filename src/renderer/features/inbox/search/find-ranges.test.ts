// @vitest-environment happy-dom
import { expect, it } from 'vitest';
import { foundIn, isFoundIn } from './find-query.ts';
import { findRanges } from './find-ranges.ts';
import type { TimelineItem } from '../../../../shared/contract/cases.contract.ts';
import { parseQuery } from '../../../../shared/domain/search-text.ts';

const marked = (html: string, asked: string): readonly string[] => {
  const root = document.createElement('div');
  root.innerHTML = html;
  return findRanges(root, parseQuery(asked)).map(String);
};

it('finds words in the text of messages and names of files, across what is drawn around them', () => {
  expect(marked('<p class="ib-text">My <b>re</b>fund and a REFUND</p><p>refund</p>', 'refund')).toEqual(['refund', 'REFUND']);
  expect(
    marked(
      '<div class="ib-text">see <button>refund.example</button></div><span class="ib-file-name"><span>refund</span><span>.pdf</span></span>',
      'refund',
    ),
  ).toEqual(['refund', 'refund']);
  expect(marked('<p class="ib-text">Envío dañado<span aria-hidden="true">danado</span></p>', 'danado')).toEqual(['dañado']);
  expect(marked('<p class="ib-text">上周的订单退款失败了</p>', '退款')).toEqual(['退款']);
  expect(marked('<p class="ib-text">退\n款</p>', '退款')).toEqual(['退\n款']);
  expect(marked('<p class="ib-text"></p>', 'refund')).toEqual([]);
});

const message = (messageId: string, text: string, files: readonly string[] = []) =>
  ({ kind: 'message', messageId, text, attachments: files.map((name) => ({ name })) }) as unknown as TimelineItem;
const event = { kind: 'event', id: 'e' } as unknown as TimelineItem;

it('opens the messages that hold any of the words, and reaches as far back as the oldest of them', () => {
  const items = [message('a', 'hello'), event, message('b', 'my refund'), message('c', 'x', ['Refund.pdf']), event, message('d', 'bye')];
  expect(foundIn(items, parseQuery('refund card'))).toEqual({ messageIds: ['b', 'c'], reach: 3 });
  expect(foundIn(items, parseQuery('nothing'))).toEqual({ messageIds: [], reach: 0 });
  expect(foundIn(items, null)).toEqual({ messageIds: [], reach: 0 });
  const many = Array.from({ length: 90 }, (_, index) => message(`m${index}`, 'refund'));
  expect(foundIn(many, parseQuery('refund'))).toMatchObject({ reach: 40 });
  expect(isFoundIn('refund', null)).toBe(false);
});
