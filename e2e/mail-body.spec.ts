import path from 'node:path';
import { expect, test } from '@playwright/test';
import { build } from 'vite';
import { launchMeridian } from './electron-app.ts';
import type { RunningApp } from './electron-app.ts';
import { hostileMails } from './hostile-mail.ts';
import { startLeakServer } from './leak-server.ts';
import type { LeakServer } from './leak-server.ts';
import type { Cleaning } from './mail-body/clean-in-page.ts';
import { ODD_MAILS } from './mail-body/odd-mail.ts';

/** The cleaning of mail in the real page: its engine, its policy, its trusted types. */
const NO_IMAGES: Parameters<Cleaning>[1] = { inline: {}, remote: {} };
const PIXEL = 'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
/** So many mails are shown beside each other. */
const AT_ONCE = 10;
let meridian: RunningApp;
let leaks: LeakServer;

async function bundle(): Promise<string> {
  const output = await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      target: 'chrome130',
      lib: { entry: path.join(import.meta.dirname, 'mail-body/clean-in-page.ts'), formats: ['iife'], name: 'cleaning' },
    },
  });
  const [first] = Array.isArray(output) ? output : [output];
  if (first === undefined || !('output' in first)) throw new Error('nothing was built');
  return first.output[0].code;
}

test.beforeAll(async () => {
  leaks = await startLeakServer();
  // Nobody has used the app yet, so the page has not made its one policy for trusted HTML.
  meridian = await launchMeridian();
  await meridian.page.getByLabel('Your name').waitFor();
  await meridian.page.evaluate(await bundle());
});
test.afterAll(async () => {
  await meridian.close();
  await leaks.close();
});

function allMails(): readonly (readonly [name: string, html: string])[] {
  return [...hostileMails({ origin: leaks.origin }).map(({ name, html }) => [name, html] as const), ...ODD_MAILS];
}

test('leaves nothing in a mail that runs, loads or goes anywhere, with what is looked for marked in it or not', async () => {
  const mails = allMails().map(([name, html]) => [name, `${html}<p>re<b>fund</b> x, <i>REFUND</i></p><td>refund</td>`] as const);
  expect(mails.length).toBeGreaterThan(130);
  const results = await meridian.page.evaluate(
    ([list, images]) =>
      list.map(([name, html]) => {
        const both = window.cleanAndMark(html, images, 'refund x');
        const raw = window.problemsIn(html).length;
        if (both === null) return { name, raw, problems: ['not cleaned'], hits: 0 };
        const { plain, marked } = both;
        const [before, after] = [window.lookAt(plain.html), window.lookAt(marked.html)];
        const again = html.length > 20_000 ? null : window.cleanMail(marked.html, images);
        const problems = [
          ...window.problemsIn(plain.html),
          ...window.problemsIn(marked.html),
          after.text === before.text ? null : 'marks change the words',
          again === null || window.lookAt(again.html).text === after.text ? null : 'marks do not outlive the cleaning',
          marked.hits === after.marks ? null : 'marks and what is counted differ',
        ].filter((each) => each !== null);
        return { name, raw, problems, hits: marked.hits };
      }),
    [mails, NO_IMAGES] as const,
  );
  expect(results.filter(({ problems }) => problems.length > 0)).toEqual([]);
  // The same look at the uncleaned mails is loud, so that the silence above means something.
  expect(results.filter(({ raw }) => raw > 0).length).toBeGreaterThan(110);
  // What swallows the rest of a mail (a comment or a text area that never ends) swallows the words, too.
  expect(results.filter(({ hits }) => hits >= 4).length).toBeGreaterThan(110);
});

