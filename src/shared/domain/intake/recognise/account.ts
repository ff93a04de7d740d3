import { fact } from './found.ts';
import type { FoundFact } from './found.ts';

const MAIL = /(?<![a-z0-9._%+-])[a-z0-9][a-z0-9._%+-]{0,63}@(?:[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?\.){1,5}[a-z]{2,24}/giu;
/** A number, or a short code, behind a word for the name of an account. */
const USER_ID =
  /(?:(?<![a-z])uid|user[ -]?(?:id|number)|account[ -]?(?:id|number|no\.?)|customer[ -]?(?:id|number)|member[ -]?id|用户\s?id|用戶\s?id|账号|帳號|账户(?:号|id)|ユーザー\s?id|会員番号|アカウント\s?id|사용자\s?(?:id|아이디)|회원\s?번호|계정\s?(?:id|번호)|id de (?:usuario|usuário|cliente)|número de (?:usuario|cuenta|cliente|conta))\s{0,2}(?:is|es|é|是|为|為|は|은|는|[:：=#№])?\s{0,2}#?(?<id>[a-z]{0,3}[-_]?\d{5,14})(?![a-z0-9])/giu;

/** Addresses of mail and ids of users; those of the team itself are none. */
export function accountsIn(text: string, ownAddresses: ReadonlySet<string> = new Set()): readonly FoundFact[] {
  const ids = [...text.matchAll(USER_ID)].flatMap(({ groups }) => fact('account', groups?.['id'] ?? ''));
  const mails = [...text.matchAll(MAIL)]
    .map(([mail]) => mail)
    .filter((mail) => !ownAddresses.has(mail.toLowerCase()))
    .flatMap((mail) => fact('account', mail));
  return [...ids, ...mails];
}

const DAY = /^(?:19|20)\d{2}-?(?:0[1-9]|1[0-2])-?(?:0[1-9]|[12]\d|3[01])$/u;
const ORDER =
  /(?:order|withdrawal|deposit|payment|invoice|reference|trade|orden|pedido|retiro|depósito|ordem|saque|订单|訂單|提现|提現|充值|单|工单|流水|注文|出金|入金|取引|주문|출금|입금)\s?(?:id|no\.?|number|nr\.?|#|号码?|號碼?|编号|編號|番号|번호|número|n[º°]|ref(?:erence)?)?\s{0,2}(?:is|es|é|是|为|為|は|은|는|[:：=#№])?\s{0,2}#?(?<id>[a-z]{0,4}[-_]?\d[\d-]{4,22}\d)(?![a-z0-9.])/giu;

/** Numbers of orders, deposits and withdrawals. */
export function ordersIn(text: string): readonly FoundFact[] {
  return [...text.matchAll(ORDER)]
    .map(({ groups }) => groups?.['id'] ?? '')
    .filter((id) => !DAY.test(id))
    .flatMap((id) => fact('order', id));
}

const DOCUMENT =
  /(?<![a-z])(?:passport|pasaporte|passaporte|id card|identity card|national id|driv(?:er['’]?s|ing) licen[cs]e|residence permit|(?:licencia|permiso) de conducir|carnet de conducir|dni(?![a-z])|c[ée]dula(?: de (?:identidad|ciudadanía))?|documento nacional de identidad|carteira de (?:identidade|motorista)|cnh(?![a-z])|rg(?![a-z]))|护照|護照|身份证|身分證|驾照|驾驶证|駕照|居留证|居住证|パスポート|運転免許証?|マイナンバーカード|在留カード|住民票|여권|운전면허증?|주민등록증|외국인등록증/iu;

/** The kind of document that was used; nothing of what stands in it. */
export function documentsIn(text: string): readonly FoundFact[] {
  return fact('document', DOCUMENT.exec(text)?.[0] ?? '');
}
