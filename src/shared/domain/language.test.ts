import { describe, expect, it, test } from 'vitest';
import { detectLanguage, languageOfTag } from './language.ts';
import type { Lang } from './language.ts';

const samples: readonly (readonly [Lang, string])[] = [
  ['en', 'I still have not received my order, could you check?'],
  ['en', 'Please cancel my subscription and refund the payment.'],
  ['en', 'Thanks, that worked! But now the app crashes when I log in.'],
  ['es', 'No he recibido mi pedido todavía, ¿pueden ayudarme?'],
  ['es', 'Hola, necesito cambiar la dirección de envío por favor.'],
  ['pt', 'Ainda não recebi o meu pedido, podem verificar?'],
  ['pt', 'Olá, gostaria de cancelar a minha conta por favor.'],
  ['fr', "Je n'ai toujours pas reçu ma commande, pouvez-vous vérifier ?"],
  ['fr', 'Bonjour, je voudrais annuler mon abonnement merci.'],
  ['de', 'Ich habe meine Bestellung noch nicht erhalten.'],
  ['de', 'Guten Tag, bitte kündigen Sie mein Konto, danke.'],
  ['it', 'Non ho ancora ricevuto il mio ordine, potete controllare?'],
  ['it', 'Buongiorno, vorrei cambiare la mia password, grazie.'],
  ['vi', 'Tôi vẫn chưa nhận được đơn hàng của mình, vui lòng kiểm tra.'],
  ['id', 'Saya belum menerima pesanan saya, tolong bantu cek.'],
  ['tr', 'Siparişim hala gelmedi, lütfen kontrol eder misiniz?'],
  ['zh-Hans', '您好，订单还没有收到，请处理。'],
  ['zh-Hant', '您好，訂單還沒有收到，請處理。'],
  ['zh-Hans', '我的 iPhone 15 Pro Max 无法登录 TradingView 账号'],
  ['ja', '注文した商品がまだ届きません。'],
  ['ja', '返金してください'],
  ['ko', '주문한 상품이 아직 도착하지 않았습니다.'],
  ['ru', 'Здравствуйте, где мой заказ? Это уже вторая неделя.'],
  ['uk', 'Вітаю, де моє замовлення? Чекаю її вже тиждень.'],
  ['ar', 'مرحبا، لم أستلم طلبي بعد'],
  ['he', 'שלום, עדיין לא קיבלתי את ההזמנה'],
  ['th', 'ยังไม่ได้รับสินค้าเลยครับ'],
  ['hi', 'मुझे अभी तक मेरा ऑर्डर नहीं मिला है'],
  ['el', 'Δεν έχω λάβει ακόμα την παραγγελία μου'],
];

describe('detectLanguage', () => {
  it.each(samples)('%s: %s', (language, text) => {
    expect(detectLanguage(text)).toBe(language);
  });

  it.each(['', '   ', '12345 67', 'ok', 'https://example.com/a/b a@b.example', 'Zyxw qwfp arst neio luyj bvkm', '👍👍'])(
    'is silent when unsure: %j',
    (text) => {
      expect(detectLanguage(text)).toBeNull();
    },
  );

  it('reads ideographs alone by what the conversation was in', () => {
    expect(detectLanguage('返金希望')).toBe('zh-Hans');
    expect(detectLanguage('返金希望', 'ja')).toBe('ja');
    expect(detectLanguage('至急', 'ja')).toBe('ja');
    // words that only Chinese writes outweigh it
    expect(detectLanguage('请问你们什么时候发货', 'ja')).toBe('zh-Hans');
    expect(detectLanguage('收到', 'zh-Hant')).toBe('zh-Hant');
  });

  it.each([
    // forms that only Japan writes
    ['出金済', 'ja'],
    ['返金対応', 'ja'],
    // Hong Kong
    ['點解提唔到款', 'zh-Hant'],
    ['我想提款但係唔得', 'zh-Hant'],
    ['提款失敗', 'zh-Hant'],
    ['账户冻结', 'zh-Hans'],
    // what was pasted is longer than what was said
    ['登录不了 Error: Network timeout connection refused', 'zh-Hans'],
    ['안녕하세요 error: connection refused at main thread exception', 'ko'],
    ['Hi, I am from 北京 and order is late', 'en'],
    // neighbours that share a script
    ['سلام، پرداخت من انجام نشد', null],
    ['میری رقم واپس نہیں آئی ہے', null],
    ['Здраво, моје плаћање није прошло', null],
    ['مرحبا أين طلبي', 'ar'],
    // (duplicated) is a word, and no face
    ['订单（重复）扣款', 'zh-Hans'],
  ])('tells %s from its neighbours', (text, language) => {
    expect(detectLanguage(text)).toBe(language);
  });

  it.each(['ok ¯\\_(ツ)_/¯', 'thx (・ω・)ノ', '(・ω・)', '(๑•̀ㅂ•́)و✧', '(゜Д゜)', '¯\\_(ツ)_/¯'])(
    'sees a face in %s and no language',
    (text) => {
      expect(detectLanguage(text)).toBeNull();
    },
  );

  it('reads Cyrillic without a telling letter by what the conversation was in', () => {
    expect(detectLanguage('Добрий день', 'uk')).toBe('uk');
    expect(detectLanguage('Это не то', 'uk')).toBe('ru');
  });

  it('reads no words in codes', () => {
    const codes = 'req-e140f825  X-RateLimit-Scope: subaccount\nreq-d5ee7f2e  X-RateLimit-Scope: subaccount';
    expect(detectLanguage(`Sure:\n\n${codes}\n\nWe use one key per subaccount, four in total.`, 'en')).toBe('en');
    expect(detectLanguage(codes)).toBeNull();
    expect(detectLanguage('提现100元没到账USDT-TRC20')).toBe('zh-Hans');
  });

  it('lets the conversation decide about short Latin text', () => {
    expect(detectLanguage('ok merci')).toBeNull();
    expect(detectLanguage('ok merci', 'fr')).toBe('fr');
    expect(detectLanguage('ok', 'ja')).toBeNull();
  });
});

test.each([
  ['zh-TW', 'zh-Hant'],
  ['zh_hk', 'zh-Hant'],
  ['zh-Hant-CN', 'zh-Hant'],
  ['zh-Hans-HK', 'zh-Hans'],
  ['zh-hans', 'zh-Hans'],
  ['zh', 'zh-Hans'],
  ['yue', 'zh-Hant'],
  ['pt-BR', 'pt'],
  ['EN-us', 'en'],
  ['iw', 'he'],
  ['pl', null],
  ['', null],
])('the tag %s names %s', (tag, language) => {
  expect(languageOfTag(tag)).toBe(language);
});