test('reads the styles of a mail without one that the policy refuses, and looks past what they hide', async () => {
  const { page } = meridian;
  const refused: string[] = [];
  page.on('console', (message) => {
    if (message.text().includes('inline style')) refused.push(message.text());
  });
  const clean = await page.evaluate(
    ([mails, images]) => {
      for (const html of mails) window.cleanAndMark(html, images, 'refund x');
      const html = `<head><STYLE media="screen">.big { font-size: 20px }</STYLE></head><body style="background: #eee">
        <p style="display:none">refund</p><p STYLE='color: red; position: fixed'>refund</p><p style>style = refund</p><a href="https://shop.example/" title="x">a style = b</a>`;
      return window.cleanAndMark(html, images, 'refund')?.marked ?? null;
    },
    [allMails().map(([, html]) => html), NO_IMAGES] as const,
  );
  expect(clean?.html).toContain('<style>.big { font-size: 20px; }\n</style>');
  expect(clean?.html).toContain('<body style="background: rgb(238, 238, 238);">');
  expect(clean?.html).toContain('<p style="display: none;">refund</p><p style="color: red;"><mark');
  expect(clean?.html).toContain('<p>style = <mark');
  expect(clean?.hits).toBe(2);
  expect(clean?.links).toEqual([{ url: 'https://shop.example/', text: 'a style = b' }]);
  // the policy is asked at each style that is parsed, and what it refuses is heard here
  const asked = refused.length;
  await page.evaluate(() => window.lookAt('<p style="color: red">x</p>'));
  await expect.poll(() => refused.length).toBeGreaterThan(asked);
  expect(refused.slice(0, asked)).toEqual([]);
});

test('goes to a mark in the frame, and looks like no style of the sender wants', async () => {
  const { page, app } = meridian;
  const html = `<style>mark { display: none !important; background: green !important } .gone { display: none } span { display: block !important }</style>
    <p class="gone">refund</p><p><b>re</b>fund</p>${'<p>one more line</p>'.repeat(60)}<p>refund</p>${'<p>one more line</p>'.repeat(60)}`;
  const clean = await page.evaluate(([text, images]) => window.cleanAndMark(text, images, 'refund')?.marked, [html, NO_IMAGES] as const);
  expect(clean?.hits).toBe(2);
  const { url } = await app.evaluate((_electron, body) => globalThis.meridianTest.putMailBody(body, []), clean?.html ?? '');
  await page.evaluate(async (source) => {
    const frame = document.createElement('iframe');
    frame.id = 'marked';
    frame.setAttribute('sandbox', '');
    const loaded = new Promise((resolve) => {
      frame.addEventListener('load', resolve, { once: true });
    });
    frame.src = source;
    document.body.append(frame);
    await loaded;
  }, url);
  const marks = async (): Promise<readonly string[]> =>
    page
      .frameLocator('#marked')
      .locator('mark')
      .evaluateAll((all) =>
        all.map((mark) => {
          const { top, bottom } = mark.getBoundingClientRect();
          return `${getComputedStyle(mark).backgroundColor} ${bottom > 0 && top < innerHeight ? 'seen' : 'out of sight'}`;
        }),
      );
  const [any, current, none] = ['rgb(252, 240, 217)', 'rgb(58, 87, 212)', 'rgba(0, 0, 0, 0)'];
  const goTo = async (fragment: string): Promise<void> =>
    page.evaluate((to) => document.querySelector<HTMLIFrameElement>('#marked')?.contentWindow?.location.replace(to), `${url}${fragment}`);
  expect(await marks()).toEqual([`${any} seen`, `${any} seen`, `${any} out of sight`]);
  await goTo('#hit-2');
  await expect.poll(marks).toEqual([`${any} out of sight`, `${any} out of sight`, `${current} seen`]);
  await goTo('#hits-off');
  await expect.poll(marks).toEqual([`${none} out of sight`, `${none} out of sight`, `${none} seen`]);
  await goTo('#hit-1');
  await expect.poll(marks).toEqual([`${current} seen`, `${current} seen`, `${any} out of sight`]);
  await page.evaluate(() => document.querySelector('#marked')?.remove());
});

