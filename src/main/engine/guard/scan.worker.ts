import { parentPort } from 'node:worker_threads';
import { loadSecretScanner } from './secret-scanner.ts';

// Entry of the worker thread: a long file takes a third of a second for each megabyte, in which nothing else could be done.

const port = parentPort;
if (port === null) throw new Error('scan.worker runs in a worker thread only');

const loading = loadSecretScanner();
port.on('message', ({ id, texts }: { readonly id: number; readonly texts: readonly string[] }) => {
  void loading.then(({ scan }) => port.postMessage({ id, found: texts.map((text) => scan(text)) }));
});
