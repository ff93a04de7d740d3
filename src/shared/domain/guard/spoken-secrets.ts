import type { SecretHit } from './secret-types.ts';

const CONNECTOR = '(?:\\s{0,2}(?:is|are|was|=|:|：|es|é|est|ist|это|—|-|是|为|為|は|が|는|은|가|이)){1,2}';

const CODE_CUE = [
  '\\botp\\b',
  'one[- ]time (?:code|password|passcode|pin)',
  '(?:verification|authenticat(?:ion|or)|security|confirmation|2fa|mfa|two[- ]factor|log-?in|sign-?in|sms|text|google)(?: (?:authenticator|verification))? (?:code|pin|token|passcode)',
  '2fa',
  '(?:[验驗][证證]|[动動][态態]|校[验驗]|短信)[码碼]',
  '(?:認証|確認|ワンタイム|セキュリティ)\\s?(?:コード|パスワード|番号)',
  '(?:인증|보안|확인)\\s?(?:번호|코드)',
  'c[óo]digo (?:de |do )?(?:verificaci[óo]n|verifica[çc][ãa]o|seguridad|seguran[çc]a|confirmaci[óo]n|confirma[çc][ãa]o|acceso|acesso|autenticaci[óo]n|autentica[çc][ãa]o|sms|2fa)',
  'code de (?:v[ée]rification|s[ée]curit[ée]|confirmation)',
  '(?:best[äa]tigungs|sicherheits|verifizierungs|authentifizierungs)code',
  'codice di (?:verifica|sicurezza|conferma)',
  'код\\p{L}{0,2} (?:подтверждения|верификации|безопасности|авторизации|двухфакторн\\p{L}+|2fa|из (?:смс|sms))',
].join('|');

const CODE = new RegExp(
  `(?:${CODE_CUE})(?<link>${CONNECTOR}\\s{0,3})?[^\\p{L}\\d\\n]{0,6}(?<value>\\d{3}[ -]\\d{3}|\\d{4,8})(?![\\d%]|[.,:/-]\\d|\\s?(?:times|min|hours|days|attempts|years?|年|月|日|分|時|小时|회|분|раз|час|vezes|veces))`,
  'giu',
);

/** Codes that are sent or shown as six digits and are called by nothing but their owner. */
const OWN_CODE = new RegExp(
  `\\b(?:(?:my|your|the (?:new|6[- ]digit|six[- ]digit|sms)) code|code (?:that )?(?:they|you|i|google|the app) (?:just )?(?:sent|gave|got|received|texted)(?: (?:to )?me)?|(?:mi|tu|su) c[óo]digo|(?:meu|seu) c[óo]digo|(?:mon|votre) code|(?:mein|ihr) code)(?<link>${CONNECTOR}\\s{0,3})?[^\\p{L}\\d\\n]{0,4}(?<value>\\d{3}[ -]?\\d{3})(?![\\d%]|[.,:/-]\\d)|(?<!\\p{L})(?:мой|ваш) код(?<link2>${CONNECTOR}\\s{0,3})?[^\\p{L}\\d\\n]{0,4}(?<value2>\\d{3}[ -]?\\d{3})(?![\\d%]|[.,:/-]\\d)`,
  'giu',
);

/** The code first: "739416 is your verification code". */
const CODE_FIRST = new RegExp(
  `(?<![\\d.,:/#]|[A-Za-z]{2}|(?<!\\bG)-)(?<value>\\d{3}[ -]\\d{3}|\\d{4,8})\\s?(?:(?:is|as|es|é|est|ist|—|–|-|это)\\s|是|为|為|は|が|입니다)[^.。\\n]{0,24}?(?:${CODE_CUE})`,
  'giu',
);

const OWN = '\\b(?:my|mi|minha|mon|mein|mio|meu|ma|il mio|la mia)\\b|我的?|私の|僕の|自分の|내|제|мо[йея]';
const PASSWORD_CUE =
  '(?:支付|交易|资金|資金|提现|提現|提币|提幣)密[码碼]|pass ?word|passwd|\\bpwd\\b|pass ?code|pass ?phrase|(?:login|trading|account) password|密[码碼]|口令|パスワード|暗証番号|비밀\\s?번호|비번|패스워드|contrase[ñn]a|senha|mot de passe|passwort|kennwort|parol[ae]|heslo|парол[ьяе]м?|\\bpin\\b';

