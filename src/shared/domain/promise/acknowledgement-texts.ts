/** The words of the acknowledgements that Meridian brings; a workspace may write its own. */

export const ACKNOWLEDGEMENT_LANGUAGES = ['en', 'zh-Hans', 'zh-Hant', 'ja', 'es', 'ko'] as const;
export type AcknowledgementLanguage = (typeof ACKNOWLEDGEMENT_LANGUAGES)[number];

/**
 * Texts with placeholders. `{language}` is the language of the reader in the language of the text, `{time}` the time on
 * the customer's clock, `{sentence}` one of the three sentences, `{name}` the customer and `{reference}` the case.
 */
export interface AcknowledgementTemplate {
  readonly language: AcknowledgementLanguage;
  readonly greeting: string;
  /** For customers whose name is not known. */
  readonly namelessGreeting: string;
  readonly body: string;
  /** Somebody who speaks the customer's language reads it by a time. */
  readonly speaking: string;
  /** Somebody reads it by a time. */
  readonly reading: string;
  /** No time can be told. */
  readonly untimed: string;
}

export const ACKNOWLEDGEMENT_TEMPLATES: { readonly [Language in AcknowledgementLanguage]: AcknowledgementTemplate } = {
  en: {
    language: 'en',
    greeting: 'Hello {name},',
    namelessGreeting: 'Hello,',
    body: 'We have your message (reference {reference}).\n{sentence}\n\nThis acknowledgement was sent automatically; you can reply to it to add something.',
    speaking: 'A person who speaks {language} reads this by {time} your time.',
    reading: 'A person reads this by {time} your time.',
    untimed: 'A person reads every message. We can not tell you a time yet.',
  },
  'zh-Hans': {
    language: 'zh-Hans',
    greeting: '{name}，您好：',
    namelessGreeting: '您好：',
    body: '您的来信已收到（编号 {reference}）。\n{sentence}\n\n这是一封自动确认函；如需补充，直接回复即可。',
    speaking: '会说{language}的同事会在您当地时间{time}前阅读您的来信。',
    reading: '我们的同事会在您当地时间{time}前阅读您的来信。',
    untimed: '每一封来信都由真人阅读，目前还无法告知您具体时间。',
  },
  'zh-Hant': {
    language: 'zh-Hant',
    greeting: '{name}，您好：',
    namelessGreeting: '您好：',
    body: '您的來信已收到（編號 {reference}）。\n{sentence}\n\n這是一封自動確認函；如需補充，直接回覆即可。',
    speaking: '會說{language}的同事會在您當地時間{time}前閱讀您的來信。',
    reading: '我們的同事會在您當地時間{time}前閱讀您的來信。',
    untimed: '每一封來信都由真人閱讀，目前還無法告知您具體時間。',
  },
  ja: {
    language: 'ja',
    greeting: '{name} 様',
    namelessGreeting: 'お客様',
    body: 'お問い合わせを受け付けました（受付番号 {reference}）。\n{sentence}\n\nこのメールは自動でお送りしています。追記がある場合は、このままご返信ください。',
    speaking: '{language}を話す担当者が、お客様の現地時間で{time}までに拝読いたします。',
    reading: '担当者が、お客様の現地時間で{time}までに拝読いたします。',
    untimed: 'いただいたメールはすべて担当者が拝読しております。現時点では時刻をお約束できません。',
  },
  es: {
    language: 'es',
    greeting: 'Hola, {name}:',
    namelessGreeting: 'Hola:',
    body: 'Hemos recibido su mensaje (referencia {reference}).\n{sentence}\n\nEste acuse de recibo es automático; puede responder a él para añadir algo.',
    speaking: 'Una persona que habla {language} leerá este mensaje antes de {time}, en su hora local.',
    reading: 'Una persona leerá este mensaje antes de {time}, en su hora local.',
    untimed: 'Una persona lee todos los mensajes. Todavía no podemos indicarle una hora.',
  },
  ko: {
    language: 'ko',
    greeting: '{name} 고객님, 안녕하세요.',
    namelessGreeting: '안녕하세요, 고객님.',
    body: '문의가 접수되었습니다(접수 번호 {reference}).\n{sentence}\n\n이 메일은 자동으로 발송되었습니다. 추가하실 내용이 있으면 이 메일에 회신해 주세요.',
    speaking: '{language}를 하는 담당자가 고객님 현지 시간 {time}까지 이 메시지를 읽습니다.',
    reading: '담당자가 고객님 현지 시간 {time}까지 이 메시지를 읽습니다.',
    untimed: '모든 메시지는 담당자가 직접 읽습니다. 아직 시간을 알려 드릴 수 없습니다.',
  },
};

/** Weekdays from Monday and months from January, as they stand in a date. */
export const DATE_WORDS: {
  readonly [Language in AcknowledgementLanguage]: { readonly weekdays: readonly string[]; readonly months: readonly string[] };
} = {
  en: {
    weekdays: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
    months: ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'],
  },
  'zh-Hans': { weekdays: ['星期一', '星期二', '星期三', '星期四', '星期五', '星期六', '星期日'], months: [] },
  'zh-Hant': { weekdays: ['星期一', '星期二', '星期三', '星期四', '星期五', '星期六', '星期日'], months: [] },
  ja: { weekdays: ['月', '火', '水', '木', '金', '土', '日'], months: [] },
  es: {
    weekdays: ['lunes', 'martes', 'miércoles', 'jueves', 'viernes', 'sábado', 'domingo'],
    months: ['enero', 'febrero', 'marzo', 'abril', 'mayo', 'junio', 'julio', 'agosto', 'septiembre', 'octubre', 'noviembre', 'diciembre'],
  },
  ko: { weekdays: ['월', '화', '수', '목', '금', '토', '일'], months: [] },
};
