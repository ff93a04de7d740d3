import { parentPort } from 'node:worker_threads';
import { guessLanguage } from './guess-language.ts';

// Entry of the worker thread: loading the tables takes a second in which nothing else could be done.

const port = parentPort;
if (port === null) throw new Error('language.worker runs in a worker thread only');

port.on('message', ({ id, texts }: { readonly id: number; readonly texts: readonly string[] }) => {
  port.postMessage({ id, found: texts.map(guessLanguage) });
});