const PASSWORD = new RegExp(
  `(?<own>(?:${OWN})[^\\n.!?。]{0,24}?)?(?:${PASSWORD_CUE})(?: (?:for|to|of|de|do|от|к|para) [^\\n:=.]{1,24}?)?(?<link>${CONNECTOR})?\\s{0,2}["'“‘「『]?(?<value>[^\\s"'”’」』<>()（）。，、]{4,64})`,
  'giu',
);

/** Six digits that payments are confirmed with; the words before the name of a password are part of it. */
const PAYMENT_PASSWORD = /^(?:支付|交易|资金|資金|提现|提現|提币|提幣)密[码碼]/u;

/**
 * Codes and passwords that a text calls by name, in the languages of the word lists below. Likely when the words say whose or the value
 * looks like nothing else; else possible. Neither has a checksum: `password: required` must not be taken for one.
 */
export function findSpokenSecrets(text: string): readonly SecretHit[] {
  if (text.length < 8) return [];
  return [...(/\d{3}/u.test(text) ? [...findCodes(text), ...findOtherCodes(text)] : []), ...findPasswords(text)];
}

function findCodes(text: string): readonly SecretHit[] {
  return [...text.matchAll(CODE)].map((match) => {
    const value = match.groups?.['value'] ?? '';
    const to = match.index + match[0].length;
    const isYear = /^(?:19|20)\d\d$/u.test(value);
    // six digits behind the name of a code are one, with a colon or without
    const isSix = value.replaceAll(/\D/gu, '').length === 6;
    const certainty = (match.groups?.['link'] !== undefined || isSix) && !isYear ? 'likely' : 'possible';
    return { kind: 'one-time-code', certainty, from: to - value.length, to, detail: '' };
  });
}

function findOtherCodes(text: string): readonly SecretHit[] {
  const own = [...text.matchAll(OWN_CODE)].map((match): SecretHit => {
    const value = match.groups?.['value'] ?? match.groups?.['value2'] ?? '';
    const to = match.index + match[0].length;
    return { kind: 'one-time-code', certainty: 'likely', from: to - value.length, to, detail: '' };
  });
  const first = [...text.matchAll(CODE_FIRST)].map((match): SecretHit => {
    const value = match.groups?.['value'] ?? '';
    const isYear = /^(?:19|20)\d\d$/u.test(value);
    return {
      kind: 'one-time-code',
      certainty: isYear ? 'possible' : 'likely',
      from: match.index,
      to: match.index + value.length,
      detail: '',
    };
  });
  return [...own, ...first];
}

function findPasswords(text: string): readonly SecretHit[] {
  const hits: SecretHit[] = [];
  for (const match of text.matchAll(PASSWORD)) {
    const whole = match.groups?.['value'] ?? '';
    const value = whole.replace(/[.,;:!?]+$/u, '');
    if (!looksLikePassword(value)) continue;
    const isOwn = match.groups?.['own'] !== undefined;
    const isLinked = match.groups?.['link'] !== undefined;
    const isMixed = hasLettersAndMore(value, isOwn ? 6 : 8);
    if (!isLinked && !(isMixed && (isOwn || isAdjacent(match[0].slice(0, -whole.length), value)))) continue;
    const isPayment = isLinked && PAYMENT_PASSWORD.test(match[0]) && /^\d{6}$/u.test(value);
    const from = match.index + match[0].length - whole.length;
    const certainty = isOwn || isMixed || isPayment ? 'likely' : 'possible';
    hits.push({ kind: 'password', certainty, from, to: from + value.length, detail: '' });
  }
  return hits;
}

function hasLettersAndMore(value: string, least: number): boolean {
  return value.length >= least && /\p{L}/u.test(value) && /[^\p{L}]/u.test(value);
}

/** Chinese and Japanese need nothing between the name of a password and what looks like nothing else. */
function isAdjacent(before: string, value: string): boolean {
  return /(?:密[码碼]|口令|パスワード|暗証番号)\s{0,2}$/u.test(before) && /[a-z]/iu.test(value) && /\d/u.test(value);
}

/** Whether it could be one at all: not a word of the sentence, not a place for one, not an address. */
function looksLikePassword(value: string): boolean {
  if (value.length < 4 || /^[\p{L}\p{M}'’-]+$/u.test(value)) return false;
  if (/^[*•.●_x-]+$/iu.test(value) || /^[$%&<]|[{}[\]\\;]|^https?:|:\/\/|^@|^\/|⟦/u.test(value)) return false;
  return /\d/u.test(value) || /[!#&*?^~+=]/u.test(value);
}
