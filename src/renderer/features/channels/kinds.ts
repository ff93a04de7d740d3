import type { ChannelSettings } from '../../../shared/contract/channels.contract.ts';

/** Kinds that can be connected, in the order in which they are offered. */
export const KINDS: readonly ChannelSettings['kind'][] = ['chat', 'telegram', 'discourse', 'x'];
