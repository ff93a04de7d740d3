import { expect, test } from 'vitest';
import { loadSecretScanner } from '../../../main/engine/guard/secret-scanner.ts';
import { isRedacted, redact } from './placeholder.ts';

/** Made for tests: of entropy that everybody knows. */
const PHRASE = 'legal winner thank year wave sausage worth useful legal winner thank yellow';
const WORDS = PHRASE.split(' ');
const JAPANESE = 'いたりあ そんざい さやえんどう ぐんかん こくご たいみんぐ ひなん いやがる てんかい くわしい あまり すいえい'.split(' ');
const KOREAN = '경복궁 아울러 사설 몹시 범위 야옹 진행 골목 음력 몸통 감자 소음'.split(' ');
const HEX = 'e9873d79c6d87dc0fb6a5778633389f4453213303da61f20bd67fc233aa33262';
const WIF = '5HueCGU8rMjxEXxiPuD5BDku4MkFqeZyd4dZ1jvhTVqvbTLvyTJ';
const XPRV = 'xprv9s21ZrQH143K3QTDL4LXw2F7HEK3wJUD2nW2nRk4stbPy6cq3jPPqjiChkVvvNKmPGJxWUtg6LnF5kejMRNNU3TGtRBeJgk33yuGBxrMPHi';
const CARD = '4539578763621486';

const shifted = (text: string, by: number): string =>
  text.replaceAll(/[0-9A-Za-z]/gu, (sign) => String.fromCodePoint((sign.codePointAt(0) ?? 0) + by));
const grouped = (text: string, length: number, between: string): string =>
  (text.match(new RegExp(`.{1,${length}}`, 'gu')) ?? []).join(between);
const within = (text: string, sign: string): string => text.slice(0, 3) + sign + text.slice(3);

const scanner = await loadSecretScanner();

/** What is left of a text, by its letters and digits alone. */
function left(text: string): string {
  return redact(text, scanner.scan(text))
    .replaceAll(/⟦[^⟧]*⟧/gu, '#')
    .normalize('NFKC');
}

test.each([
  ['signs that are not seen, in each word', WORDS.map((word) => within(word, '\u200b')).join(' ')],
  ['nothing but a sign that is not seen between', WORDS.join('\u200c')],
  ['signs of direction', WORDS.map((word) => within(word, '\u202c')).join(' ')],
  ['variation selectors', WORDS.map((word) => within(word, '\ufe0f')).join(' ')],
  ['Cyrillic letters in Latin words', PHRASE.replaceAll('a', 'а').replaceAll('e', 'е')],
  ['full width', shifted(PHRASE, 0xfe_e0)],
  ['two blank lines between', WORDS.join('\n\n\n')],
  ['nothing between', WORDS.join('')],
  ['nothing between, capitals', WORDS.map((word) => word.replace(/^./u, (sign) => sign.toUpperCase())).join('')],
  ['"and" between', `my words: ${WORDS.join(' and ')}`],
  ['labels and "is"', WORDS.map((word, index) => `word ${index + 1} is ${word}`).join('\n')],
  [
    'ordinals',
    WORDS.map(
      (word, index) =>
        `${['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth', 'tenth', 'eleventh', 'twelfth'][index]}: ${word}`,
    ).join('\n'),
  ],
  ['items of a list', `<ul>${WORDS.map((word) => `<li>${word}</li>`).join('')}</ul>`],
  ['four letters of each, named', `recovery phrase: ${WORDS.map((word) => word.slice(0, 4)).join(' ')}`],
  ['Japanese without anything between', JAPANESE.join('')],
  ['the same, behind its name', `復元フレーズは${JAPANESE.join('')}です`],
  ['the same in NFD', JAPANESE.join('').normalize('NFD')],
  ['Korean without anything between', KOREAN.join('')],
  ['the same, with words behind it', `복구 구문: ${KOREAN.join('')}입니다`],
])('a recovery phrase is found: %s', (_what, text) => {
  const kinds = scanner.scan(text).filter(isRedacted);
  expect(kinds.map(({ kind }) => kind)).toEqual(['recovery-phrase']);
  expect(left(text)).not.toMatch(/winner|yell|すいえい|소음/iu);
});

test('signs that are not seen change nothing about the place of what is found', () => {
  const text = `a\u200bb \u{1f511} ${WORDS.map((word) => within(word, '\u200b')).join(' ')} behind \u200bit`;
  expect(redact(text, scanner.scan(text))).toBe('a\u200bb \u{1f511} ⟦redacted:recovery-phrase:12⟧ behind \u200bit');
});

