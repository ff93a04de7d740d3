import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { EVERYBODY } from '../src/shared/domain/coverage/roster.ts';
import type { AgentProfile } from '../src/shared/domain/coverage/roster.ts';
import { makeId } from '../src/shared/domain/ids.ts';
import { HOUR_MS, instant } from '../src/shared/domain/time.ts';
import { toLocal } from '../src/shared/domain/time/zone.ts';
import { accessibilityProblems } from './axe.ts';
import { launchMeridian } from './electron-app.ts';
import type { RunningApp } from './electron-app.ts';
import { callEngine } from './engine-port.ts';

/** An agent relies on the plan: the ribbon, who can take a case in time, one's own shifts and what is asked of them. */
test.describe.configure({ mode: 'serial' });

let meridian: RunningApp;
let page: Page;

test.beforeAll(async () => {
  meridian = await launchMeridian({ workspace: 'sample' });
  ({ page } = meridian);
  await expect(page.getByRole('grid').getByRole('row').nth(3)).toBeVisible({ timeout: 60_000 });
});
test.afterAll(async () => {
  await meridian.close();
});

async function eachTheme(look: (theme: 'light' | 'dark') => Promise<void>): Promise<void> {
  for (const theme of ['dark', 'light'] as const) {
    await meridian.app.evaluate(({ nativeTheme }, source) => {
      nativeTheme.themeSource = source;
    }, theme);
    await look(theme);
  }
}

const summary = (hub: string): ReturnType<Page['getByRole']> =>
  page
    .getByRole('list', { name: 'Who is on now' })
    .getByRole('listitem')
    .filter({ hasText: `${hub}:` });
const countOf = (text: string): number => Number(/: (\d+) on shift/u.exec(text)?.[1] ?? 0);
const opId = (name: string): ReturnType<typeof makeId<'op'>> => makeId('op', `agent-${name}-0000`);

/** Somebody who has no shift for most of a day around now, and is there. */
async function somebodyFree(): Promise<AgentProfile> {
  const { roster, me } = await callEngine(page, 'roster.get', {});
  const around = { from: instant(Date.now() - 18 * HOUR_MS), to: instant(Date.now() + 18 * HOUR_MS) };
  const { shifts, absences } = await callEngine(page, 'plan.window', around);
  const isTaken = ({ agentId }: AgentProfile): boolean =>
    absences.some((absence) => absence.agentId === agentId) ||
    shifts.some(
      (shift) => shift.published?.agentId === agentId || (shift.draft.kind === 'changed' && shift.draft.body.agentId === agentId),
    );
  const found = roster.agents.find((agent) => agent.isActive && agent.agentId !== me && agent.hubId !== null && !isTaken(agent));
  if (found === undefined) throw new Error('everybody works around now');
  return found;
}

test('the ribbon changes at once when a plan is published', async ({ browserName: _browser }, info) => {
  await page.keyboard.press('g');
  await page.keyboard.press('0');
  const agent = await somebodyFree();
  const { roster, zoneData } = await callEngine(page, 'roster.get', {});
  const hub = roster.hubs.find((each) => each.hubId === agent.hubId);
  if (hub === undefined) throw new Error('no hub');
  const before = countOf((await summary(hub.name).textContent()) ?? '');
  const startAt = instant(Math.floor(Date.now() / HOUR_MS) * HOUR_MS - HOUR_MS);
  const endAt = instant(startAt + 4 * HOUR_MS);
  const body = {
    zone: hub.zone,
    startLocal: toLocal(hub.zone, startAt),
    endLocal: toLocal(hub.zone, endAt),
    startAt,
    endAt,
    zoneData,
    agentId: agent.agentId,
    hubId: hub.hubId,
    breaks: [],
    needs: EVERYBODY,
    source: 'manual',
    templateId: null,
    rotationId: null,
    note: '',
  } as const;
  await callEngine(page, 'plan.edit', {
    opId: opId('edit'),
    changes: [{ shiftId: makeId('shf', 'standin'), draft: { kind: 'changed', body } }],
  });
  // A draft is nobody's business yet.
  expect(countOf((await summary(hub.name).textContent()) ?? '')).toBe(before);
  await callEngine(page, 'plan.publish', { opId: opId('publish'), note: '' });
  await expect.poll(async () => countOf((await summary(hub.name).textContent()) ?? ''), { timeout: 3_000 }).toBe(before + 1);
  await eachTheme(async (theme) => {
    await page.screenshot({ path: info.outputPath(`ribbon-${theme}.png`) });
    expect.soft(await accessibilityProblems(page), theme).toEqual([]);
  });
});

test('it is walked by keyboard, tells what is at each time, and shows that time in Coverage', async ({ browserName: _browser }, info) => {
  await page.keyboard.press('g');
  await page.keyboard.press('r');
  const slider = page.getByRole('slider', { name: 'Time on the sun ribbon' });
  await expect(slider).toBeFocused();
  const minutes = async (): Promise<number> => Number(await slider.getAttribute('aria-valuenow'));
  expect(Math.abs(await minutes())).toBeLessThanOrEqual(1);
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect.poll(minutes).toBeGreaterThan(15);
  const ahead = await minutes();
  expect(ahead).toBeLessThanOrEqual(30);
  // From change to change; two may be within a minute.
  for (let change = 0; change < 4; change += 1) await page.keyboard.press('Shift+ArrowRight');
  await expect.poll(minutes).toBeGreaterThan(ahead);
  const words = (await slider.getAttribute('aria-valuetext')) ?? '';
  const card = page.locator('.ribbon-card');
  await expect(card).toBeVisible();
  for (const hub of ['Singapore', 'Lisbon', 'San Francisco']) {
    expect(words).toContain(`${hub}:`);
    await expect(card).toContainText(hub);
  }
  await eachTheme(async (theme) => {
    await slider.focus();
    await page.keyboard.press('ArrowRight');
    await expect(card).toBeVisible();
    await page.screenshot({ path: info.outputPath(`ribbon-card-${theme}.png`) });
    expect.soft(await accessibilityProblems(page), theme).toEqual([]);
  });
  await page.keyboard.press('Enter');
  await expect(page.getByRole('tab', { name: 'Plan', exact: true })).toHaveAttribute('aria-selected', 'true');
});

