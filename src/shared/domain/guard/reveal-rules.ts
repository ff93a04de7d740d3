import type { SecretKind } from './secret-types.ts';

/** What an agent may look at: it has run out in minutes, or the bank can block it. Everything else is a lead's. */
const FOR_AGENTS: ReadonlySet<SecretKind> = new Set(['one-time-code', 'card-number']);

/** Whether it takes a lead to see what was taken out of a message. */
export function needsLead(kinds: readonly SecretKind[]): boolean {
  return kinds.some((kind) => !FOR_AGENTS.has(kind));
}

/** Secrets that give a wallet away for good: whoever sent one must move the funds. */
export const WALLET_SECRETS: ReadonlySet<SecretKind> = new Set(['recovery-phrase', 'private-key', 'extended-key']);

/** How long a revealed original is shown, in milliseconds. */
export const REVEAL_MS = 15_000;
