import type { Security, ServerEndpoint } from './email-account.ts';

/** What is known about a mail provider without asking anybody. */
export interface Provider {
  readonly name: string;
  /** Domains of its own addresses. */
  readonly domains: readonly string[];
  /** How the mail exchangers of companies hosted there end. */
  readonly exchangers: readonly string[];
  readonly imap: ServerEndpoint;
  readonly smtp: ServerEndpoint;
  /** `server` only where submission is known to file the copy itself: elsewhere the absence of a copy would be taken for proof. */
  readonly sentCopy: 'append' | 'server';
  readonly plusAddressing: boolean;
  /** Where the provider explains its app passwords or how IMAP is switched on. */
  readonly help: string | null;
}

function server(host: string, port: number, security: Security = 'tls'): ServerEndpoint {
  return { host, port, security };
}

/** Most providers: both servers inside TLS, copies filed by us, no plus-addresses. */
function provider(name: string, hosts: { readonly imap: string; readonly smtp: string }, facts: Partial<Omit<Provider, 'name'>>): Provider {
  const usual = { domains: [], exchangers: [], sentCopy: 'append' as const, plusAddressing: false, help: null };
  return { name, imap: server(hosts.imap, 993), smtp: server(hosts.smtp, 465), ...usual, ...facts };
}

