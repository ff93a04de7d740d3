import { useLiveValue } from '../../bridge/use-live.ts';
import type { PlaybookRow } from '../../../shared/contract/bot.contract.ts';

const NONE: { readonly rows: readonly PlaybookRow[]; readonly folder: string } = { rows: [], folder: '' };

/** The playbooks that the bot can work by, and what is wrong with those that it can not. */
export function usePlaybooks(): readonly PlaybookRow[] {
  return useLiveValue('bot.playbooks', {}, NONE).rows;
}
