import type { Person } from './people.ts';
import { fill } from './values.ts';
import type { Values } from './values.ts';
import { PHRASES } from './texts/all-phrases.ts';
import type { SampleLanguage } from './texts/phrases.ts';
import type { Random } from './random.ts';
import { formatLocal } from './zone-clock.ts';
import { visibleText } from '../../../shared/domain/quotes.ts';
import type { Channel, Party } from '../../../shared/domain/message.ts';
import type { Instant } from '../../../shared/domain/time.ts';

/** Mail and web forms are written like letters; everything else like talk. */
function isLetter(channel: Channel): boolean {
  return channel === 'email' || channel === 'web';
}

/** The messages in which a customer says this: one letter, or several lines of talk sent one after the other. */
export function customerTexts(
  body: string,
  context: {
    readonly person: Person;
    readonly language: SampleLanguage;
    readonly values: Values;
    readonly random: Random;
    readonly isFirst: boolean;
  },
): string[] {
  const { person, language, values, random, isFirst } = context;
  const phrases = PHRASES[language];
  const text = fill(body, values);
  if (!isLetter(person.channel)) {
    const parts = text.split('\n\n');
    return person.channel === 'community' || person.channel === 'x' ? [parts.join('\n')] : parts;
  }
  const isHasty = !isFirst && random.chance(0.5);
  const greeting = isHasty ? '' : `${random.pick(phrases.greetings)}\n\n`;
  const closing = isHasty ? '' : `\n\n${fill(random.pick(phrases.closings), values)}`;
  const phone = person.channel === 'email' && random.chance(0.15) ? `\n\n${phrases.sentFrom}` : '';
  return [`${greeting}${text}${closing}${phone}`];
}

/** Our answer, as the agent would send it on this channel. */
export function ourText(
  body: string,
  context: {
    readonly person: Person;
    readonly language: SampleLanguage;
    readonly values: Values;
    readonly agentName: string;
    readonly random: Random;
  },
): string {
  const { person, language, values, agentName, random } = context;
  const phrases = PHRASES[language];
  const text = fill(body, values);
  if (!isLetter(person.channel)) return text;
  const greeting = fill(random.pick(phrases.ourGreetings), values);
  const closing = fill(random.pick(phrases.ourClosings), { ...values, agent: agentName });
  return `${greeting}\n\n${text}\n\n${closing}`;
}

/** The line with which a mail program of this language announces what it quotes. */
export function attribution(language: SampleLanguage, at: Instant, zone: string, author: Party): string {
  const day = (options: Intl.DateTimeFormatOptions): string => formatLocal(at, PHRASES[language].locale, zone, options);
  const time = day({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const who = `${author.name} <${author.address}>`;
  const numeric = formatLocal(at, 'sv-SE', zone, { year: 'numeric', month: '2-digit', day: '2-digit' }).split('-');
  const [year = '', month = '', date = ''] = numeric;
  const weekday = day({ weekday: 'short' });
  switch (language) {
    case 'en':
      return `On ${day({ weekday: 'short', month: 'short', day: 'numeric', year: 'numeric' })} at ${time}, ${who} wrote:`;
    case 'zh-Hans':
      return `${who} 于${year}年${Number(month)}月${Number(date)}日${weekday} ${time}写道：`;
    case 'ja':
      return `${year}年${Number(month)}月${Number(date)}日(${weekday}) ${time} ${who}:`;
    case 'ko':
      return `${year}년 ${Number(month)}월 ${Number(date)}일 (${weekday}) ${time}, ${who}님이 작성:`;
    case 'es':
      return `El ${weekday}, ${Number(date)} ${day({ month: 'short' })} ${year} a las ${time}, ${who} escribió:`;
    case 'pt':
      return `Em ${weekday} ${Number(date)} de ${day({ month: 'short' })} de ${year} às ${time}, ${who} escreveu:`;
  }
}

interface Quoted {
  readonly at: Instant;
  readonly author: Party;
  readonly text: string;
}

/** The text with the earlier message below it, the way most mail programs send an answer. */
export function withQuote(text: string, language: SampleLanguage, zone: string, quoted: Quoted): string {
  const lines = quoted.text.split('\n').map((line) => (line.startsWith('>') ? `>${line}` : line === '' ? '>' : `> ${line}`));
  return `${text}\n\n${attribution(language, quoted.at, zone, quoted.author)}\n\n${lines.join('\n')}`;
}

const OUTLOOK: Readonly<Record<SampleLanguage, readonly [from: string, sent: string, to: string, subject: string]>> = {
  en: ['From', 'Sent', 'To', 'Subject'],
  'zh-Hans': ['发件人', '发送时间', '收件人', '主题'],
  ja: ['差出人', '送信日時', '宛先', '件名'],
  es: ['De', 'Enviado el', 'Para', 'Asunto'],
  ko: ['보낸 사람', '보낸 날짜', '받는 사람', '제목'],
  pt: ['De', 'Enviado em', 'Para', 'Assunto'],
};

/** The same in the manner of office mail programs: a rule, a block of headers, the text as it was. */
export function withHeaderBlock(
  text: string,
  language: SampleLanguage,
  zone: string,
  quoted: Quoted & { readonly to: Party; readonly subject: string },
): string {
  const [from, sent, to, subject] = OUTLOOK[language];
  const when = formatLocal(quoted.at, PHRASES[language].locale, zone, { dateStyle: 'long', timeStyle: 'short' });
  const head = [
    `${from}: ${quoted.author.name} <${quoted.author.address}>`,
    `${sent}: ${when}`,
    `${to}: ${quoted.to.name} <${quoted.to.address}>`,
    `${subject}: ${quoted.subject}`,
  ];
  return `${text}\n\n________________________________\n${head.join('\n')}\n\n${quoted.text}`;
}

/** At most 200 characters of what was written, on one line. */
export function previewOf(text: string): string {
  const line = visibleText(text).replaceAll(/\s+/gu, ' ').trim();
  // By characters, not by halves of them.
  return [...line].slice(0, 200).join('');
}

/** A mail program's HTML for a plain text: paragraphs, quotes as block quotes, addresses left alone. */
export function richHtml(text: string): string {
  const blocks = text.split('\n\n').map((block) => {
    const lines = block.split('\n');
    const isQuote = lines.every((line) => line.startsWith('>'));
    const inner = lines.map((line) => escapeHtml(isQuote ? line.replace(/^> ?/u, '') : line)).join('<br>');
    return isQuote
      ? `<blockquote style="margin:0 0 0 .8ex;border-left:1px solid #ccc;padding-left:1ex">${inner}</blockquote>`
      : `<p style="margin:0 0 12px">${inner}</p>`;
  });
  return `<html><head><meta charset="utf-8"></head><body style="font-family:Calibri,Arial,sans-serif;font-size:11pt;color:#1f2328">${blocks.join('\n')}</body></html>`;
}

export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
