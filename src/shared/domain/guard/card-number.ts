import type { SecretHit } from './secret-types.ts';

/** Digits in one piece or in groups, as cards have them printed; not a part of more groups, as account numbers have them. */
const CARD =
  /(?<![\d.,#/=_-]|[A-Za-z]|[A-Z]{2}\d{2} |\d{4}[ -])(?:\d{13,19}|\d{4}(?<gap>[ \u00a0\u2000-\u200a\u202f.\u2010-\u2015-]|\s{2}| [-\u2010-\u2015] )\d{4}\k<gap>\d{4}\k<gap>\d{4}(?:\k<gap>\d{3})?|\d{4}(?:[ \u00a0-]\d{4}){3}(?:[ \u00a0-]\d{3})?|\d{4}[ \u00a0-]\d{6}[ \u00a0-]\d{4,5})(?![\d_]|[.,-]\d|[A-Za-z]|[ -]\d{4})/gu;
/** Digits with anything between them: a card's only where words beside them say so. */
const LOOSE_CARD = /(?<![\d.,#=_-]|[A-Za-z])\d(?:[ \u00a0\n\r./_,–—-]{0,3}\d){12,18}(?!\d|[.,]\d)/gu;
const CVV = /(?:\bcvv2?|\bcvc2?|security code on the back)\s{0,2}(?:is|:|：|=)?\s{0,2}(?<value>\d{3,4})(?!\d)/giu;
const BESIDE = 60;

const CARD_CUE =
  /\bcards?\b|credit|debit|\bvisa\b|master ?card|\bamex\b|american express|\bpan\b|expir|\bexp\b|valid thru|\bcv[vc]2?\b|信用卡|银行卡|銀行卡|卡号|卡號|カード|카드|tarjeta|cart[ãa]o|carte|karte|карт/iu;

const OTHER_CUE =
  /order|invoice|\btx|transaction|transfer|tracking|ticket|\bref\b|referen|\bcase\b|\bid\b|#|№|\bno\.?\b|number of|account|acct|iban|serial|\bimei\b|parcel|shipment|booking|订单|單號|单号|訂單|交易|注文|取引|주문|거래|pedido|factura|fatura|transa|commande|facture|bestell|rechnung|auftrag|заказ|счет|счёт|транзакц|номер/iu;

/** Ranges of issuers by the first four digits, and how long their numbers are (ISO/IEC 7812). */
const ISSUERS: readonly (readonly [from: number, to: number, lengths: readonly number[]])[] = [
  [3000, 3059, [14, 16]],
  [3400, 3499, [15]],
  [3528, 3589, [16, 19]],
  [3600, 3699, [14, 16]],
  [3700, 3799, [15]],
  [3800, 3999, [14, 16]],
  [4000, 4999, [13, 16, 19]],
  [5000, 5099, [16, 19]],
  [5100, 5599, [16]],
  [5600, 5899, [16, 19]],
  [2221, 2720, [16]],
  [6011, 6011, [16, 19]],
  [6200, 6299, [16, 17, 18, 19]],
  [6300, 6399, [16, 19]],
  [6440, 6599, [16, 19]],
  [6700, 6799, [16, 19]],
  [8100, 8199, [16, 17, 18, 19]],
];

function isIssued(digits: string): boolean {
  const four = Number(digits.slice(0, 4));
  return ISSUERS.some(([from, to, lengths]) => four >= from && four <= to && lengths.includes(digits.length));
}

/** The check digit of ISO/IEC 7812-1, Annex B. */
function hasLuhn(digits: string): boolean {
  let sum = 0;
  for (let index = 0; index < digits.length; index += 1) {
    const digit = Number(digits[digits.length - 1 - index]);
    const doubled = index % 2 === 0 ? digit : digit * 2;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

/**
 * Numbers of payment cards: issuer's range, length and check digit. One in forty random numbers of 16 digits passes all three, so the
 * words beside it decide: those of a card make it certain, those of an order only possible, and without any it is likely.
 */
export function findCardNumbers(text: string): readonly SecretHit[] {
  if (!/\d(?:\D{0,3}\d){2}/u.test(text)) return [];
  const printed = printedCards(text);
  const loose = looseCards(text).filter((hit) => printed.every((other) => hit.to <= other.from || hit.from >= other.to));
  const cvvs = [...text.matchAll(CVV)].map((match): SecretHit => {
    const to = match.index + match[0].length;
    return { kind: 'card-number', certainty: 'likely', from: to - (match.groups?.['value'] ?? '').length, to, detail: 'cvv' };
  });
  return [...printed, ...loose, ...cvvs];
}

function isCardNumber(digits: string): boolean {
  return isIssued(digits) && hasLuhn(digits) && new Set(digits).size > 2;
}

function printedCards(text: string): readonly SecretHit[] {
  const hits: SecretHit[] = [];
  for (const match of text.matchAll(CARD)) {
    const digits = match[0].replaceAll(/\D/gu, '');
    if (!isCardNumber(digits)) continue;
    const end = match.index + match[0].length;
    const before =
      text
        .slice(Math.max(0, match.index - BESIDE), match.index)
        .split('\n')
        .at(-1) ?? '';
    const after = text.slice(end, end + BESIDE).split('\n')[0] ?? '';
    const isGrouped = match[0].length > digits.length;
    const isCard = CARD_CUE.test(before) || CARD_CUE.test(after);
    const isOther = OTHER_CUE.test(before.slice(-32));
    const certainty = isCard ? 'certain' : isOther ? 'possible' : isGrouped || digits.length < 17 ? 'likely' : 'possible';
    hits.push({ kind: 'card-number', certainty, from: match.index, to: end, detail: '' });
  }
  return hits;
}

function looseCards(text: string): readonly SecretHit[] {
  const hits: SecretHit[] = [];
  for (const match of text.matchAll(LOOSE_CARD)) {
    const digits = match[0].replaceAll(/\D/gu, '');
    const before = text.slice(Math.max(0, match.index - BESIDE), match.index);
    if (digits.length < 15 || !isCardNumber(digits) || !CARD_CUE.test(before) || OTHER_CUE.test(before.slice(-32))) continue;
    hits.push({ kind: 'card-number', certainty: 'likely', from: match.index, to: match.index + match[0].length, detail: '' });
  }
  return hits;
}
