import type { Check, Scene } from './checks.ts';
import { createIo } from './kit-io.ts';
import { need } from './receive-checks.ts';
import { until } from './station.ts';
import { op } from '../../engine/workstation.ts';
import type { ChannelConnector, ConnectorIo } from '../../../src/main/engine/channels/connector.ts';
import type { Way } from '../../../src/shared/domain/channel/capabilities.ts';
import { makeId } from '../../../src/shared/domain/ids.ts';
import { instant } from '../../../src/shared/domain/time.ts';

const NEVER = new AbortController().signal;
const comesIn = (way: Way): boolean => way === 'in' || way === 'both';
const goesOut = (way: Way): boolean => way === 'out' || way === 'both';

/** What of these is in these bytes or texts. */
function foundIn(secrets: readonly string[], where: Buffer | readonly string[]): string | null {
  const text = Buffer.isBuffer(where) ? where : Buffer.from(where.join('\n'));
  return secrets.find((secret) => text.includes(secret)) ?? null;
}

async function exercised(scene: Scene): Promise<void> {
  const { peer, driver } = scene;
  const { capabilities } = driver;
  const words = scene.words('with a file');
  const bytes = Buffer.from('what is in the file');
  const hasFiles = capabilities.attachments.maxCount > 0;
  await peer.inject({ text: words, ...(hasFiles ? { files: [{ name: 'log.txt', type: 'text/plain', bytes }] } : {}) });
  const station = await scene.station();
  await station.live();
  await station.has(words);
  const claimed = JSON.stringify(station.capabilities());
  if (claimed !== JSON.stringify(capabilities)) throw new Error(`the connector says ${claimed}`);
  const caseId = station.caseOf(words);
  const timeline = await station.workstation.ask('cases.timeline', { caseId });
  const [message] = timeline.flatMap((item) => (item.kind === 'message' ? [item] : []));
  if (hasFiles) {
    const [attachment] = message?.attachments ?? [];
    if (attachment === undefined) throw new Error('the file did not come');
    const kept = await station.workstation.ask('attachments.bytes', { attachmentId: attachment.attachmentId });
    if (kept === null || !('bytes' in kept) || !Buffer.from(kept.bytes).equals(bytes)) throw new Error('the file is another');
  }
  const text = scene.words('our answer');
  const id = await station.answer(words, text, hasFiles ? [{ name: 'answer.txt', bytes: Buffer.from('our file') }] : []);
  await station.settled(id, 'sent');
  await until(async () => {
    await peer.settled();
    const found = (await peer.sent()).find((each) => each.text.includes(text));
    return found !== undefined && (!hasFiles || found.files.some((file) => Buffer.from(file.bytes).equals(Buffer.from('our file'))));
  }, 'the answer and its file are there');
  if (comesIn(capabilities.readReceipts)) {
    await need(scene, 'readAll', peer.readAll)();
    await until(async () => {
      const items = await station.workstation.ask('cases.timeline', { caseId });
      return items.some((item) => item.kind === 'message' && item.direction === 'out' && item.readAt !== null);
    }, 'our answer is marked as read');
  }
  if (comesIn(capabilities.typing)) {
    await need(scene, 'type', peer.type)('mei');
    await until(async () => (await station.workstation.ask('channels.typing', {})).cases.includes(caseId), 'the customer is seen typing');
  }
  if (goesOut(capabilities.typing)) {
    const saw = need(scene, 'sawTyping', peer.sawTyping);
    await until(async () => {
      await station.workstation.ask('channels.tellTyping', { opId: op(), caseId, isTyping: true });
      return saw();
    }, 'the customer is shown that we type');
  }
}

/** What a connector does not say it can, it does not offer. */
function undeclared({ typing, markRead }: ChannelConnector, { capabilities }: Scene['driver']): void {
  if (goesOut(capabilities.typing) !== (typing !== undefined)) throw new Error('typing: declared and offered differ');
  if (goesOut(capabilities.readReceipts) !== (markRead !== undefined)) throw new Error('read marks: declared and offered differ');
}