test.each([
  ['hex of a deposit wallet', `Private key of the deposit account: ${HEX}`, HEX],
  ['hex of a withdrawal wallet', `this is the private key for my withdrawal wallet: ${HEX}`, HEX],
  ['hex in groups', `my private key: ${grouped(HEX, 8, ' ')}`, 'e9873d79'],
  ['hex over two lines', `my private key is\n${HEX.slice(0, 40)}\n${HEX.slice(40)}`, HEX.slice(40)],
  ['hex, 0X', `private key: 0X${HEX}`, HEX],
  ['hex with a sign that is not seen', `私钥：${within(HEX, '\u200b')}`, HEX.slice(3)],
  ['hex in full width', `私钥：${shifted(HEX, 0xfe_e0)}`, HEX],
  ['WIF over two lines', `${WIF.slice(0, 30)}\n${WIF.slice(30)}`, WIF.slice(30)],
  ['WIF in a quote', `> ${WIF.slice(0, 30)}\n> ${WIF.slice(30)}`, WIF.slice(30)],
  ['WIF with a sign that is not seen', within(WIF, '\u200b'), WIF.slice(3)],
  ['an extended key over lines', `${XPRV.slice(0, 70)}=\n${XPRV.slice(70)}`, XPRV.slice(70)],
  ['card, dots', grouped(CARD, 4, '.'), '5787'],
  ['card, thin blanks', grouped(CARD, 4, '\u2009'), '5787'],
  ['card, dashes', grouped(CARD, 4, '–'), '5787'],
  ['card, two blanks', grouped(CARD, 4, '  '), '5787'],
  ['card, full width', `card ${shifted(CARD, 0xfe_e0)}`, CARD],
  ['card, Arabic digits', `card ${CARD.replaceAll(/\d/gu, (digit) => String.fromCodePoint(0x6_60 + Number(digit)))}`, '٤٥٣٩'],
  ['card, lines', `my card\n${grouped(CARD, 4, '\n')}`, '5787'],
  ['card, digit by digit', `card: ${[...CARD].join(' ')}`, '5 7 8 7'],
  ['code, Chinese, nothing between', '【Acme】验证码123456，5分钟内有效，请勿泄露', '123456'],
  ['code, full width', '验证码：１２３４５６', '123456'],
  ['code first', '739416 is your verification code', '739416'],
  ['code first, Google', 'G-739416 is your Google verification code.', '739416'],
  ['code first, Chinese', '739416是您的验证码', '739416'],
  ['code of somebody', 'my code is 739416', '739416'],
  ['code on the next line', 'Verification code:\n739416', '739416'],
  ['code, Japanese', '認証番号 739416', '739416'],
  ['code, Korean', '인증번호[739416]를 입력해 주세요', '739416'],
  ['code, Russian', 'Ваш код 739416', '739416'],
  ['code, Spanish', 'Tu código es 739416', '739416'],
  ['password, Chinese, nothing between', '密码 abc12345', 'abc12345'],
  ['password, full width', '密码：ａｂｃ１２３４５！', 'abc12345'],
  ['password with signs', 'login: mei / password: Qw7!falter$Zebra', 'Zebra'],
  ['password of payments', '支付密码：739416', '739416'],
])('it is found: %s', (_what, text, secret) => {
  expect(left(text)).not.toContain(secret);
  expect(left(text)).toContain('#');
});

test.each([
  'Order 4539 5787 6362 1487 has not arrived',
  '订单号 4539578763621486 还没到账',
  'The transaction e9873d79c6d87dc0fb6a5778633389f4453213303da61f20bd67fc233aa33262 is pending',
  'I never shared my private key. Transaction: e9873d79c6d87dc0fb6a5778633389f4453213303da61f20bd67fc233aa33262',
  'My private key is safe, but the tx hash is e9873d79c6d87dc0fb6a5778633389f4453213303da61f20bd67fc233aa33262',
  'Error code 123456 when I log in',
  'promo code: 739416',
  '错误码 123456',
  '我没有收到验证码，我的手机号是 13800138000',
  '我 2026 年 3 月 12 日充值的，验证码 2026 年前就收不到了',
  'The verification code never came. My ticket is 739416.',
  '認証コードが届きません。注文番号は739416です。',
  '인증번호가 오지 않아요. 주문번호는 739416입니다.',
  'Код не приходит, номер заказа 739416',
  'No me llega el código, mi pedido es 739416',
  'O código não chegou, meu pedido é 739416',
  'Je ne reçois pas le code, ma commande est 739416',
  'Der Code kommt nicht an, meine Bestellung ist 739416',
  '我的账户里面没有看到钱了',
  '昨日の午後三時ごろにびっとこいんをそうきんしましたがいまだにとどいていませんのでかくにんをおねがいいたします',
  '어제오후세시에비트코인을보냈는데아직도도착하지않았습니다확인해주시면감사하겠습니다',
  'Call me at +49 170 1234 5678 901 or 0086 138 0013 8000',
  'Send to 0x52908400098527886E0F7030069857D2E4169EE7 or bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq',
  'that will make this even more clear than what they said when they were here last year with some cash',
  'Привет! Кaк делa? 👋 Перевод не дошёл ещё с 12.03.2026 15:20',
  'IBAN DE89 3704 0044 0532 0130 00',
  'the password reset link is v2.0-final and it expired',
])('it is left as it is: %s', (text) => {
  expect(redact(text, scanner.scan(text))).toBe(text);
});
