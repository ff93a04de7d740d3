import type { Lang } from '../../../../../shared/domain/language.ts';
import type { Address } from './parsed-mail.ts';

/** The mail that is quoted below a reply. */
export interface OriginalMail {
  readonly text: string;
  readonly from: Address;
  /** Epoch milliseconds. */
  readonly sentAt: number;
}

type Attribution = (when: string, who: string) => string;

/** How mail programs announce a quote in the customer's language, so that his own program folds it too. */
const attributions: Readonly<Partial<Record<Lang, Attribution>>> = {
  'zh-Hans': (when, who) => `${when}，${who} 写道：`,
  'zh-Hant': (when, who) => `${when}，${who} 寫道：`,
  ja: (when, who) => `${when} ${who}のメール:`,
  ko: (when, who) => `${when}, ${who}님이 작성:`,
  de: (when, who) => `Am ${when} schrieb ${who}:`,
  es: (when, who) => `El ${when}, ${who} escribió:`,
  fr: (when, who) => `Le ${when}, ${who} a écrit :`,
  pt: (when, who) => `Em ${when}, ${who} escreveu:`,
  it: (when, who) => `Il ${when}, ${who} ha scritto:`,
  vi: (when, who) => `Vào ${when}, ${who} đã viết:`,
  id: (when, who) => `Pada ${when}, ${who} menulis:`,
  tr: (when, who) => `${when} tarihinde ${who} şunları yazdı:`,
  ru: (when, who) => `${when}, ${who} написал:`,
};

const english: Attribution = (when, who) => `On ${when}, ${who} wrote:`;

/**
 * The original below an attribution line, each line prefixed by `>`.
 * @param language the customer's; English where we have no wording
 * @param zone IANA name of the zone in which the date is written, the customer's where known
 */
export function quoteOriginal(original: OriginalMail, language: Lang | null, zone: string): string {
  const when = new Intl.DateTimeFormat(language ?? 'en-GB', { dateStyle: 'medium', timeStyle: 'short', timeZone: zone }).format(
    original.sentAt,
  );
  const { name, address } = original.from;
  const who = name === '' ? `<${address}>` : `${name} <${address}>`;
  const attribution = ((language === null ? undefined : attributions[language]) ?? english)(when, who.replace(/\s+/gu, ' '));
  const lines = original.text.replace(/\r\n?/gu, '\n').replace(/\n+$/u, '').split('\n');
  return [attribution, ...lines.map((line) => (line.startsWith('>') ? `>${line}` : line === '' ? '>' : `> ${line}`))].join('\n');
}