type Activity = (connector: ChannelConnector) => Promise<unknown>;

const ACTIVITIES: Readonly<Record<string, Activity>> = {
  connecting: async (connector) => connector.connect(NEVER),
  pulling: async (connector) => connector.pull(null, { maxMessages: 20, signal: NEVER }),
  watching: async (connector) => connector.watch(() => {}, NEVER),
  'looking for a message': async (connector) => connector.reconcile('<nothing@team.test>', NEVER),
  sending: async (connector) =>
    connector.send(
      {
        outboxId: makeId('out', 'kit-closing'),
        clientKey: '<kit.closing@team.test>',
        subject: 'closing',
        to: [{ address: 'customer@example.test', name: '' }],
        cc: [],
        text: 'said while closing',
        parentKeys: [],
        threadToken: null,
        attachments: [],
        writtenAt: instant(0),
        conversation: 'p:1',
      },
      { onHandover: () => {}, signal: NEVER },
    ),
};

/** Timers and connections that would keep a process from ending. */
function held(): number {
  return process.getActiveResourcesInfo().filter((name) => ['Timeout', 'GetAddrInfoReqWrap', 'TCPConnectWrap'].includes(name)).length;
}

/** Closes at many moments; whatever was awaited must end at once, and nothing may be left. */
async function closedDuring(scene: Scene, name: string, activity: Activity, io: ConnectorIo, moments: readonly number[]): Promise<void> {
  for (const afterMs of moments) {
    const connector = scene.peer.connector(io);
    const before = held();
    let isOver = false;
    const running = activity(connector).then(
      () => (isOver = true),
      () => (isOver = true),
    );
    await new Promise((resolve) => setTimeout(resolve, afterMs));
    const begun = Date.now();
    await connector[Symbol.asyncDispose]();
    await until(() => isOver, `${name} ends when it is closed`, 2_000);
    await running;
    if (Date.now() - begun > 2_500) throw new Error(`${name}: closing took ${Date.now() - begun} ms`);
    await until(() => held() <= before, `${name}, closed after ${afterMs} ms: no timer and no connection is left`, 8_000);
  }
}

