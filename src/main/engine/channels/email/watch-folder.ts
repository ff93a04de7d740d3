import { linkSignals, pause } from '../signals.ts';
import { watchedFolder, type EmailAccount, type EmailTimings } from './email-account.ts';
import { ImapSession } from './imap-session.ts';

/**
 * Watches a mailbox over a connection of its own: IDLE on one folder, a look at the others now and then. `wake` is called at
 * the start, and whenever something may have happened. Returns when the signal aborts; throws a ConnectorError when the
 * connection is lost. A connection that died without a word is noticed after `1.4 × quietMs + probeMs` at the latest.
 */
export async function watchFolder(
  account: EmailAccount,
  timings: EmailTimings,
  wake: () => void,
  signal: AbortSignal,
  onOpen: () => void,
): Promise<void> {
  if (signal.aborted) return;
  using session = await ImapSession.open(account, timings, signal);
  const { client } = session;
  await session.run(signal, async () => client.mailboxOpen(watchedFolder(account), { readOnly: true }));
  const closed = new AbortController();
  client.once('close', () => closed.abort());
  using link = linkSignals(signal, closed.signal);
  const isOver = link.signal;
  onOpen();

  // a burst of events is one reason to look, not hundreds
  let isWaking = false;
  const wakeSoon = (): void => {
    if (isWaking) return;
    isWaking = true;
    setImmediate(() => {
      isWaking = false;
      if (!isOver.aborted) wake();
    });
  };
  for (const event of ['exists', 'expunge', 'flags', 'highestModseq'] as const) client.on(event, wakeSoon);
  // what came while nobody watched
  wakeSoon();
  const poll = account.folders.length > 1 ? setInterval(wakeSoon, timings.pollMs) : undefined;
  try {
    let { received } = client.stats();
    let quietFor = 0;
    const step = timings.quietMs / 5;
    while (!isOver.aborted) {
      // lasts until the next command breaks it; if it fails, the next NOOP tells why
      if (!client.idling && client.capabilities.has('IDLE')) client.idle().catch(() => {});
      await pause(step, isOver);
      const now = client.stats().received;
      quietFor = now === received ? quietFor + step : 0;
      received = now;
      if (quietFor < timings.quietMs || isOver.aborted) continue;
      await session.run(signal, async () => client.noop(), timings.probeMs);
      quietFor = 0;
    }
    if (!signal.aborted) await session.run(signal, async () => client.noop());
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    clearInterval(poll);
  }
}
