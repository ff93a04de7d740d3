import { WEEKDAYS } from '../../time/local-time.ts';
import type { AtomRule, AtomValue } from './atoms.ts';
import type { Grammar } from './grammar.ts';
import { readNumber } from './numbers.ts';
import { clockOf, dateOf, dayOf, inDays, lengthOf } from './read-clock.ts';
import { ABBREVIATION_RULES, placeInside } from './stated-zone.ts';
import type { DayPart, DayReference, LengthUnit } from './when.ts';

/** Traditional characters that occur in the rules, each before its simplified form. */
const VARIANTS =
  '時时 點点 內内 後后 們们 會会 給给 覆复 復复 週周 個个 鐘钟 號号 間间 處处 當当 過过 嗎吗 請请 將将 兩两 聯联 繫系 訴诉 務务 單单 結结 應应 見见 辦办 為为 無无 預预 計计 爭争 儘尽 盡尽 證证 諾诺 團团 隊队 專专 員员 術术 門门 經经 發发 進进 電电 話话 這这 禮礼 幾几 沒没 確确 認认 審审 覈核 還还 賬账 帳账 開开 關关 來来 讓让 誰谁 麼么 煩烦 須须 銀银 對对 營营 業业 網网 絡络 達达 據据 遲迟 於于 從从 區区 標标 準准 際际 説说 說说 凍冻 鎖锁 決决 頭头 報报 實实 匯汇 補补 監监 動动 暫暂 屆届 約约 詢询 繼继 續续 進进 條条';
const simple = new Map(VARIANTS.split(' ').map((pair) => [pair.charAt(0), pair.charAt(1)]));
const traditional = new RegExp(`[${[...simple.keys()].join('')}]`, 'gu');

const NUMBER = '\\d{1,3}|[一二两三四五六七八九十]{1,3}';
const UNIT = '分钟|小时|钟头|工作小时|工作日|营业日|交易日|天|日|周|星期';
const DAYS = '一二三四五六';

function unitOf(word: string): LengthUnit {
  if (word === '工作小时') return 'business-hour';
  if (word.length === 3) return 'business-day';
  if (word === '分钟') return 'minute';
  if (word === '小时' || word === '钟头') return 'hour';
  return word === '周' || word === '星期' ? 'week' : 'day';
}

function weekday(which: string | undefined, character: string): AtomValue | null {
  const index = character === '日' || character === '天' ? 6 : DAYS.indexOf(character);
  const name = WEEKDAYS[index];
  const week = which === undefined ? 'coming' : which.startsWith('下') ? 'next' : 'this';
  return name === undefined ? null : dayOf({ kind: 'weekday', weekday: name, week });
}

function fixed(words: string, value: AtomValue): AtomRule {
  return { pattern: new RegExp(words, 'gu'), read: () => value };
}

function part(words: string, name: DayPart): AtomRule {
  return fixed(words, { kind: 'part', part: name });
}

function minuteOf(half: string | undefined, minute: string | undefined): string {
  return half === '半' ? '30' : half === '一刻' ? '15' : minute === undefined ? '0' : String(readNumber(minute) ?? 99);
}

const week = (weeks: number, point: 'start' | 'early' | 'end' | 'weekend'): DayReference => ({ kind: 'week', weeks, point });

