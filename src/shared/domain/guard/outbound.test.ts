import { beforeAll, describe, expect, it } from 'vitest';
import { registrableDomain } from '../../../main/engine/guard/registrable-domain.ts';
import { loadSecretScanner } from '../../../main/engine/guard/secret-scanner.ts';
import { heldOutSentences } from '../../../../test/guard/held-out-sentences.ts';
import { defang } from './defang.ts';
import type { OfficialRegistry } from './guard-types.ts';
import { addressesIn, isSameAddress, paysElsewhere } from './addresses.ts';
import { asksForSecret, checkOutbound, leadsElsewhere } from './outbound.ts';
import type { SecretScanner } from './secret-types.ts';

const registry: OfficialRegistry = { accounts: [], domains: ['coinharbor.com'], brands: ['CoinHarbor'] };
const links = { registry, registrableDomain };

let scanner: SecretScanner;

beforeAll(async () => {
  scanner = await loadSecretScanner();
});

describe('asks for secrets', () => {
  it('are the sentences that ask, with their places', () => {
    const text = 'Hello Anna. To go on, please send me your seed phrase. Never share your PIN with others.';
    expect(asksForSecret(text).map(({ from, to, detail }) => [text.slice(from, to), detail])).toEqual([
      ['To go on, please send me your seed phrase.', 'recovery-phrase'],
    ]);
  });

  it('are found in eight languages, and warnings are not', () => {
    // at least 98 of 100 and at most 2 of 100 are what `npm run guard-figures` holds; here a word list that lost a language is noticed
    for (const { bad, good } of Object.values(heldOutSentences)) {
      expect(bad.filter((sentence) => asksForSecret(sentence).length === 0).length).toBeLessThanOrEqual(1);
      expect(good.filter((sentence) => asksForSecret(sentence).length > 0).length).toBeLessThanOrEqual(1);
    }
  });

  it('are not hidden by a kind word or a threat', () => {
    expect(asksForSecret('Don’t worry, send me your private key.')).toHaveLength(1);
    expect(asksForSecret('Do not hesitate to share your password with me.')).toHaveLength(1);
    expect(asksForSecret('If you do not provide your recovery phrase, we close the account.')).toHaveLength(1);
    expect(asksForSecret('Ｐｌｅａｓｅ ｓｅｎｄ your seed phrase')).toHaveLength(1);
  });

  it('leave what one types at a login, and stop what is typed for us', () => {
    expect(asksForSecret('Enter your password and press Sign in.')).toEqual([]);
    expect(asksForSecret('Enter your password here in this chat.')).toHaveLength(1);
    expect(asksForSecret('Enter your recovery phrase on our page.')).toHaveLength(1);
  });
});

describe('long texts without an end', () => {
  it('cost time in proportion', () => {
    // what grew with the square took minutes here, longer than a test may
    expect(defang('a'.repeat(100_000))).toHaveLength(100_000);
    expect(scanner.scan('1234 5678 '.repeat(20_000))).toEqual([]);
  });
});

