import { Bot, Hand } from 'lucide-react';
import type { ReactNode } from 'react';
import i18next from 'i18next';
import { useWords } from '../../../i18n/use-words.ts';
import type { CaseDetail } from '../../../../shared/contract/cases.contract.ts';
import type { CaseId } from '../../../../shared/domain/ids.ts';
import { call, newOperationId } from '../../../bridge/client.ts';
import { useLiveValue } from '../../../bridge/use-live.ts';
import type { ChannelRow } from '../../../../shared/contract/channels.contract.ts';
import { offerUndo } from '../../../state/undo.ts';
import { Badge } from '../../../ui/badge.tsx';
import { useFormats } from '../../../i18n/use-formats.ts';
import { Button } from '../../../ui/button.tsx';
import { showToast } from '../../../ui/toast.tsx';
import { tellFailure } from '../actions/apply-actions.ts';

const channelText = () => i18next.getFixedT(null, 'channel');

/** The bot stops and the case is mine. */
export async function takeFromBot(caseId: CaseId): Promise<void> {
  const opId = newOperationId();
  const answer = await call('cases.takeFromBot', { opId, caseId });
  if (answer.ok) offerUndo({ opId, label: channelText()('bot.taken') });
  // somebody was faster, or the bot let go by itself
  else if (answer.error.code === 'not-bots') showToast({ title: channelText()('bot.cannot.not-bots') });
  else tellFailure(answer.error.code, answer.error.detail);
}

/** The bot goes on from the customer's next message. */
export async function giveToBot(caseId: CaseId): Promise<void> {
  const opId = newOperationId();
  const answer = await call('cases.giveToBot', { opId, caseId });
  if (answer.ok) {
    offerUndo({ opId, label: channelText()('bot.given') });
    return;
  }
  const { code } = answer.error;
  if (code === 'no-bot' || code === 'playbook-broken' || code === 'already-bots')
    showToast({ title: channelText()(`bot.cannot.${code}`), tone: 'problem' });
  else tellFailure(code, answer.error.detail);
}

/** That the bot has the conversation, since when and by which playbook. */
export function BotMark({ bot }: { readonly bot: NonNullable<CaseDetail['bot']> }): ReactNode {
  const t = useWords('channel');
  const formats = useFormats();
  return (
    <Badge
      tone="accent"
      icon={<Bot aria-hidden="true" />}
      title={t('bot.hasHint', { at: formats.dateTime(bot.since), playbook: bot.playbook })}
    >
      {t('bot.has')}
    </Badge>
  );
}

const NO_CHANNELS: readonly ChannelRow[] = [];

/** Take it from the bot, or give it back where its channel has one; nothing for all others. */
export function BotButton({ detail }: { readonly detail: CaseDetail }): ReactNode {
  const t = useWords('channel');
  const channels = useLiveValue('channels.list', {}, NO_CHANNELS);
  const { bot, caseId, origin } = detail;
  if (bot !== null) {
    return (
      <Button size="sm" icon={<Hand aria-hidden="true" />} shortcut="shift+t" onClick={() => void takeFromBot(caseId)}>
        {t('bot.take')}
      </Button>
    );
  }
  const settings = channels.find(({ accountId }) => accountId === detail.accountId)?.settings ?? null;
  const hasPlaybook = (settings?.kind === 'chat' || settings?.kind === 'telegram') && settings.playbook !== null;
  if (!hasPlaybook || origin === null || !origin.isPrivate || detail.status === 'solved') return null;
  return (
    <Button size="sm" variant="ghost" icon={<Bot aria-hidden="true" />} shortcut="shift+b" onClick={() => void giveToBot(caseId)}>
      {t('bot.give')}
    </Button>
  );
}
