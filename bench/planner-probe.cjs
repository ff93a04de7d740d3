/**
 * Loaded into the app's main process with `electron -r`: gives a fresh workspace sixty people with four weeks of shifts,
 * opens the planner's month, and records the times between frames, first while nothing happens, then while a shift is
 * dragged about by real input events. Prints lines `BENCH {...}`.
 */
const { app } = require('electron');

/** @param {Record<string, unknown>} facts */
function say(facts) {
  process.stdout.write(`BENCH ${JSON.stringify(facts)}\n`);
}

const PEOPLE = 60;
const DAYS = 31;
const DRAG_MS = 6_000;
/** Mice report at least this often. */
const MOVE_EVERY_MS = 8;

/** Sets up the team through the engine's own calls; the page gets the new port and goes on with it. */
const SET_UP = `(async () => {
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
  port.addEventListener('message', ({ data }) => waiting.get(data.id)?.(data.result));
  port.start();
  const ask = async (name, input) => {
    const result = await new Promise((resolve) => {
      waiting.set(++last, resolve);
      port.postMessage({ t: 'call', id: last, name, input });
    });
    if (!result.ok) throw new Error(name + ': ' + result.error.code + ' ' + result.error.detail);
    return result.value;
  };
  const me = await ask('workspace.setProfile', { opId: 'op_bench-profile', name: 'Lead', zone: 'UTC', languages: ['en'] });
  const places = [['Singapore', 'Asia/Singapore'], ['Lisbon', 'Europe/Lisbon'], ['Denver', 'America/Denver']];
  const hubs = places.map(([name, zone], index) => ({ hubId: 'hub_h' + index, name, zone, position: null, weekend: ['sat', 'sun'], holidays: [], isActive: true }));
  const agents = Array.from({ length: ${String(PEOPLE)} }, (_, index) => ({
    agentId: index === 0 ? me.agentId : 'agt_a' + index, name: 'Person ' + index, hubId: hubs[index % 3].hubId, zone: hubs[index % 3].zone,
    contract: { hoursPerWeek: 40, from: null, until: null }, skills: [], languages: [], tiers: index === 0 ? ['L1', 'lead'] : ['L1'], pattern: {}, isActive: true,
  }));
  const everybody = { skills: [], languages: [], tiers: [], hubs: [] };
  const requirements = ['Around the clock', 'Singapore', 'Lisbon', 'Denver'].map((name, index) => ({
    requirementId: 'req_r' + index, name, selector: index === 0 ? everybody : { ...everybody, hubs: [hubs[index - 1].hubId] },
    window: null, minimum: 2, target: 6, severity: 'major', shortestMs: 300000, isActive: true,
  }));
  await ask('roster.save', { opId: 'op_bench-roster', changes: [
    ...hubs.map((hub) => ({ kind: 'hub', hub })), ...agents.map((agent) => ({ kind: 'agent', agent })),
    ...requirements.map((requirement) => ({ kind: 'requirement', requirement })),
  ] });
  const now = new Date();
  const first = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 1);
  const local = (ms) => { const d = new Date(ms); return { year: d.getUTCFullYear(), month: d.getUTCMonth() + 1, day: d.getUTCDate(), hour: d.getUTCHours(), minute: 0, second: 0 }; };
  const changes = agents.flatMap((agent, index) => Array.from({ length: ${String(DAYS)} }, (_, day) => day).filter((day) => (day + index) % 7 < 5).map((day) => ({
    shiftId: 'shf_' + index + '-' + day,
    draft: { kind: 'changed', body: {
      zone: agent.zone, startLocal: local(first + day * 864e5 + (8 + (index % 4)) * 36e5), endLocal: local(first + day * 864e5 + (17 + (index % 4)) * 36e5),
      startAt: first, endAt: first + 1, zoneData: '', agentId: agent.agentId, hubId: agent.hubId, breaks: [], needs: everybody,
      source: 'manual', templateId: null, rotationId: null, note: '',
    } },
  })));
  await ask('plan.edit', { opId: 'op_bench-edit', changes });
  await ask('plan.publish', { opId: 'op_bench-publish', note: '' });
  return { people: agents.length, shifts: changes.length };
})()`;

const FRAMES = `(() => {
  const times = [];
  let before = null;
  let isOn = true;
  const tick = (now) => {
    if (before !== null) times.push(now - before);
    before = now;
    if (isOn) requestAnimationFrame(tick);
  };
  requestAnimationFrame(tick);
  window.benchFrames = () => { isOn = false; return times; };
})()`;
const STOP = 'window.benchFrames()';

