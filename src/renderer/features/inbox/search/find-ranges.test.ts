// @vitest-environment happy-dom
import { expect, it } from 'vitest';
import { foundIn, isFoundIn } from './find-query.ts';
import { findPlaces, isSamePlace } from './find-ranges.ts';
import type { TimelineItem } from '../../../../shared/contract/cases.contract.ts';
import { parseQuery } from '../../../../shared/domain/search-text.ts';

const marked = (html: string, asked: string): readonly string[] => {
  const root = document.createElement('div');
  root.innerHTML = html;
  return findPlaces(root, parseQuery(asked)).places.map((found) =>
    found.kind === 'text' ? found.range.toString() : `frame ${String(found.place)}`,
  );
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

it('counts what a frame has marked where the frame stands, and knows when one is still being made', () => {
  const html =
    '<p class="ib-text">refund</p><div class="ib-frame" data-hits="2">refund</div><p class="ib-text">a refund</p><div class="ib-frame"></div>';
  expect(marked(html, 'refund')).toEqual(['refund', 'frame 1', 'frame 2', 'refund']);
  const root = document.createElement('div');
  root.innerHTML = html;
  const query = parseQuery('refund');
  const [before, after] = [findPlaces(root, query), findPlaces(root, query)];
  expect(before.isWaiting).toBe(false);
  const sameAs = before.places.map((one) => after.places.findIndex((other) => isSamePlace(one, other)));
  expect(sameAs).toEqual([0, 1, 2, 3]);
  root.insertAdjacentHTML('beforeend', '<div class="ib-frame-wait"></div>');
  expect(findPlaces(root, query).isWaiting).toBe(true);
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
