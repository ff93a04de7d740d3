import { z } from 'zod';
import type { MessageId } from '../domain/ids.ts';
import type { Applied } from './cases.contract.ts';
import { command, query } from './define.ts';
import { caseId, operationId } from './schemas.ts';

/**
 * The bot that answers first, and the assistant that drafts. For the page:
 * - `CaseRow.bot` and `CaseDetail.bot` say who has a conversation. In one that the bot has, a button "Take over" (`cases.takeFromBot`, action
 *   `take-from-bot`, key `Shift+T`) stands where others have "Claim"; a reply, a claim and an assignment take it over by themselves.
 * - "Give to the bot" (`cases.giveToBot`, action `give-to-bot`, key `Shift+B`) is for cases whose account has a playbook; the codes say why not.
 *   Both are undone with `cases.undo`.
 * - Words of the bot are messages with `auto: 'bot'` and no agent. `case.botEnded` in the timeline says why it let go (`reason`); what it has
 *   found out stands in the `origin.intake` of the message that ended it.
 * - `bot.playbooks` is for the settings of a channel: what can be chosen, and what is wrong with a file.
 */

export interface PlaybookRow {
  readonly id: string;
  /** By language tag; empty for a broken one. */
  readonly name: Readonly<Record<string, string>>;
  readonly languages: readonly string[];
  /** From the folder `playbooks` of the workspace; else one that Meridian brings. */
  readonly isOwn: boolean;
  /** Lines and columns count from 1. A playbook with problems is off: its accounts are answered by people. */
  readonly problems: readonly { readonly file: string; readonly line: number; readonly column: number; readonly message: string }[];
  /** Accounts that are set to it. */
  readonly usedBy: readonly string[];
}

/** A service that drafts replies; its key is in the vault. Nobody's text leaves while it is off. */
export interface AssistantSettings {
  readonly isOn: boolean;
  /** Where requests go, without `/chat/completions`: `https://api.example.com/v1`. */
  readonly address: string;
  readonly model: string;
}

export interface AssistantView {
  readonly settings: AssistantSettings;
  readonly hasKey: boolean;
  readonly canChange: boolean;
}

export interface DraftSuggestion {
  readonly text: string;
  /** The newest message that it was written for. */
  readonly basedOn: MessageId | null;
  /** How many secrets were taken out of what was sent. */
  readonly redacted: number;
}

const assistantSettings = z.strictObject({
  isOn: z.boolean(),
  /** Encrypted, unless it stays on this machine. */
  address: z
    .string()
    .trim()
    .max(500)
    .regex(/^(https:\/\/[^\s/@?#]+|http:\/\/(127\.0\.0\.1|localhost|\[::1\])(:\d{1,5})?)(\/[^\s@?#]*)?$/u)
    .or(z.literal('')),
  model: z.string().trim().max(200),
});

export const botContract = {
  'bot.playbooks': query<{ readonly rows: readonly PlaybookRow[]; readonly folder: string }>()(z.strictObject({})),
  /** The bot goes on with a conversation, from the customer's next message. */
  'cases.giveToBot': command<Applied>()(z.strictObject({ opId: operationId, caseId }), [
    /** Neither a live chat nor a private chat of an account with a playbook. */
    'no-bot',
    /** The file of its playbook is broken or gone. */
    'playbook-broken',
    'already-bots',
  ]),
  /** Ends the bot's time and claims the case. */
  'cases.takeFromBot': command<Applied>()(z.strictObject({ opId: operationId, caseId }), ['not-bots']),
  'assistant.get': query<AssistantView>()(z.strictObject({})),
  /** `key` null keeps the one in the vault. Leads only. */
  'assistant.save': command<null>()(
    z.strictObject({ opId: operationId, settings: assistantSettings, key: z.string().trim().min(1).max(2_000).nullable() }),
    ['not-allowed', 'vault-locked', 'vault-empty', 'key-missing', 'incomplete'],
  ),
  /**
   * Asks the service for a reply and hands it to the person who writes: nothing is sent or stored. The last messages leave, in the
   * customer's language, without files and without secrets.
   */
  'drafts.suggest': command<DraftSuggestion>()(z.strictObject({ opId: operationId, caseId }), [
    'assistant-off',
    'vault-locked',
    'key-missing',
    'nothing-to-answer',
    'cancelled',
    'unreachable',
    'timeout',
    'wrong-key',
    'unknown-model',
    'rate-limited',
    'service-error',
    'bad-answer',
  ]),
  /** Gives up what `drafts.suggest` waits for in this case. */
  'drafts.stopSuggesting': command<null>()(z.strictObject({ opId: operationId, caseId })),
};
