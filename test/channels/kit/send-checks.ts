import type { Check, Scene } from './checks.ts';
import { SEND_STAGES } from './peer.ts';
import type { Fault, SendStage } from './peer.ts';
import { until } from './station.ts';
import type { Station } from './station.ts';
import { createIo } from './kit-io.ts';
import { op } from '../../engine/workstation.ts';

const NEVER = new AbortController().signal;
/** Shorter than any interval of the product, longer than the noise of a busy machine. */
const WAIT_MS = 1_600;

async function asked(scene: Scene): Promise<{ station: Station; words: string }> {
  const words = scene.words('please answer');
  await scene.peer.inject({ text: words });
  const station = await scene.station();
  await station.has(words);
  await station.live();
  return { station, words };
}

async function copies(scene: Scene, text: string): Promise<number> {
  await scene.peer.settled();
  return (await scene.peer.sent()).filter((each) => each.text.includes(text)).length;
}

/** No request before its time, and everything after it. */
async function keepsAway(scene: Scene, station: Station, fault: Fault): Promise<void> {
  const { peer } = scene;
  const words = scene.words(`during ${fault.kind} ${fault.kind === 'rate-limited' ? fault.retryAfter : ''}`);
  if (peer.fault === undefined) throw new Error('the driver gives neither a way nor a reason');
  const before = station.troubles.length;
  const isOver = (told: Station['troubles'][number] | undefined): boolean => Date.now() >= (told?.at ?? 0) + WAIT_MS - 150;
  peer.fault('pull', fault, 1);
  // who is told by itself meets it by itself: a pull that we ask for would hang up on the very answer that is looked for
  if (scene.driver.capabilities.ingest === 'poll') await station.nudge();
  if (fault.kind === 'rate-limited') {
    const told = (): Station['troubles'][number] | undefined => station.troubles.slice(before).find(({ code }) => code === 'rate-limited');
    // a busy machine may look when it is over: what the connector was told stays
    await until(async () => told() !== undefined && (isOver(told()) || (await station.row()).code === 'rate-limited'), 'it is said so');
    const { requests = 0 } = told() ?? {};
    if (fault.retryAfter !== 'none') {
      // whoever is impatient must not make it worse
      if (!isOver(told())) await station.nudge();
      await until(() => isOver(told()) || peer.requests() > requests, 'its time comes');
      if (!isOver(told())) throw new Error('it was asked before it wanted to be');
    }
  }
  await peer.inject({ text: words });
  await until(async () => {
    await station.nudge();
    return station.messages(words).length > 0;
  }, `${words} came`);
  await station.has(words);
  await station.live();
}

async function cutAt(scene: Scene, station: Station, words: string, stage: SendStage): Promise<void> {
  const text = scene.words(`cut at ${stage}`);
  scene.peer.cutNextSend(stage);
  const id = await station.answer(words, text);
  await until(async () => {
    const entry = await station.outbox(id);
    // nobody listens: then the account is offline, and nothing is tried
    if (stage === 'connect' && entry?.state === 'queued' && (await station.row()).state !== 'live') return true;
    return entry === undefined || ['sent', 'unknown', 'failed'].includes(entry.state) || (entry.state === 'queued' && entry.code !== null);
  }, `the cut at ${stage} is seen`);
  await scene.peer.restore();
  await station.nudge();
  await station.live();
  // a person would not wait for the interval of the outbox either
  if ((await station.outbox(id))?.state === 'queued') await station.workstation.call('outbox.sendNow', { opId: op(), outboxId: id });
  const state = await station.settled(id, 'sent', 'unknown');
  if (state === 'sent')
    await until(async () => (await copies(scene, text)) > 0, `cut at ${stage}: said to be sent, and the customer has it`);
  const count = await copies(scene, text);
  if (count > 1) throw new Error(`cut at ${stage}: the customer has it ${count} times`);
  if (stage === 'connect' && state !== 'sent') throw new Error(`cut at ${stage}: nothing can have left, and it is ${state}`);
  if (state !== 'unknown') return;
  scene.note(`cut at ${stage}: shown as unclear`);
  // a person decides, or what follows in the case waits
  await station.workstation.ask('outbox.settle', { opId: op(), outboxId: id, as: 'sent' });
}

