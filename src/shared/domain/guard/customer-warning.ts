/** Languages in which a customer is told what to do after sending a secret. */
export const WARNING_LANGUAGES = ['en', 'zh-Hans', 'zh-Hant', 'ja', 'ko', 'es', 'pt', 'ru'] as const;
export type WarningLanguage = (typeof WARNING_LANGUAGES)[number];

const WARNINGS: Readonly<Record<WarningLanguage, string>> = {
  en: `Your message contained a recovery phrase or a private key. We removed it from our systems, but you must treat it as known to others.

Please do this now: create a new wallet with a new recovery phrase, and move your funds there. Do not use the old phrase or key again.

We never need your recovery phrase, private key or password, and we never ask for them. Anybody who does is not us.

This message was sent automatically. A person will read yours.`,
  'zh-Hans': `您的消息中包含助记词或私钥。我们已将其从系统中移除，但请您视其为已经泄露。

请立即这样做：用新的助记词创建一个新钱包，并把资产转移过去。旧的助记词或私钥请不要再使用。

我们从不需要您的助记词、私钥或密码，也绝不会向您索要。向您索要的人都不是我们。

本消息由系统自动发送，之后会有工作人员阅读您的消息。`,
  'zh-Hant': `您的訊息中包含助記詞或私鑰。我們已將其從系統中移除，但請您視其為已經外洩。

請立即這樣做：用新的助記詞建立一個新錢包，並把資產轉移過去。舊的助記詞或私鑰請不要再使用。

我們從不需要您的助記詞、私鑰或密碼，也絕不會向您索取。向您索取的人都不是我們。

本訊息由系統自動發送，之後會有人員閱讀您的訊息。`,
  ja: `お客様のメッセージに、リカバリーフレーズまたは秘密鍵が含まれていました。当社のシステムからは削除しましたが、すでに他人に知られたものとしてお取り扱いください。

今すぐ次のことを行ってください：新しいリカバリーフレーズで新しいウォレットを作成し、資産を移してください。古いフレーズや鍵は二度と使用しないでください。

当社がリカバリーフレーズ、秘密鍵、パスワードを必要とすることはなく、お尋ねすることも決してありません。尋ねてくる人は当社の者ではありません。

このメッセージは自動で送信されました。お客様のメッセージは担当者が拝見します。`,
  ko: `고객님의 메시지에 복구 문구 또는 개인 키가 들어 있었습니다. 저희 시스템에서는 삭제했지만, 이미 다른 사람에게 알려진 것으로 여기셔야 합니다.

지금 바로 새 복구 문구로 새 지갑을 만들고 자산을 옮겨 주세요. 이전 문구나 키는 다시 사용하지 마세요.

저희는 복구 문구, 개인 키, 비밀번호가 필요하지 않으며 절대로 요청하지 않습니다. 요청하는 사람은 저희가 아닙니다.

이 메시지는 자동으로 발송되었습니다. 고객님의 메시지는 담당자가 읽습니다.`,
  es: `Su mensaje contenía una frase de recuperación o una clave privada. La hemos eliminado de nuestros sistemas, pero debe considerarla conocida por otras personas.

Haga esto ahora: cree un monedero nuevo con una frase de recuperación nueva y traslade allí sus fondos. No vuelva a usar la frase o la clave anterior.

Nunca necesitamos su frase de recuperación, su clave privada ni su contraseña, y nunca las pedimos. Quien las pida no somos nosotros.

Este mensaje se ha enviado automáticamente. Una persona leerá el suyo.`,
  pt: `A sua mensagem continha uma frase de recuperação ou uma chave privada. Nós a removemos dos nossos sistemas, mas considere que ela já é conhecida por outras pessoas.

Faça isto agora: crie uma carteira nova com uma frase de recuperação nova e transfira os seus fundos para lá. Não volte a usar a frase ou a chave antiga.

Nunca precisamos da sua frase de recuperação, chave privada ou senha, e nunca as pedimos. Quem as pedir não somos nós.

Esta mensagem foi enviada automaticamente. Uma pessoa lerá a sua.`,
  ru: `В вашем сообщении была фраза восстановления или закрытый ключ. Мы удалили их из наших систем, но считайте, что они уже известны посторонним.

Сделайте сейчас следующее: создайте новый кошелёк с новой фразой восстановления и переведите туда средства. Старой фразой или ключом больше не пользуйтесь.

Нам никогда не нужны ваша фраза восстановления, закрытый ключ или пароль, и мы никогда их не спрашиваем. Тот, кто спрашивает, — не мы.

Это сообщение отправлено автоматически. Ваше сообщение прочтёт сотрудник.`,
};

const NEVER_FIRST: Readonly<Record<WarningLanguage, string>> = {
  en: 'Our staff never write to you first, and never ask for a recovery phrase, a private key or a password.',
  'zh-Hans': '我们的工作人员绝不会主动私信您，也绝不会索要助记词、私钥或密码。',
  'zh-Hant': '我們的人員絕不會主動私訊您，也絕不會索取助記詞、私鑰或密碼。',
  ja: '当社のスタッフから先にご連絡することはなく、リカバリーフレーズ、秘密鍵、パスワードをお尋ねすることもありません。',
  ko: '저희 직원은 먼저 메시지를 보내지 않으며, 복구 문구, 개인 키, 비밀번호를 절대 묻지 않습니다.',
  es: 'Nuestro personal nunca le escribe primero y nunca pide una frase de recuperación, una clave privada ni una contraseña.',
  pt: 'A nossa equipe nunca escreve primeiro e nunca pede frase de recuperação, chave privada ou senha.',
  ru: 'Наши сотрудники никогда не пишут первыми и никогда не спрашивают фразу восстановления, закрытый ключ или пароль.',
};

/** Meridian's language for what is known of a customer's (`zh-TW`, `pt-BR`, null); English for all others. */
export function warningLanguage(language: string | null): WarningLanguage {
  const tag = (language ?? '').toLowerCase();
  if (/^(?:zh-(?:hant|tw|hk|mo)|zht)\b/u.test(tag)) return 'zh-Hant';
  if (tag.startsWith('zh')) return 'zh-Hans';
  return WARNING_LANGUAGES.find((known) => known === tag.slice(0, 2)) ?? 'en';
}

/** What a customer is told who has sent a recovery phrase or a key. Names neither the secret nor what it was. */
export function customerWarning(language: string | null): string {
  return WARNINGS[warningLanguage(language)];
}

/** The banner "we never write first", in the team's own words where it has some. */
export function neverFirstText(language: string | null, own: Readonly<Partial<Record<WarningLanguage, string>>>): string {
  const known = warningLanguage(language);
  return own[known] ?? NEVER_FIRST[known];
}
