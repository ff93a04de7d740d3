import { WEEKDAYS } from '../../time/local-time.ts';
import type { AtomRule, AtomValue } from './atoms.ts';
import type { Grammar } from './grammar.ts';
import { readNumber } from './numbers.ts';
import { clockOf, dateOf, dayOf, inDays, lengthOf, slashDate } from './read-clock.ts';
import { ABBREVIATION_RULES, placeInside } from './stated-zone.ts';
import type { DayPart, DayReference, LengthUnit } from './when.ts';

const NUMBER = '\\d{1,3}|[一二三四五六七八九十]{1,3}';
const UNIT = '分|時間|営業時間|営業日|稼働日|週間|日';
const DAYS = '月火水木金土日';

function unitOf(word: string): LengthUnit {
  if (word === '営業時間') return 'business-hour';
  if (word === '営業日' || word === '稼働日') return 'business-day';
  if (word === '分') return 'minute';
  return word === '時間' ? 'hour' : word === '週間' ? 'week' : 'day';
}

function weekday(which: string | undefined, character: string): AtomValue | null {
  const name = WEEKDAYS[DAYS.indexOf(character)];
  const week = which === '来週' ? 'next' : which === '今週' ? 'this' : 'coming';
  return name === undefined ? null : dayOf({ kind: 'weekday', weekday: name, week });
}

function fixed(words: string, value: AtomValue): AtomRule {
  return { pattern: new RegExp(words, 'gu'), read: () => value };
}

function part(words: string, name: DayPart): AtomRule {
  return fixed(words, { kind: 'part', part: name });
}

const week = (weeks: number, point: 'start' | 'early' | 'end' | 'weekend'): DayReference => ({ kind: 'week', weeks, point });

const rules: readonly AtomRule[] = [
  fixed('(?:まで|迄)に(?:は)?|(?<=中|午後|夕方|朝)に(?:は)?|遅くとも', { kind: 'limit', isBefore: false }),
  fixed('(?:より)?前に|以前に', { kind: 'limit', isBefore: true }),
  fixed('本日|今日|きょう|当日', inDays(0)),
  fixed('(?:本日|今日|当日)中', inDays(0, 'whole-day')),
  fixed('今晩|今夜', inDays(0, 'night')),
  fixed('今夕', inDays(0, 'afternoon')),
  fixed('(?<!翌)明日(?!中)|あした|あす|翌日', inDays(1)),
  fixed('(?:明日|翌日)中', inDays(1, 'whole-day')),
  fixed('明朝', inDays(1, 'morning')),
  fixed('明晩', inDays(1, 'evening')),
  fixed('(?:明日|あす)の?朝(?:一番?|いち)', inDays(1, 'early')),
  fixed('明後日|あさって', inDays(2)),
  { pattern: /(?:(今週|来週|次)の?)?([月火水木金土日])曜日?/gu, read: ([, which, character = '']) => weekday(which, character) },
  fixed('今週中?(?!の?[月火水木金土日]曜|末)', dayOf(week(0, 'end'))),
  fixed('来週中?(?!の?[月火水木金土日]曜|末|の?初め|の?頭|早々)', dayOf(week(1, 'end'))),
  fixed('来週の?(?:初め|頭|早々)', dayOf(week(1, 'early'))),
  fixed('週明け', dayOf(week(1, 'start'))),
  fixed('(?<!来)(?:今)?週末', dayOf(week(0, 'weekend'))),
  fixed('今月[中末]|(?<![今来先])月末', dayOf({ kind: 'month', months: 0 })),
  fixed('来月[中末]', dayOf({ kind: 'month', months: 1 })),
  {
    pattern: /(?<!\d)(20\d\d)[-/](\d{1,2})[-/](\d{1,2})(?!\d)/gu,
    read: ([, year, month = '', day = '']) => dateOf(year, Number(month), day),
  },
  {
    pattern: /(?:(20\d\d)年)?(\d{1,2})月(\d{1,2})日(?: ?\([月火水木金土日](?:曜日?)?\))?/gu,
    read: ([, year, month = '', day = '']) => dateOf(year, Number(month), day),
  },
  {
    pattern: /(?<![\d/])(\d{1,2})\/(\d{1,2})(?: ?\([月火水木金土日](?:曜日?)?\))?(?![\d/])/gu,
    read: ([, month = '', day = '']) => slashDate(month, day, undefined, false),
  },
  {
    pattern: /(?<![\d月/~〜])(?<!\d、)(\d{1,2})日(?: ?\([月火水木金土日](?:曜日?)?\))?(?=まで|の|午|\d)/gu,
    read: ([, day]) => dayOf({ kind: 'day-of-month', day: Number(day) }),
  },
  part('午前中?|朝(?!一|いち)', 'morning'),
  part('朝(?:一番?|いち)', 'early'),
  part('正午|お?昼(?!間)', 'noon'),
  part('午後|夕方', 'afternoon'),
  part('夜|晩(?!年)', 'evening'),
  part('深夜', 'night'),
  part('(?:営業|業務)時間(?:内|終了)|終業|営業終了', 'workday'),
  {
    pattern: /(?<![\d:.一二三四五六七八九十])(\d{1,2}|[一二三四五六七八九十]{1,3})時(?![間差点期代])(?:(半)|(\d{1,2})分)?/gu,
    read: ([, hour = '', half, minute]) => clockOf(hour, half === undefined ? String(readNumber(minute ?? '0')) : '30', null),
  },
  { pattern: /(?<![\d:.$¥-])(\d{1,2}):([0-5]\d)(?![\d:%])/gu, read: ([, hour = '', minute]) => clockOf(hour, minute, null) },
  {
    pattern: new RegExp(`(${NUMBER})(?: ?(?:~|〜|-|–|、|から|ないし) ?(${NUMBER}))? ?(${UNIT})(?:以内|内|後|中|(?:ほど|程度)?で)`, 'gu'),
    read: ([, amount = '', upper, unit = '']) => lengthOf(amount, upper, unitOf(unit)),
  },
  { pattern: /一両日中/gu, read: () => lengthOf('2', undefined, 'day', true) },
  fixed('お客様の(?:現地)?の?お?時間|(?:お客様の)?現地時間|そちらの(?:お)?時間', { kind: 'zone', zone: { kind: 'customer' } }),
  fixed('(?:当方|弊社|こちら)の?時間', { kind: 'zone', zone: { kind: 'writer' } }),
  {
    pattern: /([\u30a1-\u30ff\u4e00-\u9fff]{2,8})時間/gu,
    read: ([whole, words = '']) => {
      const place = placeInside(words);
      return place === null ? null : { kind: 'zone', zone: place.zone, skip: place.begin, take: whole.length - place.begin };
    },
  },
  ...ABBREVIATION_RULES,
];

