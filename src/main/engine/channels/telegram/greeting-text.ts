/** What `/start` and `/help` are answered with: that people are here, and how to reach them. By the language that the customer's app has. */
const WORDS: Readonly<Record<string, (name: string) => string>> = {
  en: (name) =>
    `This is ${name}. Write your question here, with pictures or files if they help. We never write first, and we never ask for passwords, codes or recovery phrases.`,
  zh: (name) => `这里是 ${name}。请直接在此写下您的问题，可以附上图片或文件。我们不会主动联系您，也绝不会索要密码、验证码或助记词。`,
  ja: (name) =>
    `${name} です。ご質問をこちらにお書きください。画像やファイルも送れます。こちらから先にご連絡することはなく、パスワードや認証コード、リカバリーフレーズをお尋ねすることもありません。`,
  es: (name) =>
    `Esto es ${name}. Escriba aquí su pregunta, con imágenes o archivos si ayudan. Nunca escribimos primero ni pedimos contraseñas, códigos o frases de recuperación.`,
};

/** @param language an IETF tag such as `zh-hans`; English for any other */
export function greetingText(language: string, name: string): string {
  const words = WORDS[language.toLowerCase().split('-')[0] ?? ''] ?? WORDS['en'];
  return words?.(name) ?? '';
}
