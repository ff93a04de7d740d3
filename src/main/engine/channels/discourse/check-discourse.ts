import type { ChannelCheck, DiscourseSettings } from '../../../../shared/contract/channels.contract.ts';
import { instant } from '../../../../shared/domain/time.ts';
import { ConnectorError } from '../connector.ts';
import { createHttpClient } from '../http-client.ts';
import { pause } from '../signals.ts';
import { createRequestBudget } from '../request-budget.ts';
import { DEFAULT_FORUM_TIMINGS } from './forum-account.ts';
import { createForumApi, whoAmI } from './forum-api.ts';

/** Two questions are asked and no time is told, so none has to pass. */
const clock = { now: () => instant(0) };

/** Asks a forum whose key it is, and whether it may read. Stores nothing. */
export async function checkDiscourse(settings: DiscourseSettings, key: string, signal: AbortSignal): Promise<ChannelCheck> {
  const server = settings.server.replace(/\/+$/u, '');
  const { limits, requestMs, unnamedWaitMs } = DEFAULT_FORUM_TIMINGS;
  using http = createHttpClient({ server });
  const api = createForumApi(
    { key },
    { http, clock, timings: { requestMs, unnamedWaitMs }, budget: createRequestBudget(limits, clock), pause },
  );
  try {
    const user = await whoAmI(api, signal);
    await api.get('/posts.json', signal);
    return { ok: true, settings: { ...settings, server, username: user.username } };
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error;
    return { ok: false, code: error.code, detail: error.message };
  }
}
