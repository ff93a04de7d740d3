import { describe, expect, it } from 'vitest';
import { parseAutoconfig } from './autoconfig.ts';
import { discoverSettings, type DiscoveryNetwork } from './discover-settings.ts';
import { PROVIDERS } from './providers.ts';

const never = new AbortController().signal;

/** A network in which nothing is there but what a test puts there. */
function network(parts: Partial<DiscoveryNetwork> = {}): DiscoveryNetwork & { readonly asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    resolveSrv: async (name) => {
      asked.push(name);
      throw new Error('ENOTFOUND');
    },
    resolveMx: async (domain) => {
      asked.push(domain);
      throw new Error('ENOTFOUND');
    },
    fetchText: async (url) => {
      asked.push(url);
      throw new Error('status 404');
    },
    answers: async ({ host }) => {
      asked.push(host);
      return Promise.resolve(false);
    },
    ...parts,
  };
}

const CONFIG = `<?xml version="1.0"?>
<clientConfig version="1.1"><emailProvider id="team.test">
  <domain>team.test</domain><displayName>Team Mail</displayName>
  <incomingServer type="pop3"><hostname>pop.team.test</hostname><port>995</port><socketType>SSL</socketType></incomingServer>
  <incomingServer type="imap"><hostname>imap.team.test</hostname><port>143</port><socketType>STARTTLS</socketType><username>%EMAILADDRESS%</username></incomingServer>
  <incomingServer type="imap"><hostname>imap.%EMAILDOMAIN%</hostname><port>993</port><socketType>SSL</socketType><username>%EMAILLOCALPART%</username>
    <authentication>OAuth2</authentication><authentication>password-cleartext</authentication></incomingServer>
  <outgoingServer type="smtp"><hostname>smtp.team.test</hostname><port>587</port><socketType>STARTTLS</socketType><username>%EMAILADDRESS%</username></outgoingServer>
</emailProvider></clientConfig>`;

