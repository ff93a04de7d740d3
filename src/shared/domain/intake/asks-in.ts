import { FACT_FIELDS } from './fact-fields.ts';
import type { AskedLine } from './recognise/answers.ts';
import { ASK_LANGUAGES, ASK_WORDS } from './questions.ts';
import type { IntakeRules } from './checklist.ts';

/** A question as it may stand in a message, and the fact that it is about. */
interface KnownQuestion extends AskedLine {
  /** Only under a number: the short names are words of other things as well. */
  readonly isShort: boolean;
}

const KNOWN = new WeakMap<IntakeRules, readonly KnownQuestion[]>();

/** All questions of a team, in every language, the longest first. */
export function knownQuestions(rules: IntakeRules): readonly KnownQuestion[] {
  const known = KNOWN.get(rules) ?? collectQuestions(rules);
  KNOWN.set(rules, known);
  return known;
}

function collectQuestions(rules: IntakeRules): readonly KnownQuestion[] {
  const own = rules.kinds.flatMap(({ items }) =>
    items.flatMap(({ field, name, questions = [] }) => [
      ...questions.map(({ text }) => ({ field, question: text.trim(), isShort: false })),
      ...(name === undefined ? [] : [{ field, question: name.trim(), isShort: true }]),
    ]),
  );
  const ours = ASK_LANGUAGES.flatMap((language) =>
    FACT_FIELDS.flatMap((field) => [
      { field, question: ASK_WORDS[language].questions[field], isShort: false },
      { field, question: ASK_WORDS[language].names[field], isShort: true },
    ]),
  );
  return [...own, ...ours].filter(({ question }) => question !== '').toSorted((one, other) => other.question.length - one.question.length);
}

const NUMBERED = /^\s*(?<number>\d{1,2})[.)]\s?(?<said>.{1,500}?)\s*$/u;
const MOST_LINES = 300;

/** Our numbered questions in a text, by their numbers: what an answer such as "2. iPhone 13" is about. Their order is that of the text. */
export function numberedQuestions(text: string, known: readonly KnownQuestion[]): ReadonlyMap<number, AskedLine> {
  const found = new Map<number, AskedLine>();
  for (const line of text.split('\n').slice(0, MOST_LINES)) {
    const { number, said = '' } = NUMBERED.exec(line)?.groups ?? {};
    if (number === undefined) continue;
    const question = known.find((each) => (each.isShort ? said === each.question : said.includes(each.question)));
    if (question !== undefined && !found.has(Number(number)))
      found.set(Number(number), { field: question.field, question: question.question });
  }
  return found;
}

/** The facts that a text of ours asks for with a team's questions, in any of their languages; also where somebody has taken the numbers away. */
export function fieldsAsked(text: string, known: readonly KnownQuestion[]): readonly string[] {
  const byNumber = [...numberedQuestions(text, known).values()].map(({ field }) => field);
  const inText = known.filter(({ isShort, question }) => !isShort && text.includes(question)).map(({ field }) => field);
  return [...new Set([...byNumber, ...inText])];
}

const ASKING =
  /[?？؟]|(?<![a-z])(?:please|could you|can you|would you|kindly|let us know|send us|provide|por favor|envíe|indique|envie|informe)(?![a-z])|请|請|麻烦|麻煩|能否|提供|ください|お知らせ|教えて|주세요|부탁/iu;
/** What facts are called when an agent asks for them in their own words. */
const ASKED_FOR =
  /(?<![a-z])(?:tx ?id|tx ?hash|transaction (?:id|hash)|screenshots?|device|operating system|app version|which version|which network|wallet address|order (?:id|number)|user id|uid|(?:registered|account) e-?mail|error message|exact (?:time|amount|error)|what time|when did|how much|which coin|capturas?|dispositivo|versión|versão|red (?:usó|usaste)|rede|hash|id de (?:la )?transacción|id da transação|aparelho)(?![a-z])|哈希|截图|截圖|手机型号|手機型號|设备|裝置|系统版本|系統版本|版本号|版本號|哪个网络|哪條網路|哪条网络|地址|订单号|訂單號|报错|錯誤訊息|什么时候|什麼時候|何时|金额|スクリーンショット|機種|端末|バージョン|ネットワーク|ハッシュ|注文番号|いつ|エラーメッセージ|스크린샷|기기|버전|네트워크|해시|주문번호|언제|오류 메시지/iu;

/** Whether a message that somebody wrote by hand asks the customer for a fact: a question, or a wish, that names one. */
export function asksForFacts(text: string): boolean {
  return text
    .slice(0, 6_000)
    .split(/(?<=[.!?。！？])|\n/u)
    .slice(0, 120)
    .some((sentence) => ASKED_FOR.test(sentence.slice(0, 600)) && ASKING.test(sentence.slice(0, 600)));
}