describe('what a reply leads to', () => {
  it('is told apart: ours, look-alikes, disguises, strangers', () => {
    const codes = (text: string): readonly string[] =>
      leadsElsewhere(text, links).map(({ code, severity, detail }) => `${severity} ${code} ${detail}`);
    expect(codes('see https://help.coinharbor.com/a?b=1 and coinharbor.com.')).toEqual([]);
    expect(codes('see https://coinharb0r.com/login.')).toEqual(['block look-alike-domain coinharbor.com']);
    expect(codes('see https://coinharbor.com@203.0.113.7/')).toEqual(['block disguised-link user-part']);
    expect(codes('see http://203.0.113.7/')).toEqual(['block disguised-link ip-host']);
    expect(codes('see bit.ly/3abc')).toEqual(['block disguised-link shortener']);
    expect(codes('see example.org (and file.txt, e.g. this).')).toEqual(['warn unofficial-domain example.org']);
    expect(codes('请看coinharbor-login.com，谢谢')).toEqual(['block look-alike-domain coinharbor.com']);
    expect(codes('请看help.coinharbor.com，谢谢')).toEqual([]);
    expect(codes('see сoinharbor.com')).toEqual(['block look-alike-domain coinharbor.com']);
    expect(codes('see xn--oinharbor-u3h.com now')).toEqual(['block look-alike-domain coinharbor.com']);
  });

  it('says where an address stands that nobody confirmed', () => {
    const ours = '0x52908400098527886E0F7030069857D2E4169EE7';
    const theirs = '0x52908400098527886E0F7030069857D2E4169EE8';
    const isOurs = ({ address }: { readonly address: string }): boolean => isSameAddress(address, ours.toLowerCase());
    expect(paysElsewhere(`to ${ours}`, isOurs)).toEqual([]);
    expect(paysElsewhere(`to ${theirs}`, isOurs)).toEqual([
      { code: 'unofficial-address', severity: 'block', from: 3, to: 45, detail: 'Ethereum' },
    ]);
  });

  it.each([
    ['Bitcoin', 'bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq'],
    ['Bitcoin', '1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa'],
    ['Tron', 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t'],
    ['Litecoin', 'ltc1qw508d6qejxtdg4y5r3zarvary0c5xw7kgmn4n9'],
    ['Solana', 'TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA'],
    ['XRP', 'rHb9CJAWyB4rj91VRWn96DkukG4bwdtyTh'],
  ])('knows an address of %s', (network, address) => {
    expect(addressesIn(`请转到${address}，谢谢`)).toHaveLength(1);
    expect(addressesIn(`Please pay to ${address}.`).map((found) => [found.network, found.address])).toEqual([[network, address]]);
  });

  it('takes no hash, number or id for an address', () => {
    const text =
      'tx e9873d79c6d87dc0fb6a5778633389f4453213303da61f20bd67fc233aa33262, order 1234567890123456789012345678, id 550e8400-e29b-41d4-a716-446655440000, rememberingthelongestwordsofall';
    expect(addressesIn(text)).toEqual([]);
  });

  it.each([
    'Do you have your recovery phrase at hand? Please send it to me.',
    'Your private key is on the paper. Type it here.',
    '您的助记词在身边吗？请发给我。',
    'リカバリーフレーズはお手元にありますか。こちらに送ってください。',
    '복구 구문을 가지고 계신가요? 여기에 적어 주세요.',
    '¿Tiene a mano su frase de recuperación? Envíemela.',
    'У вас есть сид-фраза? Пришлите её сюда.',
    'Please send me your s\u200be\u200bed phrase.',
    'Please send me your sееd phrase.',
  ])('finds an ask that is spread over sentences, or hidden: %s', (text) => {
    expect(checkOutbound(text, { scanner, links: null, isConfirmed: null }).map(({ code }) => code)).toContain('asks-for-secret');
  });

  it.each([
    'Never share your seed phrase. Please send us the transaction id.',
    'We never ask for your recovery phrase. Do not send it to us.',
    'Your recovery phrase stays with you. Write it down and keep it offline.',
    'Keep your private key safe. Please tell me the order number.',
    'Your password was changed. Please let us know whether it works.',
    'If somebody asks for your recovery phrase, report them. Send them to our page.',
    '请勿向任何人透露助记词。请把交易哈希发给我们。',
  ])('lets pass what only stands beside: %s', (text) => {
    expect(asksForSecret(text)).toEqual([]);
  });

  it('is judged as a whole, with what it echoes', () => {
    const text = 'You wrote: legal winner thank year wave sausage worth useful legal winner thank yellow. See https://example.org';
    const found = checkOutbound(text, { scanner, links, isConfirmed: null });
    expect(found.map(({ code }) => code)).toEqual(['echoes-secret', 'unofficial-domain']);
    expect(checkOutbound(text, { scanner, links: null, isConfirmed: () => false }).map(({ code }) => code)).toEqual(['echoes-secret']);
  });
});
