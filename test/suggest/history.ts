import { TONGUES, TOPICS } from './topics.ts';
import type { Tongue, Topic } from './topics.ts';
import { account, NOW } from '../engine/search-workspace.ts';
import type { SearchWorkspace } from '../engine/search-workspace.ts';
import { allSentences } from './sentences.ts';
import { messageIdFor } from '../../src/main/engine/identity.ts';
import { seededRandom } from '../../src/main/engine/sample/random.ts';
import { messageByUid } from '../../src/main/engine/store/messages.store.ts';
import { applyAction } from '../../src/main/engine/usecases/apply-action.ts';
import { ingestBatch } from '../../src/main/engine/usecases/ingest-batch.ts';
import type { CaseId } from '../../src/shared/domain/ids.ts';
import { makeId } from '../../src/shared/domain/ids.ts';
import type { NormalizedMessage, Party } from '../../src/shared/domain/message.ts';
import { DAY_MS, HOUR_MS, instant } from '../../src/shared/domain/time.ts';

export interface HistoryCase {
  readonly caseId: CaseId;
  /** Null for one about orders and parcels, as in the bench: nobody asks for those here. */
  readonly topic: string | null;
  readonly tongue: Tongue;
  readonly at: number;
}

const NAMES: Readonly<Record<Tongue, readonly string[]>> = {
  en: ['Alice Abbott', 'Brian Carter', 'Chloe Dawson', 'Daniel Ellis', 'Grace Hughes', 'Noah Keller'],
  zh: ['王小明', '李娜', '张伟', '刘洋', '陈静'],
  ja: ['田中芽衣', '佐藤健', '鈴木花子', '高橋誠'],
};
const HELLO: Readonly<Record<Tongue, readonly string[]>> = {
  en: ['Hello,', 'Hi there,', 'Good morning,', 'Dear support,'],
  zh: ['您好，', '你好，', '客服您好，'],
  ja: ['お世話になっております。', 'こんにちは。', ''],
};
const THANKS: Readonly<Record<Tongue, readonly string[]>> = {
  en: ['Thanks for your help.', 'Please answer soon.', 'Best regards'],
  zh: ['谢谢！', '请尽快处理。', '麻烦了。'],
  ja: ['よろしくお願いいたします。', 'ご確認お願いします。', ''],
};

/** A message of a thread whose first one has the key `root`. */
export function threadMessage(
  direction: 'in' | 'out',
  {
    key,
    root,
    subject,
    text,
    from,
    at,
  }: {
    readonly key: string;
    readonly root: string;
    readonly subject: string;
    readonly text: string;
    readonly from: Party;
    readonly at: number;
  },
): NormalizedMessage {
  const customer = direction === 'in' ? from : { address: `${root}@customer.test`, name: '' };
  return {
    channel: 'email',
    direction,
    nativeKey: key,
    thread: { tokens: [], ownKey: `<${key}>`, parentKeys: key === root ? [] : [`<${root}>`] },
    subject,
    from: direction === 'in' ? from : { address: account.address, name: 'Support' },
    to: [direction === 'in' ? { address: account.address, name: '' } : customer],
    cc: [],
    replyTo: [],
    text,
    html: null,
    preview: text.slice(0, 80),
    language: null,
    sentAt: instant(at),
    receivedAt: instant(at),
    senderOffsetMinutes: null,
    auto: 'none',
    bounce: null,
    attachments: [],
    warnings: [],
    raw: null,
    seen: true,
  };
}

/** Takes threads in and solves the cases that they make. */
export async function solveThreads(workspace: SearchWorkspace, threads: readonly (readonly NormalizedMessage[])[]): Promise<void> {
  const { context } = workspace;
  for (let from = 0; from < threads.length; from += 40) {
    const batch = threads.slice(from, from + 40);
    await ingestBatch(
      context,
      account,
      {
        events: batch.flat().map((message) => ({ kind: 'message', message, remoteRef: `INBOX/1/${message.nativeKey}` })),
        cursor: String(from),
        more: false,
        backfill: null,
      },
      account.uid,
    );
    const caseIds = batch.flatMap(([first]) => (first === undefined ? [] : [caseIdOf(workspace, first.nativeKey)]));
    const solved = applyAction(context, { opId: context.ids.next('op'), caseIds, action: { kind: 'status', to: 'solved' } });
    if (!solved.ok) throw new Error(solved.error.code);
  }
}

/** The case of a thread, by the key of its first message. Throws for one that was not taken in. */
export function caseIdOf(workspace: SearchWorkspace, root: string): CaseId {
  const message = workspace.context.store.read((db) => messageByUid(db, messageIdFor(account.uid, root)));
  if (message === undefined) throw new Error(`there is no message ${root}`);
  return message.caseUid;
}

/**
 * A history of solved cases with known topics, from a seed: `each` cases of every topic and language, among `others` about orders and parcels. One in three
 * tells its trouble in two sentences.
 */
export async function makeHistory(
  workspace: SearchWorkspace,
  { each, others, seed }: { readonly each: number; readonly others: number; readonly seed: number },
): Promise<readonly HistoryCase[]> {
  const random = seededRandom(String(seed));
  const cases: Omit<HistoryCase, 'caseId'>[] = [];
  const threads: NormalizedMessage[][] = [];
  const add = (tongue: Tongue, topic: Topic | null, words: string, answer: string): void => {
    const root = `c${String(cases.length)}`;
    const at = NOW - Math.floor(random.next() * 400 * DAY_MS) - DAY_MS;
    const from = { address: `${root}@customer.test`, name: random.pick(NAMES[tongue]) };
    const text = [random.pick(HELLO[tongue]), words, random.pick(THANKS[tongue])].filter((line) => line !== '').join('\n');
    threads.push([
      threadMessage('in', {
        key: root,
        root,
        subject: tongue === 'en' ? 'Question' : tongue === 'zh' ? '咨询' : 'お問い合わせ',
        text,
        from,
        at,
      }),
      threadMessage('out', { key: `${root}-a`, root, subject: 'Re', text: answer, from, at: at + HOUR_MS }),
    ]);
    cases.push({ topic: topic?.id ?? null, tongue, at });
  };
  for (const topic of TOPICS) {
    for (const tongue of TONGUES) {
      for (let count = 0; count < each; count += 1) {
        const first = random.pick(topic.told[tongue]);
        const second = random.chance(1 / 3) ? random.pick(topic.told[tongue]) : '';
        add(tongue, topic, second === first ? first : `${first} ${second}`.trim(), topic.answer[tongue]);
      }
    }
  }
  for (let count = 0; count < others; count += 1) {
    const tongue = random.pick(TONGUES);
    const sentences = allSentences.find(({ language }) => language === tongue);
    if (sentences === undefined) throw new RangeError(`no sentences in ${tongue}`);
    add(tongue, null, `${random.pick(sentences.customer)} ${random.pick(sentences.customer)}`, random.pick(sentences.agent));
  }
  await solveThreads(workspace, threads);
  await workspace.indexer.settled();
  return cases.map((each, index) => ({ ...each, caseId: caseIdOf(workspace, `c${String(index)}`) }));
}

/** A member of the team that the answers of the history are by. */
export const ANA = makeId('agt', 'ana');
