import type { ChannelCheck, XSettings } from '../../../../shared/contract/channels.contract.ts';
import { instant } from '../../../../shared/domain/time.ts';
import { ConnectorError } from '../connector.ts';
import { createHttpClient } from '../http-client.ts';
import { DEFAULT_X_TIMINGS, xServer } from './x-account.ts';
import { createXApi } from './x-api.ts';
import { whoAmI } from './x-me.ts';
import { createSpending } from './x-spending.ts';
import { createTokenKeeper } from './x-tokens.ts';

/** One question is asked and no time is told: X says whether the tokens are still good. */
const clock = { now: () => instant(0) };

/** Asks X whose tokens they are. Stores nothing, and renews nothing: a renewed token that nobody keeps would end the sign-in. */
export async function checkX(settings: XSettings, secret: string, signal: AbortSignal): Promise<ChannelCheck> {
  const server = xServer(settings);
  const { requestMs, unnamedWaitMs } = DEFAULT_X_TIMINGS;
  using http = createHttpClient({ server });
  const tokens = createTokenKeeper(withoutRenewal(secret), {
    http,
    clock,
    clientId: settings.clientId,
    deadlineMs: requestMs,
    closing: signal,
    save: async () => Promise.resolve(),
  });
  const spending = createSpending(null, clock);
  try {
    const me = await whoAmI(createXApi({ http, clock, tokens, spending, requestMs, unnamedWaitMs }), spending, signal);
    // who has not named it yet calls it what others see
    const name = settings.name === '-' ? me.name.trim().slice(0, 120) : settings.name;
    return { ok: true, settings: { ...settings, userId: me.id, handle: me.username, name: name === '' ? me.username : name } };
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error;
    return { ok: false, code: error.code, detail: error.message };
  }
}

function withoutRenewal(secret: string): string {
  try {
    const value: unknown = JSON.parse(secret);
    return typeof value === 'object' && value !== null ? JSON.stringify({ ...value, refreshToken: null }) : secret;
  } catch {
    return secret;
  }
}