export const sendChecks: readonly Check[] = [
  {
    id: 'C8',
    title: 'a service that wants to be left alone is, and failures of it pass',
    without: ({ reasons }) => reasons.fault ?? null,
    pace: 'fast',
    run: async (scene) => {
      const { station, words } = await asked(scene);
      for (const retryAfter of scene.driver.retryForms) await keepsAway(scene, station, { kind: 'rate-limited', retryAfter, ms: WAIT_MS });
      await keepsAway(scene, station, { kind: 'server-error' });
      await keepsAway(scene, station, { kind: 'malformed' });
      const [form] = scene.driver.retryForms.filter((each) => each !== 'none');
      if (form === undefined) {
        scene.note('the protocol names no time to come back');
        return;
      }
      scene.peer.fault?.('send', { kind: 'rate-limited', retryAfter: form, ms: 6_000 }, 1);
      const begun = Date.now();
      const text = scene.words('told to wait');
      const id = await station.answer(words, text);
      await until(async () => (await station.outbox(id))?.code === 'rate-limited', 'the reply waits');
      await station.settled(id, 'sent');
      if (Date.now() - begun < 5_900) throw new Error('it was sent before the service wanted it');
      if ((await copies(scene, text)) !== 1) throw new Error('it is there more or less than once');
    },
  },
  {
    id: 'C9',
    title: 'a message that is cut off at each stage: never sent twice, never said to be sent without proof',
    without: () => null,
    pace: 'fast',
    run: async (scene) => {
      const { station, words } = await asked(scene);
      for (const stage of SEND_STAGES) await cutAt(scene, station, words, stage);
      const text = scene.words('all is well');
      await station.settled(await station.answer(words, text), 'sent');
      await until(async () => (await copies(scene, text)) === 1, 'the customer has it');
    },
  },
  {
    id: 'C10',
    title: 'two owners: the second takes nothing away from the first unseen, and without the lease nothing is asked',
    without: () => null,
    pace: 'fast',
    run: async (scene) => {
      const { driver, peer } = scene;
      const first = await scene.station();
      await first.live();
      const second = await scene.station();
      if (driver.capabilities.cursorOwnership === 'exclusive') {
        await until(
          async () => [await first.row(), await second.row()].some(({ code }) => code === 'other-poller'),
          'one of the two is told',
        );
        const words = scene.words('for one of them');
        await peer.inject({ text: words });
        await until(() => first.messages(words).length + second.messages(words).length > 0, 'one of them has it');
        const io = createIo({ fence: () => null });
        const before = peer.requests();
        const connector = peer.connector(io.io);
        const outcome = await connector.pull(null, { maxMessages: 1, signal: NEVER }).then(
          () => 'asked',
          (error: unknown) => (error instanceof Error && 'code' in error ? error.code : String(error)),
        );
        await connector[Symbol.asyncDispose]();
        if (outcome !== 'not-holder') throw new Error(`without a lease: ${String(outcome)}`);
        if (peer.requests() > before + 1) throw new Error('without a lease the service was asked');
        return;
      }
      await second.live();
      const words = scene.words('for both of them');
      await peer.inject({ text: words });
      await first.has(words);
      await second.has(words);
      scene.note('positions are shared: both readers get everything');
    },
  },
  {
    id: 'C12',
    title: 'credentials that are not valid any more: said so, not tried again and again, and good again with new ones',
    without: ({ reasons }) => reasons.rotateAuth ?? null,
    pace: 'fast',
    run: async (scene) => {
      const { peer } = scene;
      const station = await scene.station();
      await station.live();
      const fresh = await peer.rotateAuth();
      peer.dropTcp();
      await station.nudge();
      // the connection may end with other words first
      await until(
        async () => {
          const { state, nextAttemptAt } = await station.row();
          return state === 'problem' && (nextAttemptAt ?? 0) - Date.now() > 5 * 60_000;
        },
        'the channel says that its credentials are not good, and does not try them again within minutes',
        40_000,
      );
      const before = peer.requests();
      const words = scene.words('with the new ones');
      await peer.inject({ text: words });
      if (peer.requests() > before + 1) throw new Error('it is tried again and again');
      await station.quit();
      const again = await scene.station({ folder: station.folder, connector: { secret: fresh } });
      await again.live();
      await again.has(words);
    },
  },
];