const rules: readonly AtomRule[] = [
  fixed('之内|以内|内|最迟|最晚|不晚于', { kind: 'limit', isBefore: false }),
  fixed('之前|以前|前(?!台|端|往|面|期|者)', { kind: 'limit', isBefore: true }),
  fixed('今[天日]|本日', inDays(0)),
  fixed('(?:今[天日]|当[天日]|本日)(?:之|以)?内', inDays(0, 'whole-day')),
  fixed('今晚', inDays(0, 'night')),
  fixed('明[天日]', inDays(1)),
  fixed('明[天日](?:之|以)?内', inDays(1, 'whole-day')),
  fixed('明早|明晨', inDays(1, 'morning')),
  fixed('明[天日]一大?早', inDays(1, 'early')),
  fixed('明晚', inDays(1, 'evening')),
  fixed('(?<!大)后天', inDays(2)),
  fixed('大后天', inDays(3)),
  { pattern: /(下个?|这个?|本)?(?:周|星期|礼拜)([一二三四五六日天])/gu, read: ([, which, character = '']) => weekday(which, character) },
  fixed('(?:本|这个?)(?:周|星期)(?:之?内)?(?![一二三四五六日天末])', dayOf(week(0, 'end'))),
  fixed('下个?(?:周|星期)(?:之?内)?(?![一二三四五六日天末初])', dayOf(week(1, 'end'))),
  fixed('下个?(?:周|星期)初', dayOf(week(1, 'early'))),
  fixed('(?<!下)(?<!下个)(?:本|这个?)?周末', dayOf(week(0, 'weekend'))),
  fixed('(?:本|这个?)?月[底末]|(?:本|这个?)月(?:之?内)?', dayOf({ kind: 'month', months: 0 })),
  fixed('下个?月[底末]', dayOf({ kind: 'month', months: 1 })),
  { pattern: /(?<!\d)(20\d\d)-(\d{1,2})-(\d{1,2})(?!\d)/gu, read: ([, year, month = '', day = '']) => dateOf(year, Number(month), day) },
  {
    pattern: /(?:(20\d\d)年)?(\d{1,2}|[一二三四五六七八九十]{1,2})月(\d{1,2}|[一二三四五六七八九十]{1,3})[日号]/gu,
    read: ([, year, month = '', day = '']) => dateOf(year, readNumber(month) ?? 0, readNumber(day) ?? 0),
  },
  {
    pattern: /(?<![\d月])(\d{1,2})[日号](?=之?前|以前|上午|下午|中午|晚|早|\d)/gu,
    read: ([, day]) => dayOf({ kind: 'day-of-month', day: Number(day) }),
  },
  part('上午|早上|早晨|清晨|凌晨', 'morning'),
  part('一大?早', 'early'),
  part('中午|正午', 'noon'),
  part('下午|午后', 'afternoon'),
  part('下班', 'workday'),
  part('傍晚|晚上|晚间|晚(?=\\d|[一二两三四五六七八九十])', 'evening'),
  part('夜里|深夜', 'night'),
  {
    pattern: new RegExp(
      `(?!(?<=[有快早慢多少大小差好再近高低])一点)(?<![\\d:.])(\\d{1,2}|[一二两三四五六七八九十]{1,3})[点时](?![间候区差击数评赞开])(?:(半|一刻)|(\\d{1,2}|[一二三四五六七八九十]{1,3})分?|整)?钟?`,
      'gu',
    ),
    read: ([, hour = '', half, minute]) => clockOf(hour, minuteOf(half, minute), null),
  },
  { pattern: /(?<![\d:.$¥￥-])(\d{1,2}):([0-5]\d)(?![\d:%])/gu, read: ([, hour = '', minute]) => clockOf(hour, minute, null) },
  {
    pattern: new RegExp(`(${NUMBER})个?(?: ?(?:到|至|-|~|–|或|、) ?(${NUMBER}))?个? ?(${UNIT})(?:之内|以内|内|之后|以后|后)`, 'gu'),
    read: ([, amount = '', upper, unit = '']) => lengthOf(amount, upper, unitOf(unit)),
  },
  { pattern: /半个?(?:小时|钟头)(?:之内|以内|内|之后|后)/gu, read: () => lengthOf('30', undefined, 'minute') },
  fixed(
    '(?:您|你)?(?:的|所在地?的?|那边的?)?(?:当地|本地)时间|(?:您|你)(?:的|那边的?)?(?:时间|时区)|(?:您|你)所在(?:地区?|时区)的?(?:时间)?',
    {
      kind: 'zone',
      zone: { kind: 'customer' },
    },
  ),
  fixed('我(?:们|方)?(?:的|这边的?)时间', { kind: 'zone', zone: { kind: 'writer' } }),
  {
    pattern: /([\u4e00-\u9fff]{2,4})(?:的?标准)?时间/gu,
    read: ([whole, words = '']) => {
      const place = placeInside(words);
      return place === null ? null : { kind: 'zone', zone: place.zone, skip: place.begin, take: whole.length - place.begin };
    },
  },
  ...ABBREVIATION_RULES,
];

