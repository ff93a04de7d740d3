import { botApi, botError } from './bot-api.ts';
import { DEFAULT_TIMINGS, serverOf } from './telegram-account.ts';
import type { ChannelCheck, TelegramSettings } from '../../../../shared/contract/channels.contract.ts';
import { instant } from '../../../../shared/domain/time.ts';

/** Nothing is tried again here: when that might be is nobody's question. */
const NO_CLOCK = { now: () => instant(0) };

/** What a bot is called before anybody has asked Telegram for its name. */
const UNNAMED = '-';

/** The part of a token before the colon is the number of its bot; null for what is no token. */
export function botIdOf(token: string): string | null {
  return /^(\d{3,20}):[A-Za-z0-9_-]{20,}$/u.exec(token)?.[1] ?? null;
}

/**
 * Asks the service whose token it is, and whether it can be received with. With a webhook, which somebody else may receive with, the
 * code is `webhook-set` and `detail` its host: `removeWebhook` takes it away when the person wants that.
 */
export async function checkBot(settings: TelegramSettings, token: string, signal: AbortSignal): Promise<ChannelCheck> {
  if (botIdOf(token) === null) return { ok: false, code: 'not-a-token', detail: '' };
  const api = botApi({ server: serverOf(settings), token }, { signal, deadlineMs: DEFAULT_TIMINGS.requestMs });
  try {
    const me = await api.getMe();
    const { url = '' } = await api.getWebhookInfo();
    if (url !== '') return { ok: false, code: 'webhook-set', detail: URL.canParse(url) ? new URL(url).host : '' };
    // who has not named it yet calls it what its customers see
    const name = settings.name === UNNAMED ? me.first_name.trim().slice(0, 120) : settings.name;
    return { ok: true, settings: { ...settings, botId: String(me.id), username: me.username, name: name === '' ? me.username : name } };
  } catch (error) {
    const { code, message } = botError(error, NO_CLOCK);
    return { ok: false, code, detail: message };
  }
}

/** Takes the webhook away, so that updates can be fetched. What waits for it stays. */
export async function removeWebhook(settings: TelegramSettings, token: string, signal: AbortSignal): Promise<void> {
  const api = botApi({ server: serverOf(settings), token }, { signal, deadlineMs: DEFAULT_TIMINGS.requestMs });
  try {
    await api.deleteWebhook();
  } catch (error) {
    throw botError(error, NO_CLOCK);
  }
}
