/** What the bot says besides the steps of a playbook. `{sentence}` is one of the three sentences about when a person reads it. */
export interface Phrases {
  readonly notUnderstood: string;
  /** They have asked for a person once: how it can be had, and one more try. */
  readonly offer: string;
  /** Labels of the two answers to that; the first stands below every question. */
  readonly person: string;
  readonly goOn: string;
  /** The last words before a person has the conversation, by why the bot lets go. */
  readonly asked: string;
  readonly risk: string;
  readonly stuck: string;
  readonly solved: string;
  /** Somebody who speaks `{language}` reads it by `{time}`; somebody reads it by `{time}`; nobody knows when. */
  readonly speaking: string;
  readonly reading: string;
  readonly untimed: string;
  /** What people say who can not answer a question, and who want to go on with the bot. */
  readonly skip: readonly string[];
  readonly goOnToo: readonly string[];
  readonly yes: readonly string[];
}

/** In the languages that Meridian brings; a playbook may bring its own for others. */
export const PHRASES: Readonly<Record<string, Phrases>> = {
  en: {
    notUnderstood: 'I did not understand that.',
    offer: 'You can talk to a person. {sentence} Shall I pass you on now, or shall we try once more?',
    person: 'Talk to a person',
    goOn: 'Go on here',
    asked: 'I am passing you on to a person now, with everything that you have written here. {sentence}',
    risk: 'This goes to a person at once, with everything that you have written here. {sentence}\n\nTell nobody your password, codes or recovery phrase: we never ask for them.',
    stuck: 'I can not help you any further here. I am passing you on to a person, with everything that you have written. {sentence}',
    solved: 'I am glad that it helped. If anything is left, just write here: a person reads it then.',
    speaking: 'A person who speaks {language} reads this by {time} your time.',
    reading: 'A person reads this by {time} your time.',
    untimed: 'A person reads every conversation; I can not tell you a time yet.',
    skip: ['skip', "don't know", 'do not know', 'no idea', 'none', "don't have", 'do not have', 'not sure', 'n/a'],
    goOnToo: ['go on', 'continue', 'try again', 'once more', 'keep going', 'no'],
    yes: ['yes', 'yeah', 'yep', 'ok', 'okay', 'sure', 'please', 'yes please'],
  },
  'zh-CN': {
    notUnderstood: '抱歉，我没有看懂。',
    offer: '您可以与真人客服沟通。{sentence}现在为您转接，还是再试一次？',
    person: '转人工客服',
    goOn: '继续自助',
    asked: '正在为您转接人工客服，您在这里写的内容都会一并转交。{sentence}',
    risk: '您的问题会立即转给人工客服，您在这里写的内容都会一并转交。{sentence}\n\n请不要把密码、验证码或助记词告诉任何人：我们从不索要这些信息。',
    stuck: '这个问题我无法继续处理，正在为您转接人工客服，您写的内容都会一并转交。{sentence}',
    solved: '很高兴能帮到您。如果还有问题，直接在这里留言即可，届时由真人阅读。',
    speaking: '会说{language}的同事会在您当地时间{time}前阅读。',
    reading: '我们的同事会在您当地时间{time}前阅读。',
    untimed: '每个会话都有真人阅读，目前还无法告知具体时间。',
    skip: ['跳过', '不知道', '不清楚', '没有', '无', '忘了', '不记得'],
    goOnToo: ['继续', '再试', '再试一次', '不用', '不用了', '先不'],
    yes: ['是', '是的', '好', '好的', '可以', '行', '要', '转'],
  },
  'zh-TW': {
    notUnderstood: '抱歉，我沒有看懂。',
    offer: '您可以與真人客服溝通。{sentence}現在為您轉接，還是再試一次？',
    person: '轉人工客服',
    goOn: '繼續自助',
    asked: '正在為您轉接人工客服，您在這裡寫的內容都會一併轉交。{sentence}',
    risk: '您的問題會立即轉給人工客服，您在這裡寫的內容都會一併轉交。{sentence}\n\n請不要把密碼、驗證碼或助記詞告訴任何人：我們從不索要這些資訊。',
    stuck: '這個問題我無法繼續處理，正在為您轉接人工客服，您寫的內容都會一併轉交。{sentence}',
    solved: '很高興能幫到您。如果還有問題，直接在這裡留言即可，屆時由真人閱讀。',
    speaking: '會說{language}的同事會在您當地時間{time}前閱讀。',
    reading: '我們的同事會在您當地時間{time}前閱讀。',
    untimed: '每個對話都有真人閱讀，目前還無法告知具體時間。',
    skip: ['跳過', '不知道', '不清楚', '沒有', '無', '忘了', '不記得'],
    goOnToo: ['繼續', '再試', '再試一次', '不用', '不用了', '先不'],
    yes: ['是', '是的', '好', '好的', '可以', '行', '要', '轉'],
  },
  ja: {
    notUnderstood: '申し訳ありません、理解できませんでした。',
    offer: '担当者とお話しいただけます。{sentence}今すぐおつなぎしますか。それとも、もう一度ここで続けますか。',
    person: '担当者と話す',
    goOn: 'ここで続ける',
    asked: '担当者におつなぎします。ここまでの内容はすべて引き継ぎます。{sentence}',
    risk: 'ただちに担当者におつなぎします。ここまでの内容はすべて引き継ぎます。{sentence}\n\nパスワード、確認コード、リカバリーフレーズは誰にも教えないでください。当社からお尋ねすることは決してありません。',
    stuck: 'こちらではこれ以上お手伝いできません。ここまでの内容とともに担当者におつなぎします。{sentence}',
    solved: 'お役に立ててうれしいです。まだ何かありましたら、このままご記入ください。担当者が拝読します。',
    speaking: '{language}を話す担当者が、お客様の現地時間で{time}までに拝読いたします。',
    reading: '担当者が、お客様の現地時間で{time}までに拝読いたします。',
    untimed: 'すべての会話を担当者が拝読しております。現時点では時刻をお約束できません。',
    skip: ['スキップ', 'わからない', 'わかりません', '分かりません', '不明', 'なし', 'ありません', '覚えていない'],
    goOnToo: ['続ける', '続けます', 'もう一度', 'いいえ', '続けて'],
    yes: ['はい', 'お願いします', 'おねがいします', 'ええ', 'うん'],
  },
  es: {
    notUnderstood: 'No he entendido eso.',
    offer: 'Puede hablar con una persona. {sentence} ¿Le paso ahora o lo intentamos una vez más?',
    person: 'Hablar con una persona',
    goOn: 'Seguir aquí',
    asked: 'Le paso ahora con una persona, con todo lo que ha escrito aquí. {sentence}',
    risk: 'Esto pasa de inmediato a una persona, con todo lo que ha escrito aquí. {sentence}\n\nNo diga a nadie su contraseña, sus códigos ni su frase de recuperación: nunca se los pedimos.',
    stuck: 'Aquí no puedo ayudarle más. Le paso con una persona, con todo lo que ha escrito. {sentence}',
    solved: 'Me alegro de que haya servido. Si queda algo, escríbalo aquí: lo leerá una persona.',
    speaking: 'Una persona que habla {language} leerá esto antes de {time}, en su hora local.',
    reading: 'Una persona leerá esto antes de {time}, en su hora local.',
    untimed: 'Una persona lee todas las conversaciones; todavía no puedo indicarle una hora.',
    skip: ['saltar', 'no sé', 'no lo sé', 'ninguno', 'ninguna', 'no tengo', 'no recuerdo', 'omitir'],
    goOnToo: ['seguir', 'continuar', 'otra vez', 'una vez más', 'sigamos', 'no'],
    yes: ['sí', 'vale', 'de acuerdo', 'por favor', 'claro', 'ok'],
  },
};