describe('discovery', () => {
  it('knows the well-known without asking anybody', async () => {
    for (const address of [
      'a@gmail.com',
      'b@Outlook.com',
      'c@qq.com',
      'd@163.com',
      'e@yahoo.co.jp',
      'f@naver.com',
      'g@web.de',
      'h@proton.me',
      'i@mail.ru',
    ]) {
      const net = network();
      const [first] = await discoverSettings(address, net, never);
      expect(first).toMatchObject({ source: 'built-in', user: address });
      expect(net.asked).toEqual([]);
    }
    expect((await discoverSettings('a@gmail.com', network(), never))[0]).toMatchObject({
      imap: { host: 'imap.gmail.com', port: 993, security: 'tls' },
      sentCopy: 'server',
      plusAddressing: true,
      appPasswordHint: 'https://support.google.com/accounts/answer/185833',
    });
  });

  it('recognises a company at a known provider by its mail exchanger', async () => {
    const at = async (exchange: string) =>
      (await discoverSettings('help@company.test', network({ resolveMx: async () => Promise.resolve([exchange]) }), never)).map(
        (each) => each.providerName,
      );
    expect(await at('aspmx.l.google.com')).toEqual(['Gmail']);
    expect(await at('company-test.mail.protection.outlook.com.')).toEqual(['Microsoft 365']);
    expect(await at('mxbiz1.qq.com')).toEqual(['Tencent Exmail']);
    // the end of the name decides, not a piece of it
    expect(await at('mail.google.com.evil.test')).toEqual([]);
    expect(await at('evilgoogle.com')).toEqual([]);
  });

  it('reads the service records of the domain; a target of "." means that there is none', async () => {
    const records: Record<string, { host: string; port: number }[]> = {
      '_imaps._tcp.team.test': [{ host: 'mail.team.test.', port: 993 }],
      '_submissions._tcp.team.test': [{ host: '.', port: 0 }],
      '_submission._tcp.team.test': [{ host: 'OUT.team.test', port: 587 }],
    };
    const found = await discoverSettings(
      'help@team.test',
      network({ resolveSrv: async (name) => Promise.resolve(records[name] ?? []) }),
      never,
    );
    expect(found).toEqual([
      {
        imap: { host: 'mail.team.test', port: 993, security: 'tls' },
        smtp: { host: 'out.team.test', port: 587, security: 'starttls' },
        user: 'help@team.test',
        sentCopy: 'append',
        plusAddressing: false,
        appPasswordHint: null,
        source: 'srv',
        providerName: null,
      },
    ]);
  });

  it('reads the file of the provider from either place', async () => {
    for (const place of [
      'https://autoconfig.team.test/mail/config-v1.1.xml',
      'https://team.test/.well-known/autoconfig/mail/config-v1.1.xml',
    ]) {
      const fetchText = async (url: string): Promise<string> =>
        url === place ? Promise.resolve(CONFIG) : Promise.reject(new Error('status 404'));
      expect(await discoverSettings('help@team.test', network({ fetchText }), never)).toMatchObject([
        {
          imap: { host: 'imap.team.test', port: 993, security: 'tls' },
          smtp: { port: 587, security: 'starttls' },
          user: 'help',
          source: 'autoconfig',
          providerName: 'Team Mail',
        },
      ]);
    }
  });

  it('tries the usual names last, and only what answers', async () => {
    const answers = async ({ host, port }: { host: string; port: number }): Promise<boolean> =>
      Promise.resolve(['mail.team.test:993', 'mail.team.test:465', 'mail.team.test:587'].includes(`${host}:${port}`));
    expect(await discoverSettings('help@team.test', network({ answers }), never)).toMatchObject([
      { imap: { host: 'mail.team.test', port: 993 }, smtp: { host: 'mail.team.test', port: 465 }, source: 'guess' },
    ]);
    expect(await discoverSettings('help@team.test', network(), never)).toEqual([]);
  });

  it('does not ask for what is no domain', async () => {
    for (const address of ['', 'x', 'x@', 'x@localhost', 'x@a.test/path', 'x@a.test:80']) {
      const net = network();
      expect(await discoverSettings(address, net, never)).toEqual([]);
      expect(net.asked).toEqual([]);
    }
  });

  it('gives up when it is told to', async () => {
    const stop = new AbortController();
    const silent = async <T>(): Promise<T> => new Promise<T>(() => {});
    const searching = discoverSettings(
      'help@team.test',
      network({ resolveSrv: silent, resolveMx: silent, fetchText: silent, answers: silent }),
      stop.signal,
    );
    stop.abort();
    expect(await searching).toEqual([]);
  });
});

describe('the built-in table', () => {
  it('names no domain twice and only encrypted servers', () => {
    const domains = PROVIDERS.flatMap((each) => each.domains);
    expect(new Set(domains).size).toBe(domains.length);
    expect(PROVIDERS.filter((each) => each.imap.security === 'none' || each.smtp.security === 'none')).toEqual([]);
    expect(PROVIDERS.flatMap((each) => each.help ?? []).filter((url) => !url.startsWith('https://'))).toEqual([]);
  });
});

describe('a configuration file', () => {
  const changed = (from: string | RegExp, to: string): unknown => parseAutoconfig(CONFIG.replaceAll(from, to), 'help@team.test');

  it('is refused when it offers nothing safe', () => {
    expect(parseAutoconfig(CONFIG, 'help@team.test')).not.toBeNull();
    expect(changed(/SSL|STARTTLS/gu, 'plain')).toBeNull();
    expect(changed(/imap\.[^<]*</gu, 'evil host/<')).toBeNull();
    expect(changed(/<port>\d+/gu, '<port>99999')).toBeNull();
    expect(changed('<?xml version="1.0"?>', '<!DOCTYPE x [<!ENTITY y "z">]>')).toBeNull();
    expect(changed('emailProvider', 'other')).toBeNull();
    expect(parseAutoconfig('', 'help@team.test')).toBeNull();
  });

  it('of any size is read in no time', () => {
    const started = performance.now();
    parseAutoconfig(`<emailProvider>${'<incomingServer type="imap">'.repeat(2_000)}`, 'help@team.test');
    parseAutoconfig('<!--'.repeat(16_000), 'help@team.test');
    parseAutoconfig('x'.repeat(10_000_000), 'help@team.test');
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});
