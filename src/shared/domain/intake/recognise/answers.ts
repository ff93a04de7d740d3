import { ASK_LANGUAGES, ASK_WORDS } from '../questions.ts';
import { FACT_FIELDS } from '../fact-fields.ts';
import { tidy } from './found.ts';
import { PLACEHOLDER_LIKE } from './own-words.ts';

/** What a customer answers to a question, by its number or by the word before it. */
export interface Answer {
  readonly field: string;
  readonly value: string;
  /** They say that they do not know, or have none: it is not asked for again. */
  readonly isUnknown: boolean;
}

const NUMBERED = /^[\s*_>-]{0,6}[（(]?(?<number>\d{1,2})\s?(?:[).:：、．）】\]]|\s-)\s?(?<said>.{1,600})$/u;
const DOES_NOT_KNOW =
  /^(?:(?:i )?(?:do(?:n['’]?t| not)|dont) (?:know|have (?:it|one|that|any))|no idea|not sure|unknown|n\/?a|none|nothing|no lo sé|no (?:lo )?s[ée]|no (?:lo )?tengo|ninguno|não sei|não tenho|nenhum[a]?|不知道|不清楚|不太清楚|没有|沒有|无|無|不记得了?|不記得了?|分かりません|わかりません|分からない|わからない|不明|ありません|なし|없음|없습니다|모름|모르겠(?:어요|습니다)|모릅니다|[-–—?？]{1,3})[.。!！]?$/iu;

/** Labels that people put before their answers, besides the names that we ask with. */
const MORE_LABELS: Readonly<Record<string, readonly string[]>> = {
  when: [
    'when',
    'date',
    'time',
    'date/time',
    'time and date',
    '时间',
    '發生時間',
    '发生时间',
    '日期',
    'いつ',
    '発生日時',
    'cuándo',
    'fecha',
    'hora',
    'quando',
    'data',
    '시간',
    '날짜',
    '일시',
  ],
  did: [
    'what i did',
    'steps',
    'steps to reproduce',
    '操作',
    '步骤',
    '操作步骤',
    '手順',
    '操作手順',
    'pasos',
    'passos',
    'qué hice',
    'o que fiz',
    '한 일',
  ],
  happened: [
    'what happened',
    'actual',
    'actual result',
    'problem',
    'issue',
    '问题',
    '情况',
    '現象',
    '症状',
    '起きたこと',
    'qué pasó',
    'problema',
    'o que aconteceu',
    '증상',
    '문제',
  ],
  expected: [
    'expected',
    'expected result',
    'what i expected',
    '期望',
    '预期',
    '预期结果',
    '期待',
    '期待した動作',
    'esperado',
    'resultado esperado',
    '기대 결과',
  ],
  errorText: [
    'error',
    'error text',
    'error message',
    'message',
    '报错',
    '错误',
    '错误信息',
    '错误提示',
    'エラー',
    'エラー内容',
    'mensaje',
    'error que sale',
    'erro',
    '오류',
    '에러',
  ],
  device: [
    'device',
    'phone',
    'phone model',
    'model',
    'computer',
    '手机',
    '手机型号',
    '设备',
    '设备型号',
    '机型',
    '機種',
    '端末',
    'スマホ',
    'dispositivo',
    'teléfono',
    'móvil',
    'celular',
    'aparelho',
    '기기',
    '휴대폰',
    '기종',
  ],
  os: [
    'os',
    'system',
    'operating system',
    'os version',
    '系统',
    '系统版本',
    '操作系统',
    'os名',
    'sistema',
    'sistema operativo',
    'sistema operacional',
    '운영체제',
    'os 버전',
  ],
  appVersion: [
    'app',
    'app version',
    'version',
    'browser',
    '版本',
    'app版本',
    '应用版本',
    '浏览器',
    'アプリ',
    'バージョン',
    'アプリバージョン',
    'ブラウザ',
    'versión',
    'versión de la app',
    'navegador',
    'versão',
    'versão do app',
    '앱 버전',
    '버전',
    '브라우저',
  ],
  coin: [
    'coin',
    'token',
    'currency',
    'asset',
    '币种',
    '幣種',
    '币',
    'コイン',
    '通貨',
    '銘柄',
    'moneda',
    'criptomoneda',
    'moeda',
    '코인',
    '코인 종류',
  ],
  amount: [
    'amount',
    'quantity',
    '金额',
    '数量',
    '金額',
    '數量',
    '金額・数量',
    'cantidad',
    'importe',
    'monto',
    'valor',
    'quantia',
    '금액',
    '수량',
  ],
  network: ['network', 'chain', '网络', '链', '網路', '公链', 'ネットワーク', 'チェーン', 'red', 'rede', '네트워크', '체인'],
  transaction: [
    'txid',
    'tx id',
    'tx',
    'tx hash',
    'txhash',
    'hash',
    'transaction id',
    'transaction hash',
    'transaction',
    '哈希',
    '交易哈希',
    '交易id',
    'トランザクション',
    'ハッシュ',
    'id de transacción',
    'id de transação',
    'id da transação',
    '거래 해시',
    '해시',
  ],
  address: [
    'address',
    'wallet',
    'wallet address',
    'to address',
    'deposit address',
    '地址',
    '钱包地址',
    '充值地址',
    '提现地址',
    '收款地址',
    'アドレス',
    '送金先',
    '入金アドレス',
    'dirección',
    'endereço',
    '주소',
    '지갑 주소',
    '입금 주소',
  ],
  account: [
    'account',
    'email',
    'e-mail',
    'mail',
    'uid',
    'user id',
    'account id',
    'my account',
    '账号',
    '账户',
    '帳號',
    '邮箱',
    '信箱',
    '用户id',
    'アカウント',
    'メール',
    'メールアドレス',
    'ユーザーid',
    'cuenta',
    'correo',
    'conta',
    '계정',
    '이메일',
    '아이디',
  ],
  order: [
    'order',
    'order id',
    'order no',
    'order number',
    'withdrawal id',
    'deposit id',
    'reference',
    '订单',
    '订单号',
    '單號',
    '单号',
    '提现编号',
    '注文番号',
    '受付番号',
    'orden',
    'número de orden',
    'pedido',
    'ordem',
    '주문번호',
    '주문 번호',
  ],
  document: [
    'document',
    'id document',
    'document type',
    'id type',
    '证件',
    '证件类型',
    '書類',
    '本人確認書類',
    'documento',
    'tipo de documento',
    '신분증',
    '신분증 종류',
  ],
  screenshot: ['screenshot', '截图', 'スクショ', 'captura', 'captura de pantalla', '스크린샷'],
};

function labelKey(label: string): string {
  return label
    .toLowerCase()
    .replaceAll(/[\s*_]+/gu, ' ')
    .trim();
}

const LABELS: ReadonlyMap<string, string> = new Map(
  FACT_FIELDS.flatMap((field) => [
    ...ASK_LANGUAGES.map((language) => [labelKey(ASK_WORDS[language].names[field]), field] as const),
    ...(MORE_LABELS[field] ?? []).map((label) => [labelKey(label), field] as const),
  ]),
);
const LABELLED = /^[\s*_>•·-]{0,6}(?:\d{1,2}[).、．]\s?)?(?<label>[^:：=\n]{1,40}?)[*_]{0,2}\s?[:：=]\s?(?<said>.{1,600})$/u;
const MOST_LINES = 200;

/**
 * What of our numbered questions a text answers, and what it says behind words such as "Device:". Each line is one answer.
 * @param asked which fact each number of our last questions is about, with the question
 */
export function answersIn(text: string, asked: ReadonlyMap<number, AskedLine> = new Map()): readonly Answer[] {
  const lines = text.split('\n').slice(0, MOST_LINES);
  return lines.flatMap((line) => {
    const byNumber = numbered(line, asked);
    if (byNumber !== null) return byNumber.value === '' ? [] : [byNumber];
    const { label = '', said = '' } = LABELLED.exec(line)?.groups ?? {};
    const field = LABELS.get(labelKey(label));
    return field === undefined ? [] : answer(field, said);
  });
}

/** A question of ours under its number. */
export interface AskedLine {
  readonly field: string;
  readonly question: string;
}

function numbered(line: string, asked: ReadonlyMap<number, AskedLine>): Answer | null {
  if (asked.size === 0) return null;
  const { number, said = '' } = NUMBERED.exec(line)?.groups ?? {};
  const question = number === undefined ? undefined : asked.get(Number(number));
  if (question === undefined) return null;
  // some copy the question and answer behind it
  const own = said.startsWith(question.question) ? said.slice(question.question.length) : said;
  const behindLabel = LABELLED.exec(own)?.groups;
  const isLabelled = behindLabel !== undefined && LABELS.get(labelKey(behindLabel['label'] ?? '')) === question.field;
  const [found] = answer(question.field, isLabelled ? (behindLabel['said'] ?? '') : own);
  return found ?? { field: question.field, value: '', isUnknown: false };
}

function answer(field: string, said: string): readonly Answer[] {
  const value = tidy(said.replaceAll(/^[\s:：=*_-]+|[*_]+$/gu, ''));
  // where a secret was taken out nothing is left to keep
  if (value === '' || PLACEHOLDER_LIKE.test(value)) return [];
  return [{ field, value, isUnknown: DOES_NOT_KNOW.test(value) }];
}
