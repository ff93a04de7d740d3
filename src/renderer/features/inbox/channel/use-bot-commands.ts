import { useWords } from '../../../i18n/use-words.ts';
import { giveToBot, takeFromBot } from './bot-buttons.tsx';
import type { ChannelRow } from '../../../../shared/contract/channels.contract.ts';
import { useLiveValue } from '../../../bridge/use-live.ts';
import type { Action } from '../../../shortcuts/registry.ts';
import { useSession } from '../../../state/session.ts';
import { currentCaseId, isComposerAwaited, useInbox } from '../inbox-store.ts';

export const TAKE_KEY = 'shift+t';
export const GIVE_KEY = 'shift+b';
const NO_CHANNELS: readonly ChannelRow[] = [];

/** Taking the current conversation from the bot and giving it back, by key, palette and menu. */
export function useBotCommands(): readonly Action[] {
  const t = useWords('channel');
  const channels = useLiveValue('channels.list', {}, NO_CHANNELS);
  const kinds = new Set(channels.flatMap(({ settings }) => (hasPlaybook(settings) ? [settings?.kind] : [])));
  /** Whether it can be done to the current case. One that is open and in no list is only asked for by the engine. */
  const when = (mayTake: boolean) => (): boolean => {
    if (isComposerAwaited() || useSession.getState().route !== 'inbox') return false;
    const current = currentCaseId();
    if (current === null) return false;
    const row = useInbox.getState().rows.find(({ caseId }) => caseId === current);
    if (row === undefined) return kinds.size > 0;
    if (mayTake) return row.bot !== null;
    return row.bot === null && row.status !== 'solved' && (row.channel === 'chat' || row.channel === 'telegram') && kinds.has(row.channel);
  };
  const run = (work: typeof takeFromBot) => () => {
    const current = currentCaseId();
    if (current !== null) void work(current);
  };
  return [
    { id: 'case.takeFromBot', label: t('bot.takeCommand'), keys: [TAKE_KEY], area: 'case', when: when(true), run: run(takeFromBot) },
    { id: 'case.giveToBot', label: t('bot.give'), keys: [GIVE_KEY], area: 'case', when: when(false), run: run(giveToBot) },
  ];
}

/** Whether the account of these settings has a bot. */
export function hasPlaybook(settings: ChannelRow['settings']): boolean {
  return (settings?.kind === 'chat' || settings?.kind === 'telegram') && settings.playbook !== null;
}
