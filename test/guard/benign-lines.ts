import type { Random } from '../../src/main/engine/sample/random.ts';
import { base58, base58Check, bytesOf, digest, hexOf } from './secret-samples.ts';

const digits = (random: Random, length: number): string =>
  Array.from({ length }, (_, index) => String(random.int(index === 0 ? 1 : 0, 9))).join('');

const IBAN_LENGTHS: Readonly<Record<string, number>> = { DE: 18, NL: 14, FR: 23, ES: 20, GB: 18, PL: 24 };

/** With right check digits (ISO 7064, MOD 97-10). */
function iban(random: Random): string {
  const country = random.pick(Object.keys(IBAN_LENGTHS));
  const account =
    country === 'NL' || country === 'GB'
      ? `BANK${digits(random, (IBAN_LENGTHS[country] ?? 18) - 4)}`
      : digits(random, IBAN_LENGTHS[country] ?? 18);
  const number = [...`${account}${country}00`].map((sign) => String(Number.parseInt(sign, 36))).join('');
  const check = String(98n - (BigInt(number) % 97n)).padStart(2, '0');
  const whole = `${country}${check}${account}`;
  return random.chance(0.5) ? whole : whole.replaceAll(/(?<four>.{4})(?=.)/gu, '$<four> ');
}

const bech32 = (random: Random, length: number): string =>
  Array.from({ length }, () => random.pick([...'qpzry9x8gf2tvdw0s3jn54khce6mua7l'])).join('');

type Value = (random: Random) => string;

const values: Readonly<Record<string, Value>> = {
  txid: (random) => hexOf(bytesOf(random, 32)),
  txhash: (random) => `0x${hexOf(bytesOf(random, 32))}`,
  eth: (random) => `0x${hexOf(bytesOf(random, 20))}`,
  btc: (random) => (random.chance(0.5) ? `bc1q${bech32(random, 38)}` : base58Check(Uint8Array.from([0, ...bytesOf(random, 20)]))),
  tron: (random) => base58Check(Uint8Array.from([0x41, ...bytesOf(random, 20)])),
  sol: (random) => base58(bytesOf(random, 32)),
  signature: (random) => base58(bytesOf(random, 64)),
  xpub: (random) =>
    base58Check(Uint8Array.from([0x04, 0x88, 0xb2, 0x1e, ...bytesOf(random, 9), ...bytesOf(random, 32), 2, ...bytesOf(random, 32)])),
  order: (random) => digits(random, random.int(10, 19)),
  order16: (random) => digits(random, 16),
  short: (random) => digits(random, random.int(4, 8)),
  iban,
  uuid: (random) => hexOf(bytesOf(random, 16)).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/u, '$1-$2-$3-$4-$5'),
  phone: (random) => `+${digits(random, 2)} ${digits(random, 3)} ${digits(random, 4)} ${digits(random, 3)}`,
  amount: (random) => `${digits(random, random.int(1, 4))}.${digits(random, 2)}`,
  sha: (random) => hexOf(digest(bytesOf(random, 8))),
  git: (random) => hexOf(bytesOf(random, 20)),
  date: (random) => `2026-0${String(random.int(1, 9))}-1${String(random.int(0, 9))}`,
  time: (random) => `1${String(random.int(0, 9))}:${String(random.int(10, 59))}`,
};

const TEMPLATES = [
  'Where is my deposit? txid {txid}',
  'TX: {txhash} still pending after {short} blocks',
  'Transaction hash {txhash}',
  '{txid}',
  'https://explorer.example/tx/{txhash}',
  'I sent {amount} USDT to {tron} at {time}, nothing arrived',
  'My address is {eth}',
  'please withdraw to {btc}',
  'deposit address {btc} network bitcoin',
  'solana wallet {sol}',
  'signature {signature}',
  'my xpub is {xpub} for the watch-only wallet',
  'Order {order} was never delivered',
  'order id: {order16}',
  'Order #{order16} please cancel',
  'ref {order16}, invoice {short}',
  'Ticket {short}: any news?',
  'IBAN {iban}',
  'please refund to {iban}, thanks',
  'tracking number {order}',
  'my phone is {phone}',
  'the request id is {uuid}',
  'checksum of the installer: {sha}',
  'I am on commit {git}',
  'Paid {amount} EUR on {date} at {time}',
  'error code {short} when I log in',
  'I never received the verification code, tried {short} times',
  'The password reset mail from {date} does not work',
  'my account id {order} is locked since {date}',
  'can not find where to change my password',
  'you asked for the last four digits: {short}',
  'I did not share my seed phrase with anyone, tx {txid} was not me',
  'somebody took my funds after I gave them my private key, the theft is tx {txhash}',
  'Hi, I would like to know when the withdrawal of {amount} BTC from {date} will be approved.',
  'How can I add another person to my account and what does it cost per month?',
  '订单号 {order16} 什么时候发货？',
  '交易哈希 {txhash} 一直没有到账',
  '我的充值地址是 {tron}',
  '我收不到验证码，已经试了 {short} 次',
  '我忘记密码了，怎么办？',
  '注文番号 {order16} の件です',
  'トランザクション {txid} が反映されません',
  '認証コードが届きません。{time} に試しました。',
  '주문번호 {order16} 언제 오나요',
  '거래 해시 {txhash} 확인 부탁드립니다',
  '인증번호가 안 와요, {date} 부터요',
  'pedido {order16} no ha llegado',
  'la transacción {txid} sigue pendiente',
  'não recebi o código de verificação do dia {date}',
  'número do pedido {order}',
  'заказ {order16} не пришёл',
  'транзакция {txhash} не подтверждается',
  'не приходит код подтверждения с {date}',
  'Bestellnummer {order16}, bezahlt am {date}',
  'la commande {order16} du {date}',
  'customer {short}, account {order}, amount {amount}',
];

/** Lines as customers write them to a support desk of digital assets, with identifiers and without a secret. */
export function benignLines(random: Random, count: number): readonly string[] {
  return Array.from({ length: count }, () =>
    random.pick(TEMPLATES).replaceAll(/\{(?<name>\w+)\}/gu, (_whole, name: string) => values[name]?.(random) ?? name),
  );
}
