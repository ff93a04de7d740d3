/**
 * A stand-in for the engine, for tests of the shell alone. It tells on standard output what it is asked (`stand-in ...` lines) and
 * does what the environment says:
 * STAND_IN_REQUESTS  requests to send to the shell once ready in the workspace `main`, as JSON `[[name, input], ...]`
 * STAND_IN_FATAL     a file; while it exists the engine says that it can not open its data, with the file's text as the code
 * STAND_IN_DEAF      `1`: does not stop when asked to
 */
/* oxlint-disable typescript/no-unsafe-assignment, typescript/no-unsafe-member-access, typescript/no-unsafe-call, typescript/no-unsafe-argument, unicorn/require-post-message-target-origin -- plain JavaScript on one end of untyped ports */
import fs from 'node:fs';

const { parentPort } = process;
const start = JSON.parse(process.argv.at(-1) ?? '{}');

/** @param {string} what @param {unknown} value */
function say(what, value) {
  process.stdout.write(`stand-in ${what} ${JSON.stringify(value)}\n`);
}

/** @type {Map<number, (answer: unknown) => void>} */
const waiting = new Map();
parentPort.on('message', ({ data, ports }) => {
  switch (data.t) {
    case 'connect-page':
      ports[0]?.on('message', ({ data: call }) => {
        if (call.t === 'call') ports[0]?.postMessage({ t: 'result', id: call.id, result: { ok: true, value: null } });
      });
      ports[0]?.start();
      say('connect-page', process.pid);
      break;
    case 'response':
      waiting.get(data.id)?.(data);
      break;
    case 'event':
      say('event', data.event);
      break;
    case 'stop':
      say('stop', process.pid);
      // on some runtimes what was written last is lost if the process ends at once
      if (process.env['STAND_IN_DEAF'] !== '1') setTimeout(() => process.exit(0), 50);
      break;
  }
});

say('start', { ...start, timeZone: process.env['TZ'], pid: process.pid });
const fatalFile = process.env['STAND_IN_FATAL'] ?? '';
if (fatalFile !== '' && fs.existsSync(fatalFile)) {
  parentPort.postMessage({ t: 'fatal', code: fs.readFileSync(fatalFile, 'utf8'), detail: 'the stand-in was told so' });
} else {
  parentPort.postMessage({ t: 'ready', bootMs: 1 });
  const requests = start.workspace === 'main' ? JSON.parse(process.env['STAND_IN_REQUESTS'] ?? '[]') : [];
  for (const [id, [name, input]] of requests.entries()) {
    const answer = await new Promise((resolve) => {
      waiting.set(id, resolve);
      parentPort.postMessage({ t: 'request', id, name, input });
    });
    say(`answer ${name}`, answer.ok ? answer.value : { error: answer.error });
  }
  say('idle', requests.length);
}
