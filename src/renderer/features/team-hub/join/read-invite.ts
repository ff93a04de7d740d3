import i18next from 'i18next';
import { call } from '../../../bridge/client.ts';
import type { InvitePreview } from '../../../../shared/contract/team.contract.ts';
import { errorText } from '../../../i18n/error-text.ts';

/** An invite that could be read, with its text; `fileName` tells where it came from. */
export interface ReadInvite {
  readonly text: string;
  readonly fileName: string | null;
  readonly content: NonNullable<InvitePreview['invite']>;
  readonly preview: InvitePreview;
}

/** Has the engine read an invite; it connects to nobody. `problem` is in words, and only there when there is no invite. */
export async function readInvite(
  text: string,
  fileName: string | null,
): Promise<{ readonly invite: ReadInvite | null; readonly problem: string | null }> {
  const answer = await call('team.readInvite', { text });
  if (!answer.ok) {
    const { code } = answer.error;
    // What is longer than any invite does not even get to the one who reads it.
    const problem = code === 'invalid' ? i18next.t('hub:join.problem.malformed') : errorText(i18next.getFixedT(null, 'errors'), code);
    return { invite: null, problem };
  }
  const { invite: content } = answer.value;
  if (content === null) return { invite: null, problem: i18next.t('hub:join.problem.malformed') };
  return { invite: { text, fileName, content, preview: answer.value }, problem: null };
}