test('shows every cleaned and marked mail without a request, a script or a step elsewhere', async () => {
  const { page, app } = meridian;
  const said: string[] = [];
  page.on('console', (message) => said.push(message.text()));
  const address = page.url();
  const mails = allMails().map(([, html]) => html);
  for (let from = 0; from < mails.length; from += AT_ONCE) {
    const cleaned = await page.evaluate(
      ([texts, images]) => texts.map((text) => window.cleanAndMark(text, images, 'x')?.marked.html ?? ''),
      [mails.slice(from, from + AT_ONCE), NO_IMAGES] as const,
    );
    const urls = await app.evaluate(
      (_electron, bodies) => bodies.map((body) => globalThis.meridianTest.putMailBody(body, []).url),
      cleaned,
    );
    await page.evaluate(async (sources) => {
      const frames = sources.map((source) => {
        const frame = document.createElement('iframe');
        frame.setAttribute('sandbox', '');
        const loaded = new Promise((resolve) => {
          frame.addEventListener('load', resolve, { once: true });
        });
        frame.src = source;
        document.body.append(frame);
        return { frame, loaded };
      });
      await Promise.all(frames.map(({ loaded }) => loaded));
      for (const { frame } of frames) frame.remove();
    }, urls);
  }
  expect(leaks.hits).toEqual([]);
  expect(said.filter((text) => text.includes('ran-'))).toEqual([]);
  expect(page.url()).toBe(address);
});

test('keeps what a mail looks like and tells what it left out', async () => {
  const html = `<html><head><style>.box{border:1px solid red;background:url(https://a.example/)} @media (max-width:600px){.box{width:100%}} @import "x.css";</style></head>
    <body bgcolor="#eeeeee" dir="rtl"><div class="box" style="color:blue;position:fixed;padding:4px">
    <a href="https://a.example/1">one</a> <a href="mailto:x@a.example">two</a> <a href="javascript:alert(1)">three</a>
    <table border="1" width="300"><tr><td align="center" colspan="2">cell</td></tr></table>
    <img src="cid:logo%40x" width="40" alt="logo"><img src="https://a.example/big.png" alt="big"><img src="https://a.example/big.png"><img src="https://a.example/p.gif" width="1" height="1">
    </div></body></html>`;
  const clean = await meridian.page.evaluate(([text, inline]) => window.cleanMail(text, { inline: { 'logo@x': inline }, remote: {} }), [
    html,
    PIXEL,
  ] as const);
  expect(clean?.links).toEqual([
    { url: 'https://a.example/1', text: 'one' },
    { url: 'mailto:x@a.example', text: 'two' },
  ]);
  expect(clean?.remoteImages).toEqual(['https://a.example/big.png']);
  expect(clean?.trackers).toBe(1);
  expect(clean?.html).toMatch(/\.box \{ border: 1px solid red;/u);
  expect(clean?.html).toContain('@media (max-width: 600px)');
  expect(clean?.html).toContain('style="color: blue; padding: 4px;"');
  expect(clean?.html).not.toMatch(/position: ?fixed|a\.example|javascript|x\.css/u);
  expect(clean?.html).toMatch(/<body[^>]*bgcolor="#eeeeee"[^>]*dir="rtl"/u);
  expect(clean?.html).toContain(`<img width="40" alt="logo" src="${PIXEL}">`);
  expect(clean?.html).toContain('<span class="left-out">big</span>');
  expect(clean?.html).toMatch(/<table border="1" width="300">/u);
  const loaded = await meridian.page.evaluate(
    ([text, picture]) => window.cleanMail(text, { inline: {}, remote: { 'https://a.example/big.png': picture } }),
    [html, PIXEL] as const,
  );
  expect(loaded?.remoteImages).toEqual([]);
  expect(loaded?.html).toContain(`<img alt="big" src="${PIXEL}">`);
});

test('says when a mail is too large or has nothing to show', async () => {
  const [large, empty, words] = await meridian.page.evaluate(
    (images) => [
      window.cleanMail('x'.repeat(1_600_000), images) === null,
      window.cleanMail('<script>1</script><style>p{}</style>', images)?.empty,
      window.cleanMail('<p>hello</p>', images)?.empty,
    ],
    NO_IMAGES,
  );
  expect([large, empty, words]).toEqual([true, true, false]);
});
