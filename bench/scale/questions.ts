import type { Condition } from '../../src/shared/domain/query/case-query.ts';
import { parseCaseQuery } from '../../src/shared/domain/query/parse-case-query.ts';
import { defaultSort, VIEWS } from '../../src/shared/domain/views.ts';
import type { SortId, ViewId } from '../../src/shared/domain/views.ts';

export interface PageQuestion {
  readonly name: string;
  readonly view: ViewId;
  readonly sort: SortId;
  readonly filter?: { readonly conditions: readonly Condition[]; readonly zone: string };
}

function conditionsOf(text: string): readonly Condition[] {
  const { conditions, text: rest } = parseCaseQuery(text, []);
  if (rest !== '' || conditions.length === 0) throw new RangeError(`no conditions: ${text} leaves ${rest}`);
  return conditions;
}

/** What people narrow lists down with: of the unsolved cases and of all, common and rare. */
export const FILTERS = [
  'channel:chat status:open',
  'language:zh is:unread',
  'label:kyc assignee:nobody',
  'tier:vip due<2h',
  'is:waiting quiet<4h',
  'channel:telegram label:fraud status:solved',
  'from:müller',
  'subject:invoice quiet<30d',
] as const;

const MORE_FILTERS = ['is:overdue priority:urgent', 'has:promise', 'is:snoozed', 'language:ja status:pending'] as const;

export const COUNTED_FILTERS: readonly (readonly Condition[])[] = [...FILTERS, ...MORE_FILTERS].map(conditionsOf);

export function pageQuestions(): readonly PageQuestion[] {
  return [
    ...VIEWS.map((view): PageQuestion => ({ name: view, view, sort: defaultSort(view) })),
    { name: 'unassigned by due time', view: 'unassigned', sort: 'due' },
    { name: 'waiting for us by waiting', view: 'waiting-us', sort: 'waiting' },
    { name: 'all by runway', view: 'all', sort: 'runway' },
    ...FILTERS.map((text): PageQuestion => ({
      name: text,
      view: 'all',
      sort: 'newest',
      filter: { conditions: conditionsOf(text), zone: 'Europe/Lisbon' },
    })),
  ];
}

/** What is typed into the search box, by kind. */
export const SEARCHES: Readonly<Record<string, readonly string[]>> = {
  'one Chinese character': ['退', '款', '订', '单', '快'],
  'two Chinese characters': ['退款', '订单', '快递', '发货', '扣款', '截图', '松竹', '星光'],
  'three and more': ['重复扣', '快递公司', '铰链也是', '银行卡的后四位'],
  'two Japanese characters': ['返金', '注文', '確認', '配送'],
  Korean: ['환불', '주문', '배송', '영수증'],
  'English, two letters': ['re', 'or', 'sh', 'ma'],
  'English, three and more': ['ref', 'trac', 'scree', 'carri', 'weeke'],
  'English word': ['refund', 'hinge', 'browser', 'replacement', 'investigation'],
  'two words': ['refund statement', 'carrier parcel', 'left hinge', 'card postcode'],
  'quoted phrase': ['"label created"', '"return is in your account"', '"two working days"', '"placed order"'],
  'German and Spanish': ['rückerstattung', 'paketdienst', 'reembolso', 'transportista'],
  name: ['schröder', '佐藤', 'emma foster', 'jürgen'],
};

/** Orders of the workspace are named by the measurement. */
export const ORDER_SEARCH = 'order id';