export const capabilityChecks: readonly Check[] = [
  {
    id: 'C13',
    title: 'hostile content: set aside, and what follows comes',
    without: ({ reasons }) => reasons.hostile ?? null,
    pace: 'fast',
    run: async (scene) => {
      const station = await scene.station();
      await station.live();
      const count = await need(scene, 'hostile', scene.peer.hostile)();
      const words = scene.words('after all that');
      await scene.peer.inject({ text: words });
      await station.has(words);
      await station.live();
      scene.note(`${count} hostile items`);
      await station.quit();
      const again = await scene.station({ folder: station.folder });
      await again.live();
      await again.has(words);
    },
  },
  {
    id: 'C14',
    title: 'machines are not answered by ours, and reports of failure never',
    without: () => null,
    pace: 'fast',
    run: async (scene) => {
      const station = await scene.station();
      await station.live();
      await station.workstation.ask('acknowledgements.save', { opId: op(), settings: { isOn: true, readingMinutes: 15, templates: [] } });
      const robot = [scene.words('beep'), scene.words('boop')];
      for (const text of robot) await scene.peer.inject({ text, from: 'robot' });
      await station.has(...robot);
      if (scene.peer.bounce === undefined) scene.note(`no bounces: ${scene.driver.reasons.bounce ?? 'no reason given'}`);
      else await scene.peer.bounce();
      const words = scene.words('a person');
      await scene.peer.inject({ text: words });
      await station.has(words);
      // a person is answered at most once, however often they write
      const more = scene.words('a person again');
      await scene.peer.inject({ text: more });
      await station.has(more);
      await until(
        async () => (await station.workstation.ask('outbox.list', {})).every(({ state }) => state !== 'queued' && state !== 'sending'),
        'what leaves has left',
      );
      await scene.peer.settled();
      const sent = await scene.peer.sent();
      if (sent.length > 1) throw new Error(`${sent.length} automatic answers left`);
      scene.note(sent.length === 0 ? 'nobody is acknowledged here' : 'a person was acknowledged once');
    },
  },
  {
    id: 'C15',
    title: 'one conversation is one case, another customer another, and the same message by two ways is one row',
    without: () => null,
    pace: 'fast',
    run: async (scene) => {
      const [first, second, other] = [scene.words('first'), scene.words('second'), scene.words('of somebody else')] as const;
      const ref = await scene.peer.inject({ text: first });
      const station = await scene.station();
      await station.live();
      await station.has(first);
      if (scene.peer.repeat === undefined) scene.note(`not by two ways: ${scene.driver.reasons.repeat ?? 'no reason given'}`);
      else await scene.peer.repeat(ref);
      await scene.peer.inject({ text: other, from: 'jun' });
      await scene.peer.inject({ text: second });
      await station.has(first, second, other);
      if (station.caseOf(first) === station.caseOf(other)) throw new Error('two customers became one case');
      if (scene.driver.capabilities.threads === 'native' && station.caseOf(first) !== station.caseOf(second))
        throw new Error('one conversation became two cases');
      if (scene.driver.capabilities.threads !== 'native') scene.note('threads follow headers: see the tests of the channel');
    },
  },
  {
    id: 'C16',
    title: 'secrets are in no log, no error, no status and no file',
    without: () => null,
    pace: 'fast',
    run: async (scene) => {
      const { peer } = scene;
      const station = await scene.station();
      await station.live();
      const words = scene.words('a message');
      await peer.inject({ text: words });
      await station.has(words);
      if (peer.fault !== undefined) for (const kind of ['server-error', 'malformed'] as const) peer.fault('pull', { kind }, 1);
      peer.dropTcp();
      peer.cutNextSend('answer');
      await station.answer(words, scene.words('an answer')).catch(() => null);
      await station.nudge();
      await until(async () => (await station.row()).state === 'live', 'it is live again');
      await peer.restore();
      if (scene.driver.reasons.rotateAuth === undefined) {
        await peer.rotateAuth();
        peer.dropTcp();
        await station.nudge();
        await until(async () => (await station.row()).state === 'problem', 'the old secret is refused', 40_000);
      }
      const disk = station.onDisk();
      for (const [where, what] of [
        ['what was said', scene.said()],
        ['a file', disk],
      ] as const) {
        const found = foundIn(peer.secrets, what);
        if (found !== null) throw new Error(`a secret is in ${where}`);
      }
    },
  },
  {
    id: 'C17',
    title: 'capabilities are true: what is declared works, what is not is not offered',
    without: () => null,
    pace: 'fast',
    run: async (scene) => {
      await exercised(scene);
      const connector = scene.peer.connector(createIo().io);
      undeclared(connector, scene.driver);
      await connector[Symbol.asyncDispose]();
    },
  },
  {
    id: 'C18',
    title: 'closing during every await leaves no timer, no connection and no work',
    without: () => null,
    pace: 'fast',
    isAlone: true,
    run: async (scene) => {
      await scene.peer.inject({ text: scene.words('something to fetch') });
      const { io, said } = createIo();
      for (const [name, activity] of Object.entries(ACTIVITIES)) await closedDuring(scene, name, activity, io, [0, 1, 3, 10, 40]);
      scene.peer.blackHole();
      for (const [name, activity] of Object.entries(ACTIVITIES)) await closedDuring(scene, `${name} in the dark`, activity, io, [10]);
      await scene.peer.restore();
      if (foundIn(scene.peer.secrets, said) !== null) throw new Error('a secret was logged');
    },
  },
];
