/** How people thank, and say that all is well. The same languages as `CHASER_PHRASES`. */
export const THANKS_PHRASES: readonly string[] = [
  ...`thanks|thank you|thx|thanx|ty|tysm|many thanks|thanks a lot|thanks so much|thank you so much|thank you very much|thank u|thank you kindly|much appreciated|appreciated|appreciate it|i appreciate it|really appreciate it|cheers|thanks for your help|thank you for your help|thanks for the help|thank you for the help|thanks for your support|thank you for your support|thanks for your quick reply|thank you for your quick reply|thanks for the quick reply|thanks for your reply|thank you for your reply|thanks for the update|thank you for the update|thanks for letting me know|thank you for letting me know|thanks for everything`.split(
    '|',
  ),
  ...'谢谢|謝謝|谢谢你|謝謝你|谢谢您|謝謝您|多谢|多謝|感谢|感謝|非常感谢|非常感謝|十分感谢|十分感謝|谢啦|謝啦|谢了|謝了|辛苦了|感谢帮助|感謝幫助|谢谢帮助|谢谢你的帮助|謝謝你的幫助|谢谢您的帮助|謝謝您的幫助|感恩|唔該|唔該晒'.split(
    '|',
  ),
  ...'ありがとう|ありがとうございます|ありがとうございました|有難うございます|有難うございました|どうもありがとうございます|どうもありがとうございました|感謝します|感謝いたします|助かりました|ご対応ありがとうございます|ご対応ありがとうございました|ご返信ありがとうございます|お返事ありがとうございます|早速のご対応ありがとうございます|お世話になりました'.split(
    '|',
  ),
  ...'감사합니다|감사해요|감사드립니다|고맙습니다|고마워요|고마워|정말 감사합니다|대단히 감사합니다|답변 감사합니다|도와주셔서 감사합니다|수고하셨습니다|수고하세요'.split(
    '|',
  ),
  ...'gracias|muchas gracias|mil gracias|muchísimas gracias|gracias por su ayuda|gracias por tu ayuda|gracias por la ayuda|gracias por todo|muchas gracias por su ayuda|muchas gracias por tu ayuda|muchas gracias por la ayuda|muchas gracias por todo|muy agradecido|muy agradecida|obrigado|obrigada|muito obrigado|muito obrigada|valeu|obrigado pela ajuda|obrigada pela ajuda|agradeço|merci|merci beaucoup|merci bien|mille mercis|merci pour votre aide|un grand merci|danke|danke schön|danke sehr|vielen dank|vielen lieben dank|herzlichen dank|besten dank|danke für die hilfe|danke für ihre hilfe|vielen dank für ihre hilfe|grazie|grazie mille|molte grazie|tante grazie|grazie per l aiuto'.split(
    '|',
  ),
  ...'спасибо|большое спасибо|спасибо большое|огромное спасибо|благодарю|спасибо за помощь|cảm ơn|xin cảm ơn|cảm ơn bạn|cảm ơn nhiều|cảm ơn rất nhiều|cám ơn|terima kasih|terima kasih banyak|makasih|terimakasih|makasih banyak|teşekkürler|teşekkür ederim|çok teşekkürler|çok teşekkür ederim|sağ olun|sağolun|eyvallah|شكرا|شكرا لك|شكرا لكم|شكرا جزيلا|شكراً جزيلاً|ألف شكر|ขอบคุณ|ขอบคุณมาก|ขอบพระคุณ|धन्यवाद|बहुत धन्यवाद|बहुत बहुत धन्यवाद|शुक्रिया|बहुत शुक्रिया'.split(
    '|',
  ),
];

/** What may stand beside it and asks for nothing. */
export const BESIDE_THANKS: readonly string[] =
  `ok|okay|oki|great|perfect|awesome|wonderful|excellent|nice|good|cool|super|got it|i got it|received|understood|noted|alright|all right|all good|it works|it works now|works now|it is working|it is working now|it s working now|its working now|working now|solved|it is solved|it s solved|resolved|it is resolved|fixed|it is fixed|problem solved|issue solved|issue resolved|again|so much|very much|a lot|indeed|and|have a nice day|have a good day|have a great day|have a great weekend|have a nice weekend|you too|take care|bye|goodbye|best|best regards|kind regards|regards|team|support|support team|sir|madam|hi|hello|dear|guys|sent from my iphone|sent from my ipad|sent from my android|get outlook for ios|get outlook for android
好|好的|好了|可以了|收到|明白|明白了|知道了|了解|已解决|已解決|解决了|解決了|已经好了|已經好了|没问题了|沒問題了|ok了|您|你|客服|大家|再见|再見|祝好|啊|呀|啦|哦|了|はい|承知しました|承知いたしました|了解です|了解しました|わかりました|分かりました|解決しました|無事解決しました|できました|受け取りました|大変|どうも|本当に|よろしくお願いします|よろしくお願いいたします|今後ともよろしくお願いいたします|네|넵|알겠습니다|해결됐습니다|해결되었습니다|해결됐어요|잘 됩니다|확인했습니다|정말|좋은 하루 되세요|vale|perfecto|listo|genial|excelente|ya funciona|ya está|solucionado|resuelto|de acuerdo|saludos|buen día|que tenga buen día|por todo|certo|perfeito|ótimo|resolvido|tudo certo|deu certo|funcionou|abraço|parfait|d accord|super|c est bon|ça marche|résolu|cordialement|bonne journée|bien reçu|perfekt|alles klar|prima|erledigt|gelöst|es funktioniert|es funktioniert jetzt|jetzt geht es|mit freundlichen grüßen|viele grüße|schönen tag|schönen tag noch|perfetto|risolto|tutto ok|va bene|buona giornata|хорошо|отлично|понял|поняла|понятно|всё работает|все работает|решено|получил|получила|ок|хорошего дня|được rồi|tốt|đã xong|đã nhận được|ạ|nhiều|baik|oke|sudah|sudah bisa|sudah selesai|mantap|min|kak|gan|tamam|çözüldü|oldu|harika|iyi günler|تمام|حسنا|تم الحل|ممتاز|ครับ|ค่ะ|คะ|นะครับ|นะคะ|มาก|โอเค|ได้แล้ว|เรียบร้อย|ठीक है|जी|सर`
    .split(/[|\n]+/u)
    .filter((each) => each !== '');
