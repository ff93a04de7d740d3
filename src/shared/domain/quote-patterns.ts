/**
 * How mail programs announce a quoted mail, in the languages we meet. Every function looks at one bounded line and runs in
 * linear time: patterns hold no nested repetition, and long lines are refused before a pattern sees them.
 */

/** Longer lines are prose, never an announcement. */
const MAX_LINE = 600;

/** Words for "wrote" as they stand in an attribution line; compared in lower case. */
const verbs = [
  'wrote',
  'writes',
  'schrieb',
  'geschrieben',
  'escribió',
  'escribio',
  'ha escrito',
  'a écrit',
  'a ecrit',
  'escreveu',
  'ha scritto',
  'schreef',
  'skrev',
  'kirjoitti',
  'napisał',
  'написал',
  'пишет',
  'yazdı',
  'şunları yazdı',
  'đã viết',
  'menulis',
  '写道',
  '寫道',
  '的来信',
  '作成',
  '작성',
  '님이 쓴',
  '书き込みました',
  '書きました',
  'のメール',
  'のメッセージ',
];

/** Beginnings of attribution lines; used to find the first of several wrapped lines. */
const starters = ['on ', 'am ', 'le ', 'el ', 'em ', 'il ', 'op ', 'den ', '在 ', '在2', '于', '於', 'vào ', 'pada '];

const dateLike =
  /\d{1,4}[./\-年년]\s?\d{1,2}|\d{1,2}[:：h]\d{2}|\d{1,2}\.? [a-zà-ÿ]{3,10}\.?,? (?:de )?\d{4}|[a-z]{3,9}\.? \d{1,2},? \d{4}/iu;
