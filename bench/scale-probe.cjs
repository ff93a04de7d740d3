/**
 * Loaded into the app's main process with `electron -r`, on the large workspace: presses keys as a person does and tells when the frame that
 * shows what follows was handed to the screen. Prints lines `BENCH {...}` as page-probe.cjs does.
 */
const { app } = require('electron');

/** @param {Record<string, unknown>} facts */
function say(facts) {
  process.stdout.write(`BENCH ${JSON.stringify(facts)}\n`);
}
/** Until the app has cleared away what it does not need any more (`give-back-at-rest.ts`). */
const REST_MS = 33_000;
const pause = (/** @type {number} */ ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** In the page: from the event of a key, a click or a text to the first frame in which `isDone` holds. */
const HELPERS = `(() => {
  let begun = null;
  for (const type of ['keydown', 'input', 'click']) addEventListener(type, (event) => { begun ??= event.timeStamp; }, true);
  const list = () => [...document.querySelectorAll('[data-case-id]')];
  const current = () => document.querySelector('.ib-row-current')?.dataset.caseId ?? '';
  // the last list stays until the next one is there: which one is drawn is written on it
  const look = () => (document.querySelector('[data-list]')?.dataset.list ?? '') + ' ' + list().slice(0, 8).map((row) => row.dataset.caseId).join(' ');
  const conditions = {
    moved: () => { const was = current(); return () => current() !== was && current() !== ''; },
    claimed: () => {
      const id = current();
      const text = () => document.querySelector('[data-case-id="' + id + '"] .ib-assignee, [data-case-id="' + id + '"]')?.innerHTML ?? '';
      const was = text();
      return () => text() !== was;
    },
    opened: () => { const was = document.querySelector('[data-message-id]')?.dataset.messageId; return () => { const now = document.querySelector('[data-message-id]')?.dataset.messageId; return now !== undefined && now !== was; }; },
    closed: () => () => document.querySelector('[data-message-id]') === null && list().length > 0,
    listed: () => { const was = look(); return () => look() !== was && list().length > 0; },
  };
  window.bench = {
    arm(name) {
      const isDone = conditions[name]();
      begun = null;
      bench.result = new Promise((resolve) => {
        const limit = setTimeout(() => { observer.disconnect(); resolve(null); }, 10_000);
        const observer = new MutationObserver(() => {
          if (begun === null || !isDone()) return;
          observer.disconnect();
          clearTimeout(limit);
          requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - begun)));
        });
        observer.observe(document.body, { childList: true, subtree: true, attributes: true, characterData: true });
      });
      return true;
    },
  };
  return true;
})()`;

const FIRST_ROW = `new Promise((resolve, reject) => {
  setTimeout(() => reject(new Error('no case row within 100 s; the page shows: ' + document.body.innerText.slice(0, 1_500))), 100_000);
  const isThere = () => document.querySelector('[data-case-row]') !== null;
  const painted = () => requestAnimationFrame(() => setTimeout(() => resolve(performance.timeOrigin + performance.now())));
  if (isThere()) return painted();
  new MutationObserver((_, observer) => {
    if (!isThere()) return;
    observer.disconnect();
    painted();
  }).observe(document, { childList: true, subtree: true });
})`;

app.on('web-contents-created', (_event, contents) => {
  contents.once('dom-ready', () => {
    void watch(contents).catch((error) => say({ kind: 'failed', error: String(error) }));
  });
});

/** @param {Electron.WebContents} contents */
async function watch(contents) {
  say({ kind: 'first-row', at: await contents.executeJavaScript(FIRST_ROW) });
  const rounds = Number(process.env['MERIDIAN_BENCH_ROUNDS'] ?? 0);
  if (rounds === 0) return;
  await pause(REST_MS);
  say({ kind: 'idle' });
  contents.focus();
  await contents.executeJavaScript(HELPERS);
  const press = (/** @type {string} */ key) => {
    contents.sendInputEvent({ type: 'keyDown', keyCode: key });
    if (key.length === 1) contents.sendInputEvent({ type: 'char', keyCode: key });
    contents.sendInputEvent({ type: 'keyUp', keyCode: key });
  };
  /** @param {string} what @param {() => void} act @returns {Promise<number | null>} */
  const timed = async (what, act) => {
    await contents.executeJavaScript(`bench.arm(${JSON.stringify(what)})`);
    act();
    return contents.executeJavaScript('bench.result');
  };
  /** @param {string} what @param {number} count @param {(round: number) => () => void} act @param {(round: number) => Promise<void>} [after] */
  const series = async (what, count, act, after) => {
    const times = [];
    for (let round = 0; round < count; round += 1) {
      const ms = await timed(what, act(round));
      if (ms !== null) times.push(ms);
      await after?.(round);
      await pause(60);
    }
    return times;
  };
  const click = (/** @type {string} */ view) => () =>
    void contents.executeJavaScript(`document.querySelector('[data-view="${view}"]').click()`);
  const views = ['all', 'waiting-us', 'solved', 'unassigned', 'overdue', 'vip'];
  say({
    kind: 'switches',
    times: await series(
      'listed',
      rounds,
      (round) => click(views[round % views.length] ?? 'all'),
      () => pause(1_500),
    ),
  });
  await timed('listed', click('unassigned'));
  await pause(1_000);
  press('j');
  await pause(200);
  say({ kind: 'keys', times: await series('moved', rounds * 4, (round) => () => press(round % 40 < 20 ? 'j' : 'k')) });
  say({
    kind: 'threads',
    times: await series(
      'opened',
      rounds,
      () => () => press('Enter'),
      async () => {
        await timed('closed', () => press('Escape'));
        press('j');
        await pause(150);
      },
    ),
  });
  await pause(500);
  say({
    kind: 'claims',
    times: await series(
      'claimed',
      rounds,
      () => () => press('c'),
      async () => {
        await pause(700);
        press('j');
        await pause(150);
      },
    ),
  });
  /** @type {Record<string, number[]>} */
  const searches = {};
  for (const text of ['refund', 'ref', '退款', '退', '快递公司', '환불', '"label created"', 'carrier parcel', 'tracking']) {
    press('/');
    await pause(200);
    const ms = await timed('listed', () => void contents.insertText(text));
    searches[text] = ms === null ? [] : [ms];
    await pause(400);
    press('Escape');
    await pause(700);
  }
  say({ kind: 'searches', searches });
  say({ kind: 'used' });
  await pause(REST_MS);
  say({ kind: 'rested' });
}
