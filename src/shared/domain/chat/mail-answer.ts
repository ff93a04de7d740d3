/** What a mail says that answers the form of a web site, in the languages of the widget. */
interface MailWords {
  /** Nothing of what the visitor typed: the address may be somebody else's, who would read it as our words. */
  readonly subject: (site: string) => string;
  readonly why: (site: string) => string;
}

const EN: MailWords = {
  subject: (site) => `Answer from ${site}`,
  why: (site) =>
    `You get this because this address was entered into the contact form of ${site}. If it was not you, you need not do anything: nothing but the answer is sent. We never ask for recovery phrases, keys, passwords or codes.`,
};

const WORDS: Readonly<Record<'en' | 'zh' | 'ja' | 'es', MailWords>> = {
  en: EN,
  zh: {
    subject: (site) => `${site} 的答复`,
    why: (site) =>
      `您收到此邮件，是因为有人在 ${site} 的联系表单中填写了此地址。如果不是您本人填写，无需任何操作：除该答复外，我们不会发送其他内容。我们绝不会索要助记词、私钥、密码或验证码。`,
  },
  ja: {
    subject: (site) => `${site} からの回答`,
    why: (site) =>
      `このメールは、${site} のお問い合わせフォームにこのアドレスが入力されたためお送りしています。お心当たりがない場合は何もする必要はありません。回答以外のメールは送信されません。当社がリカバリーフレーズ、秘密鍵、パスワード、認証コードをお尋ねすることは決してありません。`,
  },
  es: {
    subject: (site) => `Respuesta de ${site}`,
    why: (site) =>
      `Recibe este mensaje porque esta dirección se escribió en el formulario de contacto de ${site}. Si no fue usted, no tiene que hacer nada: no se envía nada más que la respuesta. Nunca pedimos frases de recuperación, claves, contraseñas ni códigos.`,
  },
};

function wordsFor(locale: string): MailWords {
  const [language = ''] = locale.toLowerCase().split('-');
  return language === 'zh' || language === 'ja' || language === 'es' ? WORDS[language] : EN;
}

/** A name that stands in a header: one line, and not endless. */
function oneLine(site: string): string {
  return site
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim()
    .slice(0, 100);
}

/** @param locale of the page on which the form was filled in */
export function mailSubject(locale: string, site: string): string {
  return wordsFor(locale).subject(oneLine(site));
}

/** The answer, and below it why somebody gets it who may not have asked for it. */
export function mailText(locale: string, site: string, text: string): string {
  return `${text.trimEnd()}\n\n-- \n${wordsFor(locale).why(oneLine(site))}\n`;
}

/** The fact of a ticket's author under which the address stands that asked to be answered. */
export const MAIL_FACT = 'chat.mail';