const ACTS =
  '連絡|返信|返事|回答|報告|案内|知らせ|電話|対応|返金|処理|完了|送付|送り|解決|確認|折り返し|共有|更新|調査|修正|復旧|反映|再開|解除|審査|送金|手配|メール|返答|入金|着金|戻し|伝え|届け|終え|終了';

export const japanese: Grammar = {
  language: 'ja',
  reads: (text) => /[\u3041-\u30fa]/u.test(text),
  prepare: (text) => text,
  mentions: /[\d今明日時分週月朝昼午夕夜晩曜]|きょう|あした|あす|あさって|終業/u,
  rules,
  glue: /^[\s,、()の頃にはお]{0,3}(?:ごろ)?$/u,
  range: /^ ?(?:~|〜|から|-|–|と) ?$/u,
  voice: {
    governs: 'after',
    ours: new RegExp(
      `(?:${ACTS})(?:を|も|させ|のメールを)?(?:させていただ(?=きます|く)|ていただ(?=きます|く)|差し上げ(?=ます|る)|さしあげ(?=ます|る)|申し上げ(?=ます|る)|いたし(?!まし)|いたす|致し(?!まし)|し(?=ます|て参)|でき(?!ません|かね)|する(?=予定|見込|つもり|よう)|の?予定|の?見込|され(?=ます|る)|ます|られ(?=ます|る))|(?:結果|回答|返事)が(?:出る|届く)|になる(?:予定|見込)`,
      'gu',
    ),
    others:
      /ください|下さい|お願い|願います|いただけ(?:ます|れば|ない)|いただく必要|必要(?:が|で)|いただきますよう|お待ち|可能(?:です|と)|できません|ました|しておりま|しています|済み|銀行|期限|有効|失効|無効/gu,
    habits: /^し(?:ておりま|ています)/u,
    breaks: /[、,]|が|ので/u,
    action: new RegExp(`${ACTS}|結果`, 'u'),
    hedges: /予定|見込|目安|努め|できる限り|なるべく|思います|思われ|はず|おそらく|目標/u,
    question: /か[。. ?]?$/u,
    conditions:
      /もし|(?:いただけ|れ|でき)れば|(?:いただい|まし|でし|れ|なっ)たら|いただければ|場合|次第|ようでしたら|いただいた(?:後|のち)|と(?:お伝え|申し上げ|ご案内)/u,
    blockedBefore: /(?:後|(?<!本日|今日|ただいま|これ)から|以降|過去|毎|直近|最短|昨日|先日|前日|先週)[、, ]?の?$/u,
    blockedAfter: /^(?:頃|ごろ)?(?:以降|まで(?!に)|から|より|前後|経|ほどかか|程度かか|かか)/u,
    never:
      /かねます|できません|ことができない|休業|定休|お休み|営業しておりません|通常|普段|一般的に|(?:銀行|カード会社|運送会社|配送業者)側?[がは]/u,
  },
};