const addressLike = /[^\s<>"'(),:;]@[^\s<>"'(),:;]/u;

/** Strength of a possible attribution: `strong` stands alone, `weak` needs a quote below it. */
export type AttributionStrength = 'none' | 'weak' | 'strong';

/** Judges one line, or several wrapped lines joined by spaces. */
export function attributionStrength(line: string): AttributionStrength {
  const text = line.trim();
  if (text.length < 4 || text.length > MAX_LINE) return 'none';
  const last = text.charAt(text.length - 1);
  const hasColon = last === ':' || last === '：';
  const lower = text.toLowerCase();
  const hasDate = dateLike.test(lower);
  const hasAddress = addressLike.test(text);
  const hasVerb = verbs.some((verb) => lower.includes(verb));
  // `2026年11月24日(火) 10:00 山田 <a@example.com>:` has no verb at all
  if (hasColon && hasDate && hasAddress) return 'strong';
  if (!hasVerb) return 'none';
  const endsInVerb = verbs.some((verb) => lower.endsWith(verb));
  if (!hasColon && !endsInVerb) return 'none';
  // `Am 24.11.2026 um 10:00 schrieb Jo <jo@example.com>:`; a date alone occurs in prose that quotes nobody
  if (hasAddress) return 'strong';
  if (hasDate && (starters.some((starter) => lower.startsWith(starter)) || /^\d{4}/u.test(lower))) return 'strong';
  return 'weak';
}

/** Whether a line can be the last one of a wrapped attribution. */
export function endsAttribution(line: string): boolean {
  const text = line.trimEnd();
  if (text.length > MAX_LINE) return false;
  const last = text.charAt(text.length - 1);
  return last === ':' || last === '：' || text.endsWith('写道') || text.endsWith('寫道') || text.endsWith('작성');
}

/** Whether a line looks like the first one of a wrapped attribution. */
export function startsAttribution(line: string): boolean {
  const lower = line.slice(0, MAX_LINE).trim().toLowerCase();
  return starters.some((starter) => lower.startsWith(starter)) && /\d/u.test(lower);
}

const separatorWords = [
  'original message',
  'original appointment',
  'original email',
  'forwarded message',
  'forwarded mail',
  'reply message',
  'ursprüngliche nachricht',
  'original-nachricht',
  'originalnachricht',
  'weitergeleitete nachricht',
  'mensaje original',
  'mensaje reenviado',
  "message d'origine",
  'message d’origine',
  'message original',
  'message transféré',
  'mensagem original',
  'mensagem encaminhada',
  'messaggio originale',
  'messaggio inoltrato',
  'oorspronkelijk bericht',
  '原始邮件',
  '原始郵件',
  '邮件原件',
  '郵件原件',
  '原邮件',
  '回复的原邮件',
  '转发的原邮件',
  '回复的邮件',
  '转发的邮件',
  '转发邮件信息',
  '轉寄的郵件',
  '已转发邮件',
  '元のメッセージ',
  '転送メッセージ',
  '転送されたメッセージ',
  '원본 메시지',
  '원본메시지',
  '전달된 메시지',
  '전달한 메시지',
];

const bareSeparators = new Set([
  'begin forwarded message:',
  'début du message transféré :',
  'début du message réexpédié :',
  'anfang der weitergeleiteten nachricht:',
  'inicio del mensaje reenviado:',
  'início da mensagem encaminhada:',
  '开始转发邮件：',
  '开始转发的邮件：',
  '開始轉寄郵件：',
  '転送されたメッセージ：',
  '전달된 메시지 시작:',
]);

/** `-----Original Message-----` and its relatives: dashes around (or before) known words. */
export function isSeparator(line: string): boolean {
  if (line.length > 200) return false;
  const text = line.trim().toLowerCase();
  if (bareSeparators.has(text)) return true;
  const first = text.charAt(0);
  if (!text.startsWith('--') && !text.startsWith('__') && !text.startsWith('==')) return false;
  let start = 0;
  while (text.charAt(start) === first || text.charAt(start) === ' ') start += 1;
  return separatorWords.some((word) => text.startsWith(word, start));
}

/** A long rule of underscores, which Outlook writes above its header block. */
export function isRule(line: string): boolean {
  const text = line.trim();
  if (text.length < 10 || text.length > 200) return false;
  for (const character of text) if (character !== '_' && character !== '-' && character !== '‐') return false;
  return true;
}

const labels: Readonly<Record<'from' | 'sent' | 'to' | 'cc' | 'subject', readonly string[]>> = {
  from: [
    'from',
    'von',
    'de',
    'da',
    'van',
    'от',
    '发件人',
    '寄件者',
    '寄件人',
    '發件人',
    '差出人',
    '送信者',
    '보낸 사람',
    '보낸사람',
    '발신',
  ],
  sent: [
    'sent',
    'date',
    'gesendet',
    'datum',
    'enviado',
    'enviado el',
    'enviada em',
    'enviado em',
    'enviada',
    'fecha',
    'data',
    'envoyé',
    'envoye',
    'inviato',
    'verzonden',
    '发送时间',
    '发送日期',
    '發送時間',
    '寄件日期',
    '日期',
    '时间',
    '送信日時',
    '日時',
    '日付',
    '보낸 날짜',
    '보낸날짜',
    '날짜',
    '발신일',
  ],
  to: ['to', 'an', 'para', 'à', 'a', 'pour', 'aan', '收件人', '收件者', '宛先', '받는 사람', '받는사람', '수신'],
  cc: ['cc', 'kopie', 'copie', 'cópia', '抄送', '抄送人', '副本', 'ｃｃ', '참조'],
  subject: [
    'subject',
    'betreff',
    'asunto',
    'objet',
    'assunto',
    'oggetto',
    'onderwerp',
    'тема',
    '主题',
    '主題',
    '主旨',
    '件名',
    '題名',
    '제목',
  ],
};

const fieldByLabel = new Map<string, string>();
for (const [field, words] of Object.entries(labels)) for (const word of words) if (!fieldByLabel.has(word)) fieldByLabel.set(word, field);

/** Which field of a quoted header block this line is, null for any other line. */
export function quotedField(line: string): string | null {
  const text = line.slice(0, 60).trim().replace(/^\*+/u, '');
  const ascii = text.indexOf(':');
  const wide = text.indexOf('：');
  const colon = ascii < 0 ? wide : wide < 0 ? ascii : Math.min(ascii, wide);
  if (colon <= 0 || colon > 24) return null;
  // `发件人 :`, `*From:*`, `日 期：`
  const label = text.slice(0, colon).replace(/\*+$/u, '').trim().toLowerCase();
  return fieldByLabel.get(label) ?? fieldByLabel.get(label.replace(/\s+/gu, '')) ?? null;
}

const sentFrom = [
  'sent from my ',
  'sent from mail for windows',
  'sent from outlook',
  'sent from yahoo mail',
  'sent from proton',
  'sent via ',
  'get outlook for ',
  'von meinem ',
  'gesendet mit ',
  'gesendet von ',
  'enviado desde mi ',
  'enviado desde ',
  'enviado do meu ',
  'enviado de meu ',
  'enviado do ',
  'envoyé de mon ',
  'envoyé depuis ',
  'envoyé à partir de ',
  'inviato da ',
  'verzonden vanaf ',
  'obtener outlook para ',
  'télécharger outlook pour ',
  'outlook für ',
  'obter o outlook para ',
  '发自我的',
  '发自 我的',
  '發自我的',
  '從我的',
  '从我的',
  '来自我的',
  '来自 outlook',
  '取得 outlook',
  '获取 outlook',
  'iphoneから送信',
  'ipadから送信',
  'android から送信',
  'androidから送信',
  'my iphoneから送信',
  '私のiphoneから送信',
  'スマートフォンから送信',
  '나의 iphone에서 보냄',
  '나의 ipad에서 보냄',
  '내 iphone에서 보냄',
  '내 갤럭시에서 보냄',
];

/** "Sent from my phone" in the languages we meet: a short line of its own. */
export function isSentFrom(line: string): boolean {
  if (line.length > 120) return false;
  const text = line
    .trim()
    .toLowerCase()
    .replace(/^[<[(—–-]+\s*/u, '');
  return sentFrom.some((start) => text.startsWith(start));
}