export const PROVIDERS: readonly Provider[] = [
  provider(
    'Gmail',
    { imap: 'imap.gmail.com', smtp: 'smtp.gmail.com' },
    {
      domains: ['gmail.com', 'googlemail.com'],
      exchangers: ['.google.com', '.googlemail.com'],
      sentCopy: 'server',
      plusAddressing: true,
      help: 'https://support.google.com/accounts/answer/185833',
    },
  ),
  provider(
    'Outlook.com',
    { imap: 'outlook.office365.com', smtp: 'smtp-mail.outlook.com' },
    {
      domains: ['outlook.com', 'hotmail.com', 'live.com', 'msn.com', 'outlook.jp', 'hotmail.co.uk', 'hotmail.fr', 'outlook.de', 'live.cn'],
      smtp: server('smtp-mail.outlook.com', 587, 'starttls'),
      sentCopy: 'server',
      plusAddressing: true,
      help: 'https://support.microsoft.com/account-billing/5896ed9b-4263-e681-128a-a6f2979a7944',
    },
  ),
  provider(
    'Microsoft 365',
    { imap: 'outlook.office365.com', smtp: 'smtp.office365.com' },
    {
      exchangers: ['.mail.protection.outlook.com', '.mx.microsoft'],
      smtp: server('smtp.office365.com', 587, 'starttls'),
      plusAddressing: true,
      help: 'https://learn.microsoft.com/exchange/clients-and-mobile-in-exchange-online/authenticated-client-smtp-submission',
    },
  ),
  provider(
    'Yahoo',
    { imap: 'imap.mail.yahoo.com', smtp: 'smtp.mail.yahoo.com' },
    {
      domains: [
        'yahoo.com',
        'ymail.com',
        'rocketmail.com',
        'yahoo.co.uk',
        'yahoo.fr',
        'yahoo.de',
        'yahoo.es',
        'yahoo.it',
        'yahoo.ca',
        'yahoo.com.br',
        'yahoo.in',
      ],
      exchangers: ['.yahoodns.net'],
      help: 'https://help.yahoo.com/kb/SLN15241.html',
    },
  ),
  provider(
    'AOL',
    { imap: 'imap.aol.com', smtp: 'smtp.aol.com' },
    {
      domains: ['aol.com', 'aim.com', 'verizon.net'],
      help: 'https://help.aol.com/articles/Create-and-manage-app-password',
    },
  ),
  provider(
    'Yahoo! JAPAN',
    { imap: 'imap.mail.yahoo.co.jp', smtp: 'smtp.mail.yahoo.co.jp' },
    { domains: ['yahoo.co.jp', 'ymail.ne.jp'], help: 'https://support.yahoo-net.jp/PccMail/s/article/H000007322' },
  ),
  provider(
    'iCloud',
    { imap: 'imap.mail.me.com', smtp: 'smtp.mail.me.com' },
    {
      domains: ['icloud.com', 'me.com', 'mac.com'],
      exchangers: ['.mail.icloud.com'],
      smtp: server('smtp.mail.me.com', 587, 'starttls'),
      plusAddressing: true,
      help: 'https://support.apple.com/102654',
    },
  ),
  provider(
    'Fastmail',
    { imap: 'imap.fastmail.com', smtp: 'smtp.fastmail.com' },
    {
      domains: ['fastmail.com', 'fastmail.fm', 'messagingengine.com', 'sent.com'],
      exchangers: ['.messagingengine.com'],
      plusAddressing: true,
      help: 'https://www.fastmail.help/hc/articles/360058752854',
    },
  ),
  provider(
    'GMX',
    { imap: 'imap.gmx.net', smtp: 'mail.gmx.net' },
    { domains: ['gmx.net', 'gmx.de', 'gmx.at', 'gmx.ch'], help: 'https://hilfe.gmx.net/pop-imap/imap/index.html' },
  ),
  provider(
    'GMX',
    { imap: 'imap.gmx.com', smtp: 'mail.gmx.com' },
    { domains: ['gmx.com', 'gmx.us', 'gmx.co.uk', 'mail.com'], help: 'https://support.gmx.com/pop-imap/imap/index.html' },
  ),
  provider(
    'WEB.DE',
    { imap: 'imap.web.de', smtp: 'smtp.web.de' },
    { domains: ['web.de'], help: 'https://hilfe.web.de/pop-imap/imap/index.html' },
  ),
  provider(
    'T-Online',
    { imap: 'secureimap.t-online.de', smtp: 'securesmtp.t-online.de' },
    { domains: ['t-online.de', 'magenta.de'], help: 'https://www.telekom.de/hilfe/apps-dienste/e-mail' },
  ),
  provider(
    'QQ',
    { imap: 'imap.qq.com', smtp: 'smtp.qq.com' },
    { domains: ['qq.com', 'foxmail.com', 'vip.qq.com'], help: 'https://service.mail.qq.com/detail/0/75' },
  ),
  provider(
    'Tencent Exmail',
    { imap: 'imap.exmail.qq.com', smtp: 'smtp.exmail.qq.com' },
    { exchangers: ['mxbiz1.qq.com', 'mxbiz2.qq.com'], help: 'https://open.work.weixin.qq.com/help2/pc/19902' },
  ),
  provider('163', { imap: 'imap.163.com', smtp: 'smtp.163.com' }, { domains: ['163.com'], help: 'https://help.mail.163.com/' }),
  provider('126', { imap: 'imap.126.com', smtp: 'smtp.126.com' }, { domains: ['126.com'], help: 'https://help.mail.163.com/' }),
  provider('yeah.net', { imap: 'imap.yeah.net', smtp: 'smtp.yeah.net' }, { domains: ['yeah.net'], help: 'https://help.mail.163.com/' }),
  provider(
    'Alibaba Mail',
    { imap: 'imap.qiye.aliyun.com', smtp: 'smtp.qiye.aliyun.com' },
    { exchangers: ['.mxhichina.com', '.qiye.aliyun.com'] },
  ),
  provider(
    'Yandex',
    { imap: 'imap.yandex.com', smtp: 'smtp.yandex.com' },
    {
      domains: ['yandex.ru', 'yandex.com', 'ya.ru', 'yandex.kz', 'yandex.by'],
      exchangers: ['mx.yandex.net'],
      plusAddressing: true,
      help: 'https://yandex.com/support/id/authorization/app-passwords.html',
    },
  ),
  provider(
    'Mail.ru',
    { imap: 'imap.mail.ru', smtp: 'smtp.mail.ru' },
    {
      domains: ['mail.ru', 'bk.ru', 'inbox.ru', 'list.ru', 'internet.ru'],
      exchangers: ['emx.mail.ru'],
      help: 'https://help.mail.ru/mail/security/protection/external',
    },
  ),
  provider(
    'Zoho',
    { imap: 'imap.zoho.com', smtp: 'smtp.zoho.com' },
    {
      domains: ['zoho.com', 'zohomail.com'],
      exchangers: ['.zoho.com'],
      plusAddressing: true,
      help: 'https://www.zoho.com/mail/help/adminconsole/two-factor-authentication.html',
    },
  ),
  provider(
    'Zoho (EU)',
    { imap: 'imap.zoho.eu', smtp: 'smtp.zoho.eu' },
    { domains: ['zoho.eu', 'zohomail.eu'], exchangers: ['.zoho.eu'], plusAddressing: true },
  ),
  provider(
    'Naver',
    { imap: 'imap.naver.com', smtp: 'smtp.naver.com' },
    { domains: ['naver.com'], smtp: server('smtp.naver.com', 587, 'starttls'), help: 'https://help.naver.com/service/30029' },
  ),
  provider(
    'Proton Mail Bridge',
    { imap: '127.0.0.1', smtp: '127.0.0.1' },
    {
      domains: ['proton.me', 'protonmail.com', 'pm.me', 'protonmail.ch'],
      exchangers: ['.protonmail.ch'],
      imap: server('127.0.0.1', 1143, 'starttls'),
      smtp: server('127.0.0.1', 1025, 'starttls'),
      sentCopy: 'server',
      plusAddressing: true,
      help: 'https://proton.me/mail/bridge',
    },
  ),
];

/** The provider whose own addresses end in this domain, or null. */
export function providerOfDomain(domain: string): Provider | null {
  return PROVIDERS.find((each) => each.domains.includes(domain.toLowerCase())) ?? null;
}

/** The provider that takes mail for a domain with this mail exchanger, or null. */
export function providerOfExchanger(exchanger: string): Provider | null {
  const host = exchanger.toLowerCase().replace(/\.$/u, '');
  return PROVIDERS.find((each) => each.exchangers.some((end) => (end.startsWith('.') ? host.endsWith(end) : host === end))) ?? null;
}