test('a swap that would leave nobody on is refused with the reason before it is asked', async ({ browserName: _browser }, info) => {
  await page.keyboard.press('g');
  await page.keyboard.press('m');
  await expect(page.getByRole('region', { name: 'Next shift' })).toContainText(/Next shift in|On shift until/u);
  await eachTheme(async (theme) => {
    await page.screenshot({ path: info.outputPath(`my-shifts-${theme}.png`) });
    expect.soft(await accessibilityProblems(page), theme).toEqual([]);
  });
  await page.getByRole('button', { name: 'Ask for a swap', exact: true }).click();
  const dialog = page.getByRole('dialog');
  const whom = dialog.getByRole('combobox', { name: 'Whom to ask' });
  await whom.click();
  await whom.fill('Arjun');
  await page.getByRole('option', { name: /Arjun Nair/u }).click();
  // The shift of a lead, given to somebody who is none.
  await expect(dialog).toContainText('Arjun Nair can not do what the shift asks for.');
  await expect(dialog).toContainText('Too few people would be left:');
  await expect(dialog.getByRole('listitem').first()).toContainText(/nobody on|of \d+ on/u);
  await expect(dialog.getByRole('button', { name: 'Ask', exact: true })).toBeDisabled();
  await eachTheme(async (theme) => {
    await page.screenshot({ path: info.outputPath(`swap-${theme}.png`) });
    expect.soft(await accessibilityProblems(page), theme).toEqual([]);
  });
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(dialog).toBeHidden();
});

test('time off is asked for, waits for a lead, and can be withdrawn', async ({ browserName: _browser }, info) => {
  await page.getByRole('button', { name: 'Ask for time off' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('combobox', { name: 'What for' }).click();
  await page.getByRole('option', { name: 'Training' }).click();
  await expect(dialog).toContainText(/Every requirement stays covered|Without you there would be too few/u);
  await page.screenshot({ path: info.outputPath('absence.png') });
  await dialog.getByRole('button', { name: 'Ask', exact: true }).click();
  await expect(dialog).toBeHidden();
  const away = page.getByRole('region', { name: 'Time away' });
  await expect(away).toContainText('Training');
  await expect(away).toContainText('waiting for a lead');
  await away.getByRole('listitem').filter({ hasText: 'Training' }).getByRole('button', { name: 'Withdraw' }).click();
  await expect(away.getByRole('listitem').filter({ hasText: 'Training' })).toHaveCount(0);
});

test('a case that breaches before anyone who can take it starts is marked, found and explained', async ({
  browserName: _browser,
}, info) => {
  const { rows } = await callEngine(page, 'cases.list', { view: 'all', sort: 'newest', limit: 500 });
  const korean = rows.find((row) => row.language === 'ko' && row.status === 'open' && (row.sla?.dueAt ?? 0) > Date.now() + HOUR_MS / 2);
  if (korean === undefined) throw new Error('no open case in Korean');
  // Nobody of the sample team is L2 and speaks Korean.
  await callEngine(page, 'cases.apply', { opId: opId('label'), caseIds: [korean.caseId], action: { kind: 'add-label', label: 'L2' } });
  await page.keyboard.press('g');
  await page.keyboard.press('u');
  await expect(page.getByRole('heading', { name: 'Unstaffed', level: 1 })).toBeVisible();
  const row = page.locator(`[data-case-id="${korean.caseId}"]`);
  // Only rows near the visible ones are in the page.
  await expect(async () => {
    if ((await row.count()) === 0) {
      await page.getByRole('grid').hover();
      await page.mouse.wheel(0, 500);
    }
    await expect(row).toBeVisible({ timeout: 500 });
  }).toPass();
  await expect(row).toContainText('Nobody on');
  await expect(row).toContainText('Breaches before anyone who can take it starts');
  await row.locator('.ib-runway').hover();
  const card = page.locator('.m-point-card');
  await expect(card).toContainText('Asks for L2 and Korean');
  await expect(card).toContainText('Nobody who can take it is planned');
  await eachTheme(async (theme) => {
    await row.locator('.ib-runway').hover();
    await expect(card).toBeVisible();
    await page.screenshot({ path: info.outputPath(`unstaffed-${theme}.png`) });
    expect.soft(await accessibilityProblems(page), theme).toEqual([]);
  });
  await row.click();
  await page.keyboard.press('w');
  await expect(page.getByRole('dialog')).toContainText('Breaches before anyone who can take it starts');
  await page.keyboard.press('Escape');
});

test('the palette says who is on and who is next for any words', async ({ browserName: _browser }, info) => {
  await page.keyboard.press('ControlOrMeta+k');
  await page.keyboard.type('who is on l2 lisbon');
  await page.getByRole('option', { name: 'Who is on: L2 · Lisbon' }).click();
  const people = page.getByRole('option');
  await expect(people.first()).toContainText(/until|from/u);
  for (const text of await people.allTextContents()) expect(text).toContain('Lisbon');
  await eachTheme(async (theme) => {
    await page.screenshot({ path: info.outputPath(`who-${theme}.png`) });
    expect.soft(await accessibilityProblems(page), theme).toEqual([]);
  });
  await page.keyboard.press('Escape');
});