/** What moving anything over this page costs: a plain square, by its transform, along the same way. */
const BARE = `new Promise((resolve) => {
  const square = document.createElement('div');
  for (const [name, value] of Object.entries({ position: 'fixed', left: 0, top: 0, width: '60px', height: '18px', background: 'royalblue', willChange: 'transform', pointerEvents: 'none', zIndex: 9 }))
    square.style[name] = value;
  document.body.append(square);
  const times = [];
  let before = null;
  const begun = performance.now();
  const tick = (now) => {
    if (before !== null) times.push(now - before);
    before = now;
    const share = (now - begun) / ${String(DRAG_MS)};
    square.style.transform = 'translate(' + (500 + 400 * Math.sin(share * 14)) + 'px,' + (400 + 200 * Math.cos(share * 9)) + 'px)';
    if (share < 1) return requestAnimationFrame(tick);
    square.remove();
    resolve(times);
  };
  requestAnimationFrame(tick);
})`;

/** Where a bar in the middle of what is seen is, and what else is drawn. */
const AIM = `(() => {
  const scroll = document.querySelector('.plan-scroll').getBoundingClientRect();
  const middle = { x: (scroll.left + scroll.right) / 2, y: (scroll.top + scroll.bottom) / 2 + 80 };
  const bars = [...document.querySelectorAll('.plan-bar')];
  const places = bars.map((bar) => bar.getBoundingClientRect()).filter((box) => box.top > scroll.top + 160 && box.bottom < scroll.bottom);
  const far = (box) => Math.hypot(box.left - middle.x, box.top - middle.y);
  const box = places.sort((a, b) => far(a) - far(b))[0];
  return { x: box.left + box.width / 2, y: box.top + box.height / 2, bars: bars.length, nodes: document.querySelectorAll('.planner *').length,
    left: scroll.left + 260, right: scroll.right - 60, top: scroll.top + 180, bottom: scroll.bottom - 60 };
})()`;

const pause = (/** @type {number} */ ms) =>
  new Promise((resolve) => {
    setTimeout(resolve, ms);
  });

app.on('web-contents-created', (_event, contents) => {
  contents.once('dom-ready', () => {
    void measure(contents).catch((error) => say({ kind: 'failed', error: String(error) }));
  });
});

/** @param {Electron.WebContents} contents @param {string} condition */
async function until(contents, condition) {
  for (let count = 0; count < 600; count += 1) {
    if (await contents.executeJavaScript(condition)) return;
    await pause(100);
  }
  throw new Error(`never true: ${condition}`);
}

/** @param {Electron.WebContents} contents @param {string} key */
function press(contents, key) {
  for (const type of /** @type {const} */ (['keyDown', 'char', 'keyUp'])) contents.sendInputEvent({ type, keyCode: key });
}

/** @param {Electron.WebContents} contents */
async function measure(contents) {
  await until(contents, `document.querySelector('.welcome, [class*=welcome]') !== null`);
  const made = await contents.executeJavaScript(SET_UP);
  await until(contents, `document.querySelector('.rail') !== null`);
  contents.focus();
  press(contents, 'g');
  press(contents, 'c');
  await until(contents, `document.querySelector('.plan-bar') !== null`);
  press(contents, 'm');
  await until(contents, `document.querySelectorAll('.plan-bar').length > 200`);
  await pause(2_500);
  await contents.executeJavaScript(FRAMES);
  await pause(DRAG_MS);
  const idle = await contents.executeJavaScript(STOP);
  const bare = await contents.executeJavaScript(BARE);
  const aim = await contents.executeJavaScript(AIM);
  const mouse = (/** @type {'mouseDown' | 'mouseMove' | 'mouseUp'} */ type, /** @type {number} */ x, /** @type {number} */ y) => {
    contents.sendInputEvent({
      type,
      x: Math.round(x),
      y: Math.round(y),
      button: 'left',
      clickCount: 1,
      modifiers: type === 'mouseUp' ? [] : ['leftbuttondown'],
    });
  };
  mouse('mouseDown', aim.x, aim.y);
  mouse('mouseMove', aim.x + 8, aim.y);
  await until(contents, `document.querySelector('.plan-ghosts') !== null`);
  await contents.executeJavaScript(FRAMES);
  const begun = Date.now();
  while (Date.now() - begun < DRAG_MS) {
    const share = (Date.now() - begun) / DRAG_MS;
    // In loops over all that is seen, through many rows and days.
    const x = aim.left + (aim.right - aim.left) * (0.5 + 0.5 * Math.sin(share * 14));
    const y = aim.top + (aim.bottom - aim.top) * (0.5 + 0.5 * Math.cos(share * 9));
    mouse('mouseMove', x, y);
    await pause(MOVE_EVERY_MS);
  }
  const drag = await contents.executeJavaScript(STOP);
  mouse('mouseUp', aim.x + 40, aim.y);
  say({ kind: 'planner', ...made, bars: aim.bars, nodes: aim.nodes, idle, bare, drag });
}