export const chinese: Grammar = {
  language: 'zh',
  reads: (text) => /[\u4e00-\u9fff]/u.test(text) && !/[\u3041-\u30fa\uac00-\ud7a3]/u.test(text),
  prepare: (text) => text.replace(traditional, (character) => simple.get(character) ?? character),
  mentions: /[\d今明后周日天月点时午晚早夜]|分钟|星期|礼拜|下班/u,
  rules,
  glue: /^[\s,、()的在于是约]{0,3}$/u,
  range: /^ ?(?:-|–|~|到|至|和|与) ?$/u,
  voice: {
    governs: 'before',
    ours: new RegExp(
      [
        '我(?!的)|同事|客服|团队|专员|专人|工程师|技术(?:人员|部门|组)|(?<!监管)部门|经理|(?<!机|社)会(?![议员计])|将(?!军)|预计|保证|承诺|尽量|争取|力争|有望|届时',
        '(?:给|向|与|跟|为)(?:您|你)|(?:回复|答复|通知|联系|致电|告知|告诉|反馈)(?:给)?(?:您|你)|回复|答复|答覆|回电',
      ].join('|'),
      'gu',
    ),
    others: new RegExp(
      [
        '请(?!(?:您|你)?(?:放心|耐心|稍|谅解|理解|留意|查收|查看|注意|知悉|相信))|麻烦(?:您|你)?|需要?(?:您|你)|(?:烦请|劳烦)',
        '(?:您|你)(?:们)?(?:需|须|必须|要|可以?|应|能|务必|只需|在|于|最|会)|务必|有效|截止|到期|过期|失效|(?:银行|对方|收款方|监管部门)[^,。]{0,4}?[将会]|银行|收款方|对方|监管|可以|才能|不能|暂时|自动',
        '(?:已经?|曾经?)(?!安排|将|为您|转|提交|收到)|昨[天日晚]|前天|上周|刚才',
      ].join('|'),
      'gu',
    ),
    breaks: /[并但却而]|然后|可是|不过/u,
    action:
      /回复|答复|联系|联络|致电|电话|通知|告知|告诉|反馈|跟进|更新|处理|解决|完成|发送|发给|发出|寄|退款|退还|退回|到账|放行|审核|复核|核实|核查|查清|修复|恢复|解冻|解锁|答案|消息|结果|进展|汇报|回电|回信|给您|给你|提供|确认|补发|开通/u,
    hedges: /预计|尽量|争取|力争|大约|大概|左右|可能|应该|希望|估计|有望/u,
    question: /\?$|[吗么呢][ 。.?]?$/u,
    conditions:
      /如果|若(?!干)|假如|倘若|一旦|的话|只要|除非|收到[^,。]{0,12}[后之]|(?:如|当)(?:您|你|需|有|仍)|[待等][^,。]{1,12}后|(?:确认|通过|提交|提供|回复)(?:之|以)?后|(?:之前|曾经?|刚才)(?:说|答应|承诺|表示)|说过/u,
    blockedBefore: /(?:后|从|自|等到|直到|过去|最近|每|近|超过|长达|不到|早于|晚于|已)[, ]?$/u,
    blockedAfter: /^(?:之?以?后|起|开始|至今|以来|没|未|仍|不(?!晚)|左右?之?后)/u,
    never: /无法|没法|来不及|放假|休假|不营业|不会|通常|一般(?:情况)?|正常情况|平时|往常/u,
  },
};
