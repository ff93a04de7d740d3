/**
 * Loaded into the app's main process with `electron -r`: watches the page from outside the app's own code. Prints lines
 * `BENCH {...}`: when the first case row was painted, then, if `MERIDIAN_BENCH_CALLS` is set, the times of calls and view
 * switches. The scripts below run in the page, where they see what a person would see.
 */
const { app } = require('electron');

/** @param {Record<string, unknown>} facts */
function say(facts) {
  process.stdout.write(`BENCH ${JSON.stringify(facts)}\n`);
}

/** Epoch milliseconds at which the frame with the first case row was handed to the screen. */
const FIRST_ROW = `new Promise((resolve, reject) => {
  setTimeout(() => reject(new Error('no case row within 60 s; the page shows: ' + document.body.innerText.slice(0, 1_500))), 60_000);
  const isThere = () => document.querySelector('[data-case-row]') !== null;
  const painted = () => requestAnimationFrame(() => setTimeout(() => resolve(performance.timeOrigin + performance.now())));
  if (isThere()) return painted();
  new MutationObserver((_, observer) => {
    if (!isThere()) return;
    observer.disconnect();
    painted();
  }).observe(document, { childList: true, subtree: true });
})`;

/** The app gets a new port to the engine and shares it with the measurement, whose calls have ids of their own. */
const calls = (/** @type {number} */ count) => `(async () => {
  const port = await new Promise((resolve) => {
    addEventListener('message', function on(event) {
      if (event.data?.meridian !== 'engine-port') return;
      removeEventListener('message', on);
      resolve(event.ports[0]);
    });
    meridian.requestPort();
  });
  let last = 1e9;
  const waiting = new Map();
  port.addEventListener('message', ({ data }) => {
    const resolve = waiting.get(data.id);
    if (data.t !== 'result' || resolve === undefined) return;
    waiting.delete(data.id);
    resolve(data.result);
  });
  const ask = (name, input) => new Promise((resolve) => {
    waiting.set(++last, resolve);
    port.postMessage({ t: 'call', id: last, name, input });
  });
  const measure = async (name, input) => {
    const times = [];
    for (let each = -20; each < ${String(count)}; each += 1) {
      const begun = performance.now();
      const result = await ask(name, input);
      const ms = performance.now() - begun;
      if (!result.ok) throw new Error(name + ': ' + result.error.code);
      if (each >= 0) times.push(ms);
      // the app's own work comes in between, as in life
      if (each % 10 === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    }
    return times;
  };
  const pages = [];
  for (const [view, sort] of [['unassigned', 'waiting'], ['all', 'waiting'], ['all', 'newest'], ['solved', 'newest']])
    pages.push({ view, sort, times: await measure('cases.list', { view, sort, limit: 200 }) });
  return { pages, small: await measure('settings.get', {}) };
})()`;

/** From the click on a view to the frame that shows its rows. Answers that were not used for five seconds are asked for again. */
const SWITCHES = `(async () => {
  const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
  const look = () => [...document.querySelectorAll('[data-case-id]')].slice(0, 8).map((row) => row.dataset.caseId).join(' ');
  const title = () => document.querySelector('h1')?.textContent;
  const switchTo = (view) => new Promise((resolve, reject) => {
    const [rows, heading] = [look(), title()];
    const limit = setTimeout(() => reject(new Error('view ' + view + ' did not change')), 10_000);
    const begun = performance.now();
    const observer = new MutationObserver(() => {
      if (look() === rows || look() === '' || title() === heading) return;
      observer.disconnect();
      clearTimeout(limit);
      requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - begun)));
    });
    observer.observe(document.body, { childList: true, subtree: true, attributes: true, characterData: true });
    document.querySelector('[data-view="' + view + '"]').click();
  });
  const views = ['all', 'waiting-us', 'solved', 'unassigned'];
  const asked = [];
  for (let each = 0; each < 12; each += 1) {
    const ms = await switchTo(views[each % views.length]);
    asked.push(ms);
    await pause(1_800);
  }
  const kept = [];
  for (let each = 0; each < 20; each += 1) {
    kept.push(await switchTo(views[each % 2]));
    await pause(120);
  }
  return { asked, kept: kept.slice(2) };
})()`;

app.on('web-contents-created', (_event, contents) => {
  contents.once('dom-ready', () => {
    void watch(contents).catch((error) => say({ kind: 'failed', error: String(error) }));
  });
});

/** @param {Electron.WebContents} contents */
async function watch(contents) {
  say({ kind: 'first-row', at: await contents.executeJavaScript(FIRST_ROW) });
  const count = Number(process.env['MERIDIAN_BENCH_CALLS'] ?? 0);
  if (count === 0) return;
  await new Promise((resolve) => {
    setTimeout(resolve, 3_000);
  });
  say({ kind: 'idle' });
  say({ kind: 'calls', ...(await contents.executeJavaScript(calls(count))) });
  say({ kind: 'switches', ...(await contents.executeJavaScript(SWITCHES)) });
  say({ kind: 'used' });
}
