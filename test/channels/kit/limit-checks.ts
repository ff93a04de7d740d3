import type { Check, Scene } from './checks.ts';
import { until } from './station.ts';
import { createIo } from './kit-io.ts';
import { op } from '../../engine/workstation.ts';
import type { ChannelConnector, OutboundMessage } from '../../../src/main/engine/channels/connector.ts';
import { overLimit } from '../../../src/main/engine/jobs/outbox-limits.ts';
import { lengthIn } from '../../../src/shared/domain/channel/outbound-limits.ts';
import { makeId } from '../../../src/shared/domain/ids.ts';
import type { NormalizedMessage } from '../../../src/shared/domain/message.ts';
import { instant } from '../../../src/shared/domain/time.ts';

const NEVER = new AbortController().signal;

/** Exactly `length` long in the channel's own unit, of characters that count more than one for some of them. */
function textOf(scene: Scene, length: number): string {
  const { unit } = scene.driver.capabilities.text;
  let text = `${scene.words('long')} 👩‍💻 出金 `;
  for (const filler of ['長い話。'.repeat(50), '長', 'x']) while (lengthIn(unit, text + filler) <= length) text += filler;
  if (lengthIn(unit, text) !== length) throw new Error(`no text of ${length} could be made`);
  return text;
}

let serial = 0;
function outbound(message: NormalizedMessage, change: Partial<OutboundMessage>): OutboundMessage {
  serial += 1;
  return {
    outboxId: makeId('out', `kit-${serial}`),
    clientKey: `<kit.${serial}.${Date.now()}@team.test>`,
    subject: `Re: ${message.subject}`,
    to: [message.from],
    cc: [],
    text: 'short',
    parentKeys: message.thread.ownKey === null ? [] : [message.thread.ownKey],
    threadToken: null,
    attachments: [],
    writtenAt: instant(Date.now()),
    ...(message.origin === undefined ? {} : { conversation: message.origin.conversation, inReplyTo: message.origin.nativeKey }),
    ...(message.origin?.isSummon === undefined ? {} : { isSummoned: message.origin.isSummon }),
    ...change,
  };
}

async function newest(connector: ChannelConnector, words: string): Promise<NormalizedMessage> {
  let cursor: string | null = null;
  let found: NormalizedMessage | null = null;
  await until(async () => {
    const batch = await connector.pull(cursor, { maxMessages: 20, signal: NEVER });
    ({ cursor } = batch);
    await connector.commit?.(batch.cursor);
    for (const event of batch.events) if (event.kind === 'message' && event.message.text.includes(words)) found = event.message;
    return found !== null;
  }, `${words} came`);
  if (found === null) throw new Error('it did not come');
  return found;
}

export const limitChecks: readonly Check[] = [
  {
    id: 'C11',
    title: 'limits: the longest text arrives whole, one more is refused before the wire, and so are files',
    without: () => null,
    pace: 'fast',
    run: async (scene) => {
      const { peer, driver } = scene;
      const { text, attachments } = driver.capabilities;
      const words = scene.words('a question');
      await peer.inject({ text: words });
      const station = await scene.station();
      await station.has(words);
      await station.live();
      const refused = scene.words('too long').padEnd(text.max + 1, 'x');
      const { draftId } = await station.workstation.ask('drafts.save', {
        opId: op(),
        caseId: station.caseOf(words),
        kind: 'reply',
        text: text.max > 100_000 ? 'within' : refused,
        to: [{ address: 'nobody@example.test', name: '' }],
        cc: [],
      });
      const answer = await station.workstation.call('cases.reply', {
        opId: op(),
        caseId: station.caseOf(words),
        draftId,
        thenStatus: null,
      });
      if (text.max <= 100_000 && answer.ok) throw new Error('the composer let through what the channel refuses');
      await station.quit();

      const io = createIo();
      await using connector = peer.connector(io.io);
      await connector.connect(NEVER);
      const question = scene.words('another question');
      await peer.inject({ text: question });
      const message = await newest(connector, question);
      let handedOver = 0;
      const hooks = { onHandover: () => (handedOver += 1), signal: NEVER };
      const longest = textOf(scene, Math.min(text.max, 20_000));
      const sent = await connector.send(outbound(message, { text: longest }), hooks);
      if (sent.status !== 'sent') throw new Error(`the longest text: ${JSON.stringify(sent)}`);
      await until(async () => {
        await peer.settled();
        return (await peer.sent()).some((each) => each.text.replaceAll(/\s+/gu, '').includes(longest.replaceAll(/\s+/gu, '')));
      }, 'the longest text came whole');
      handedOver = 0;
      const file = (bytes: number): OutboundMessage['attachments'][number] => ({
        name: 'a.txt',
        type: 'text/plain',
        bytes: new Uint8Array(bytes),
      });
      const over: readonly Partial<OutboundMessage>[] = [
        { text: 'x'.repeat(text.max + 1) },
        { attachments: [file(attachments.maxBytes + 1)] },
        { attachments: Array.from({ length: attachments.maxCount + 1 }, () => file(1)) },
      ];
      for (const change of over) {
        // the outbox asks first, and the connector is not asked at all
        const excess = outbound(message, change);
        const result = overLimit(driver.capabilities, excess) ?? (await connector.send(excess, hooks));
        if (result.status !== 'rejected' || !result.permanent) throw new Error(`over the limit: ${result.status}`);
      }
      if (handedOver > 0) throw new Error('something over the limit was handed over');
    },
  },
];
