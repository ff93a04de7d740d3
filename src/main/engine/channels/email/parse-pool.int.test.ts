import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { multipart, ordinary, rawMail } from '../../../../../test/fixtures/mail/build-mail.ts';
import { createInlineParser, ParsePool } from './parse-pool.ts';

const repository = resolve(import.meta.dirname, '../../../../..');
const mail = rawMail(
  [...ordinary, 'Content-Type: multipart/mixed; boundary=b'],
  multipart([
    [['Content-Type: text/plain; charset=shift_jis'], 'hello'],
    [['Content-Type: text/csv; name=a.csv'], '1,2'],
  ]),
);
const marked = (mark: string): Buffer => rawMail([...ordinary, `X-Mark: ${mark}`], 'hello');

/** Does on request what hostile mail might make the real worker do. */
const badWorker = `
import { parentPort } from 'node:worker_threads';
parentPort.on('message', ({ id, raw }) => {
  const text = Buffer.from(raw).toString();
  if (text.includes('hang')) for (;;);
  if (text.includes('exit')) process.exit(3);
  if (text.includes('throw')) throw new Error('bug');
  if (text.includes('eat')) { const kept = []; for (;;) kept.push(new Array(100000).fill({})); }
  parentPort.postMessage({ kind: 'parsed', id, mail: { subject: 'fine', environment: Object.keys(process.env).length } });
});
parentPort.postMessage({ kind: 'ready' });
`;

let folder = '';
let workerFile = '';
let badFile = '';

beforeAll(async () => {
  // inside the repository, so that the bundle finds its packages as out/main does
  const cache = join(repository, 'node_modules/.cache/meridian');
  mkdirSync(cache, { recursive: true });
  folder = mkdtempSync(join(cache, 'parse-worker-'));
  badFile = join(folder, 'bad.mjs');
  writeFileSync(badFile, badWorker);
  await build({
    configFile: false,
    root: repository,
    logLevel: 'error',
    build: {
      ssr: join(import.meta.dirname, 'parse.worker.ts'),
      outDir: folder,
      emptyOutDir: false,
      target: 'node20.18',
      rolldownOptions: { output: { entryFileNames: 'parse-worker.js' } },
    },
  });
  workerFile = join(folder, 'parse-worker.js');
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('ParsePool', () => {
  it('gives what the parser gives, in order, and leaves the caller’s bytes alone', async () => {
    await using pool = new ParsePool({ workerFile });
    await using inline = createInlineParser();
    const copy = Buffer.from(mail);
    const parsed = await Promise.all(Array.from({ length: 20 }, async () => pool.parse(mail)));
    expect(parsed[19]).toEqual(await inline.parse(mail));
    expect(Buffer.from(await pool.extract(mail, 0)).toString()).toBe('1,2');
    expect(await inline.extract(mail, 0)).toEqual(await pool.extract(mail, 0));
    expect(copy.equals(mail)).toBe(true);
  });

  it('rejects for an attachment that does not exist', async () => {
    await using pool = new ParsePool({ workerFile });
    await expect(pool.extract(mail, 7)).rejects.toThrow(RangeError);
    await expect(createInlineParser().extract(mail, 7)).rejects.toThrow(RangeError);
  });

  it.each([
    ['hang', 'timeout'],
    ['exit', 'worker-crashed'],
    ['throw', 'worker-crashed'],
    ['eat', 'worker-crashed'],
  ])('survives a mail that makes the worker %s', async (mark, warning) => {
    await using pool = new ParsePool({ workerFile: badFile, deadlineMs: mark === 'hang' ? 300 : 30_000, heapMb: 32 });
    // the worker is warm, so that its start does not count against the deadline
    await pool.parse(marked('good'));
    const [lost, next] = await Promise.all([pool.parse(marked(mark)), pool.parse(marked('good'))]);
    expect(lost).toMatchObject({ subject: 'Order', messageId: 'm1@customer.example', warnings: ['unparsed', warning] });
    expect(next).toMatchObject({ subject: 'fine', environment: 0 });
  });

  it('rejects instead of calling mail unreadable when the worker cannot be loaded', async () => {
    await using pool = new ParsePool({ workerFile: join(folder, 'missing.js') });
    await expect(pool.parse(mail)).rejects.toThrow('could not be started');
    await expect(pool.parse(mail)).rejects.toThrow('could not be started');
  });

  it('rejects what is open when it is closed, and everything after', async () => {
    const pool = new ParsePool({ workerFile: badFile });
    const open = Promise.allSettled([pool.parse(marked('hang')), pool.parse(marked('good'))]);
    await pool[Symbol.asyncDispose]();
    expect((await open).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await expect(pool.parse(mail)).rejects.toThrow('closed');
  });
});
