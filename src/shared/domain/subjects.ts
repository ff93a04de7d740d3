/** Reply and forward marks that mail programs put in front, in the languages our customers write. */
const PREFIX =
  /^\s*(?:(?:re|aw|antw|sv|vs|ref|rif|res|odp|ynt|fwd?|wg|tr|rv|enc|回复|回覆|答复|答覆|转发|轉寄|返信|転送|회신|전달)(?:\s*\[\d+\]|\s*\(\d+\))?\s*[:：]\s*)+/iu;

/** The subject without reply and forward marks, for comparing and for display. */
export function bareSubject(subject: string): string {
  return subject.replace(PREFIX, '').trim();
}

/** The subject of our answer: one `Re:`, never two, whatever language the marks before it were in. */
export function replySubject(subject: string): string {
  const bare = bareSubject(subject);
  return bare === '' ? 'Re:' : `Re: ${bare}`;
}
