import type { Envelope } from './envelope.ts';
import { firstHeader } from './header-block.ts';
import type { HeaderField } from './header-block.ts';
import type { AutoKind } from './parsed-mail.ts';

/** Subjects of automatic replies, only at the beginning: people quote them further on. */
const replySubject =
  /^(?:automatic reply|auto(?:matic)?[- ]?(?:reply|response|responder)|out of (?:the )?office|away from (?:my|the) (?:office|mail)|vacation|on leave|automatische antwort|abwesenheits(?:notiz|meldung)?|respuesta automática|fuera de (?:la )?oficina|réponse automatique|absence du bureau|resposta automática|fora do escritório|risposta automatica|自动回复|自動回覆|自动答复|外出|不在|自動返信|自動応答|不在通知|자동 응답|자동 회신|부재중)/iu;

const robotSender =
  /^(?:no-?_?reply|do-?not-?reply|donotreply|noreply-.*|notifications?|notify|mailer-?daemon|postmaster|bounces?|automated?|auto-?reply|autoresponder)(?:[-+.][^@]*)?@/iu;

/**
 * Classifies a mail by RFC 3834, RFC 2919, RFC 2369 and the headers that programs used before them. The most specific kind
 * wins: bounce, automatic reply, list, automatic mail.
 */
export function classifyAuto(fields: readonly HeaderField[], envelope: Envelope, isBounce: boolean): AutoKind {
  if (isBounce) return 'bounce';
  const submitted = header(fields, 'auto-submitted').split(';')[0]?.trim() ?? '';
  const isSubmittedByMachine = submitted !== '' && submitted !== 'no';
  const isBulk = ['bulk', 'junk', 'list'].includes(header(fields, 'precedence'));
  if (submitted.startsWith('auto-replied') || isAutoReplyByHeader(fields)) return 'auto-reply';
  const isReply = replySubject.test(envelope.subject.replace(/^(?:re|aw|sv|rv)\s*:\s*/iu, ''));
  if (isReply && (isSubmittedByMachine || isBulk || envelope.returnPath === '' || header(fields, 'x-auto-response-suppress') !== ''))
    return 'auto-reply';
  if (isBulk || listHeaders.some((name) => header(fields, name) !== '')) return 'list';
  return isSubmittedByMachine || isFromRobot(fields, envelope) ? 'auto-generated' : 'none';
}

function isFromRobot(fields: readonly HeaderField[], envelope: Envelope): boolean {
  return (
    envelope.returnPath === '' ||
    header(fields, 'content-type').startsWith('multipart/report') ||
    robotSender.test(envelope.from?.address ?? '')
  );
}

const listHeaders = ['list-id', 'list-post', 'list-unsubscribe'];

/** Headers of vacation programs older than RFC 3834. */
const autoReplyHeaders = ['x-autoreply', 'x-autorespond', 'x-autoresponder', 'x-auto-reply-from', 'x-autoreply-from', 'x-mail-autoreply'];

function isAutoReplyByHeader(fields: readonly HeaderField[]): boolean {
  return header(fields, 'precedence') === 'auto_reply' || autoReplyHeaders.some((name) => !['', 'no'].includes(header(fields, name)));
}

function header(fields: readonly HeaderField[], name: string): string {
  return (firstHeader(fields, name) ?? '').trim().toLowerCase();
}
