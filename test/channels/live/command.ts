import { discourseLive } from './discourse-live.ts';
import type { LiveChannel } from './live-channel.ts';
import { telegramLive } from './telegram-live.ts';
import { xLive } from './x-live.ts';
import type { ConnectorIo, OutboundMessage } from '../../../src/main/engine/channels/connector.ts';
import { makeId } from '../../../src/shared/domain/ids.ts';
import type { NormalizedMessage } from '../../../src/shared/domain/message.ts';
import { instant } from '../../../src/shared/domain/time.ts';

/** Channels that can be tried against their real services. */
const CHANNELS: readonly LiveChannel[] = [telegramLive, discourseLive, xLive];

const USAGE = `npm run channel-live -- CHANNEL [--send]

Asks whose credentials these are, and reads what waits. With --send it answers the newest private message that it has read
with one line: write that message yourself, to your own test account. Credentials come from the environment:
`;

/**
 * Tries a connector against its real service, with somebody's own credentials.
 * @returns whether all went well
 */
export async function runLive(
  words: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
  say: (line: string) => void,
): Promise<boolean> {
  const channel = CHANNELS.find(({ name }) => name === words[0]);
  if (channel === undefined) {
    say(USAGE);
    for (const each of CHANNELS)
      for (const { name, what, isOptional } of each.variables)
        say(`  ${each.name}: ${name}  ${what}${isOptional === true ? ' (optional)' : ''}`);
    return false;
  }
  const missing = channel.variables.filter(({ name, isOptional }) => isOptional !== true && (environment[name] ?? '') === '');
  for (const { name, what } of missing) say(`${name} is not set: ${what}`);
  if (missing.length > 0) return false;
  try {
    say(`credentials: ${await channel.check(environment)}`);
    return await readAndAnswer(channel, environment, words.includes('--send'), say);
  } catch (error) {
    say(`failed: ${error instanceof Error ? error.message : String(error)}`);
    return false;
  }
}

async function readAndAnswer(
  channel: LiveChannel,
  environment: Readonly<Record<string, string | undefined>>,
  mayPost: boolean,
  say: (line: string) => void,
): Promise<boolean> {
  const io: ConnectorIo = {
    clock: { now: () => instant(Date.now()) },
    log: (level, message) => say(`${level}: ${message}`),
    onHealth: ({ state, code }) => say(`health: ${state}${code === null ? '' : ` (${code})`}`),
  };
  const { signal } = new AbortController();
  const connector = channel.connector(environment, io);
  try {
    await connector.connect(signal);
    say(`reading: ${channel.reading}`);
    const batch = await connector.pull(null, { maxMessages: 10, signal });
    const messages = batch.events.flatMap((event) => (event.kind === 'message' ? [event.message] : []));
    say(`${batch.events.length} events, ${messages.length} messages${batch.more ? ', and more wait' : ''}`);
    // lengths and times tell that it works; what people wrote is nobody's business here
    for (const message of messages)
      say(
        `- ${new Date(message.receivedAt).toISOString()} ${message.text.length} characters, ${message.origin?.isPrivate === true ? 'private' : 'in public'}`,
      );
    if (!mayPost) return true;
    const newest = messages.findLast(({ origin }) => origin?.isPrivate === true);
    if (newest === undefined) {
      say('nothing to answer: write a private message to the account first');
      return false;
    }
    const result = await connector.send(answerTo(newest), { onHandover: () => say('handed over'), signal });
    say(`sending: ${result.status}${result.status === 'rejected' ? ` ${result.code} ${result.detail}` : ''}`);
    return result.status === 'sent';
  } finally {
    await connector[Symbol.asyncDispose]();
  }
}

function answerTo(message: NormalizedMessage): OutboundMessage {
  const now = Date.now();
  return {
    outboxId: makeId('out', `live-${now}`),
    clientKey: `<live.${now}@meridian.invalid>`,
    subject: '',
    to: [message.from],
    cc: [],
    text: 'This is a test of Meridian. Nobody has to answer it.',
    parentKeys: [],
    threadToken: null,
    attachments: [],
    writtenAt: instant(now),
    ...(message.origin === undefined ? {} : { conversation: message.origin.conversation, inReplyTo: message.origin.nativeKey }),
  };
}
