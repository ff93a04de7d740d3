import { describe, expect, it } from 'vitest';
import type { TimelineItem } from '../../../../shared/contract/cases.contract.ts';
import { fakeMessage } from '../../../../../test/renderer/fake-message.ts';
import { makeId } from '../../../../shared/domain/ids.ts';
import { instant } from '../../../../shared/domain/time.ts';
import { isThanksAtEnd, chaserIds, foldChasers, groupByDay, isShown, itemKey, newestOf } from './timeline-groups.ts';
import type { MessageItem } from './timeline-groups.ts';

const at = (iso: string) => instant(Date.parse(iso));
const note = (name: string, iso: string): TimelineItem => ({
  kind: 'note',
  messageId: makeId('msg', name),
  at: at(iso),
  agentId: null,
  text: name,
});
const claimed = (name: string, iso: string): TimelineItem => ({
  kind: 'event',
  id: name,
  at: at(iso),
  agentId: null,
  body: { type: 'case.released' },
});

describe('groupByDay', () => {
  it("uses the viewer's calendar", () => {
    const items = [note('a', '2026-05-06T14:59:00Z'), note('b', '2026-05-06T15:01:00Z'), note('c', '2026-05-07T01:00:00Z')];
    expect(groupByDay(items, { zone: 'Asia/Tokyo' }).map((group) => [group.day, group.items.map(itemKey)])).toEqual([
      ['2026-05-06', ['msg_a']],
      ['2026-05-07', ['msg_b', 'msg_c']],
    ]);
  });
});

describe('newestOf', () => {
  const items = [
    note('a', '2026-05-06T01:00:00Z'),
    claimed('x', '2026-05-06T02:00:00Z'),
    note('b', '2026-05-06T03:00:00Z'),
    claimed('y', '2026-05-06T04:00:00Z'),
    note('c', '2026-05-06T05:00:00Z'),
  ];
  it('counts messages, not events', () => {
    expect(newestOf(items, 2)).toEqual({ items: items.slice(2), hidden: 1 });
  });
  it('is everything when nothing but events would be hidden', () => {
    expect(newestOf([claimed('z', '2026-05-06T00:00:00Z'), ...items], 3).hidden).toBe(0);
    expect(newestOf(items, 30).items).toBe(items);
  });
});

describe('isShown', () => {
  it('leaves out what the message itself tells', () => {
    expect(isShown(claimed('x', '2026-05-06T02:00:00Z'))).toBe(true);
    expect(
      isShown({
        kind: 'event',
        id: 'q',
        at: at('2026-05-06T02:00:00Z'),
        agentId: null,
        body: { type: 'case.noteAdded', messageId: makeId('msg', 'a') },
      }),
    ).toBe(false);
  });
});

describe('chasers', () => {
  const message = (name: string, text: string, over: Partial<MessageItem> = {}) =>
    fakeMessage(name, { text, at: at('2026-05-06T01:00:00Z'), ...over });
  const asking = [message('a', 'My deposit is gone'), message('b', 'any update??'), message('c', 'hello?\n> My deposit is gone')];
  const linesOf = (items: readonly TimelineItem[]) =>
    foldChasers(items, chaserIds(items)).map((line) => (line.kind === 'chasers' ? line.items.map(itemKey) : itemKey(line)));

  it('fold into one line when there are two in a row, without what they quote', () => {
    expect(linesOf(asking)).toEqual(['msg_a', ['msg_b', 'msg_c']]);
    expect(linesOf(asking.slice(0, 2))).toEqual(['msg_a', 'msg_b']);
    const between = note('n', '2026-05-06T02:00:00Z');
    expect(linesOf([...asking, between, message('d', '在吗'), message('e', '???')])).toEqual([
      'msg_a',
      ['msg_b', 'msg_c'],
      'msg_n',
      ['msg_d', 'msg_e'],
    ]);
  });
  it('begin anew after an answer that has arrived, and after no other', () => {
    const answer = (over: Partial<MessageItem>) => message('out', 'We are looking', { direction: 'out', ...over });
    const more = [message('d', 'any update??'), message('e', '???'), message('f', '???')];
    expect(linesOf([...asking, answer({}), ...more])).toEqual(['msg_a', ['msg_b', 'msg_c'], 'msg_out', 'msg_d', ['msg_e', 'msg_f']]);
    expect(linesOf([...asking, answer({ auto: 'auto-reply' }), ...more]).at(-1)).toEqual(['msg_d', 'msg_e', 'msg_f']);
  });

  it('thanks at the end are for an answer, and nothing else waits beside them', () => {
    const answer = message('out', 'It has arrived', { direction: 'out' });
    const [first] = asking;
    if (first === undefined) throw new Error('no message');
    const thanks = message('t', 'Thank you, Robin!\n> It has arrived');
    expect(isThanksAtEnd([first, answer, thanks], ['Robin Vale'])).toBe(true);
    expect(isThanksAtEnd([first, answer, thanks], [])).toBe(false);
    expect(isThanksAtEnd([thanks], ['Robin'])).toBe(false);
    expect(isThanksAtEnd([first, answer], [])).toBe(false);
    expect(isThanksAtEnd([first, answer, message('q', 'Where is it?'), thanks], ['Robin'])).toBe(false);
    expect(isThanksAtEnd([first, { ...answer, auto: 'auto-reply' }, thanks], ['Robin'])).toBe(false);
  });
});
