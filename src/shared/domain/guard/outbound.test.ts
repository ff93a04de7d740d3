import { beforeAll, describe, expect, it } from 'vitest';
import { registrableDomain } from '../../../main/engine/guard/registrable-domain.ts';
import { loadSecretScanner } from '../../../main/engine/guard/secret-scanner.ts';
import { heldOutSentences } from '../../../../test/guard/held-out-sentences.ts';
import { defang } from './defang.ts';
import type { OfficialRegistry } from './guard-types.ts';
import { asksForSecret, checkOutbound, leadsElsewhere, paysElsewhere } from './outbound.ts';
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
    expect(codes('请看coinharbor-login.com，谢谢')).toEqual([]);
  });

  it('says where an address stands that nobody confirmed', () => {
    const ours = '0x52908400098527886E0F7030069857D2E4169EE7';
    const theirs = '0x52908400098527886E0F7030069857D2E4169EE8';
    expect(paysElsewhere(`to ${ours}`, [ours.toLowerCase()])).toEqual([]);
    expect(paysElsewhere(`to ${theirs}`, [ours])).toEqual([
      { code: 'unofficial-address', severity: 'block', from: 3, to: 45, detail: 'ethereum' },
    ]);
  });

  it('is judged as a whole, with what it echoes', () => {
    const text = 'You wrote: legal winner thank year wave sausage worth useful legal winner thank yellow. See https://example.org';
    const found = checkOutbound(text, { scanner, links, confirmedAddresses: null });
    expect(found.map(({ code }) => code)).toEqual(['echoes-secret', 'unofficial-domain']);
    expect(checkOutbound(text, { scanner, links: null, confirmedAddresses: [] }).map(({ code }) => code)).toEqual(['echoes-secret']);
  });
});
