import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { EVERYBODY } from '../src/shared/domain/coverage/roster.ts';
import type { AgentProfile } from '../src/shared/domain/coverage/roster.ts';
import { makeId } from '../src/shared/domain/ids.ts';
import { HOUR_MS, instant } from '../src/shared/domain/time.ts';
import { toLocal } from '../src/shared/domain/time/zone.ts';
import { openSample } from './electron-app.ts';
import type { RunningApp } from './electron-app.ts';
import { callEngine } from './engine-port.ts';
import { lookInBothThemes, picture } from './look.ts';
import { openPalette } from './palette.ts';

/** An agent relies on the plan: the ribbon, who can take a case in time, one's own shifts and what is asked of them. */
test.describe.configure({ mode: 'serial' });

let meridian: RunningApp;
let page: Page;

test.beforeAll(async () => {
  // who is on, and what is due before somebody comes, is about this very hour
  meridian = await openSample({ sample: 'of-the-last-minutes' });
  ({ page } = meridian);
});
test.afterAll(async () => {
  await meridian.close();
});

const summary = (hub: string): ReturnType<Page['getByRole']> =>
  page
    .getByRole('list', { name: 'Who is on now' })
    .getByRole('listitem')
    .filter({ hasText: `${hub}:` });
const countOf = (text: string): number => Number(/: (\d+) on shift/u.exec(text)?.[1] ?? 0);
const opId = (name: string): ReturnType<typeof makeId<'op'>> => makeId('op', `agent-${name}-0000`);

/** Who is there and has no shift in a stretch, beside who sits here. */
async function peopleFree(from: number, to: number): Promise<readonly AgentProfile[]> {
  const { roster, me } = await callEngine(page, 'roster.get', {});
  const { shifts, absences } = await callEngine(page, 'plan.window', { from: instant(from), to: instant(to) });
  const isTaken = ({ agentId }: AgentProfile): boolean =>
    absences.some((absence) => absence.agentId === agentId) ||
    shifts.some(
      (shift) => shift.published?.agentId === agentId || (shift.draft.kind === 'changed' && shift.draft.body.agentId === agentId),
    );
  return roster.agents.filter((agent) => agent.isActive && agent.agentId !== me && agent.hubId !== null && !isTaken(agent));
}

test('the ribbon changes at once when a plan is published', async () => {
  await page.keyboard.press('g');
  await page.keyboard.press('0');
  // for longer than the shift that is put there; on the eve of a weekend everybody works within most of a day
  const [agent] = await peopleFree(Date.now() - 5 * HOUR_MS, Date.now() + 5 * HOUR_MS);
  if (agent === undefined) throw new Error('everybody works around now');
  const { roster, zoneData } = await callEngine(page, 'roster.get', {});
  const hub = roster.hubs.find((each) => each.hubId === agent.hubId);
  if (hub === undefined) throw new Error('no hub');
  await expect(summary(hub.name)).toContainText(/: (?:\d+|nobody) on shift/u);
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
  await expect.poll(async () => countOf((await summary(hub.name).textContent()) ?? '')).toBe(before + 1);
  await lookInBothThemes(meridian, 'ribbon');
});

test('it is walked by keyboard, tells what is at each time, and shows that time in Coverage', async () => {
  await page.keyboard.press('g');
  await page.keyboard.press('r');
  const slider = page.getByRole('slider', { name: 'Time on the sun ribbon' });
  await expect(slider).toBeFocused();
  const minutes = async (): Promise<number> => Number(await slider.getAttribute('aria-valuenow'));
  expect(Math.abs(await minutes())).toBeLessThanOrEqual(1);
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  // the second quarter of an hour from now; what is told is rounded
  await expect.poll(minutes).toBeGreaterThanOrEqual(15);
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
  await lookInBothThemes(meridian, 'ribbon-card', async () => {
    await slider.focus();
    await page.keyboard.press('ArrowRight');
    await expect(card).toBeVisible();
  });
  await page.keyboard.press('Enter');
  await expect(page.getByRole('tab', { name: 'Plan', exact: true })).toHaveAttribute('aria-selected', 'true');
});

test('a swap that would leave nobody on is refused with the reason before it is asked', async () => {
  await page.keyboard.press('g');
  await page.keyboard.press('m');
  await expect(page.getByRole('region', { name: 'Next shift' })).toContainText(/Next shift in|On shift until/u);
  await lookInBothThemes(meridian, 'my-shifts');
  await page.getByRole('button', { name: 'Ask for a swap', exact: true }).click();
  // The next shift of a lead, given to somebody who is none and would have the time; towards the end of one another lead may be there already.
  const turns = (await callEngine(page, 'plan.mine', {}))?.turns ?? [];
  const next = turns.find(({ from }) => from > Date.now());
  if (next === undefined) throw new Error('nothing is planned here');
  const place = [...new Set(turns.map(({ shiftId }) => shiftId))].indexOf(next.shiftId);
  const colleague = (await peopleFree(next.from, next.from + 12 * HOUR_MS)).find(({ tiers }) => !tiers.includes('lead'));
  if (colleague === undefined) throw new Error('everybody works then');
  const dialog = page.locator('.m-dialog');
  await dialog.getByRole('combobox', { name: 'Shift' }).click();
  await page.getByRole('option').nth(place).click();
  await expect(page.getByRole('option')).toHaveCount(0);
  const whom = dialog.getByRole('combobox', { name: 'Whom to ask' });
  await whom.click();
  await whom.fill(colleague.name);
  await page.getByRole('option', { name: new RegExp(colleague.name, 'u') }).click();
  await expect(dialog).toContainText(`${colleague.name} can not do what the shift asks for.`);
  await expect(dialog).toContainText('Too few people would be left:');
  await expect(dialog.getByRole('listitem').first()).toContainText(/nobody on|of \d+ on/u);
  await expect(dialog.getByRole('button', { name: 'Ask', exact: true })).toBeDisabled();
  await lookInBothThemes(meridian, 'swap');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(dialog).toBeHidden();
});

test('time off is asked for, waits for a lead, and can be withdrawn', async () => {
  await page.getByRole('button', { name: 'Ask for time off' }).click();
  // by its name: what is told at the end is a dialog, too, and stays for seconds
  const dialog = page.getByRole('dialog', { name: 'Ask for time off' });
  await dialog.getByRole('combobox', { name: 'What for' }).click();
  await page.getByRole('option', { name: 'Training' }).click();
  await expect(dialog).toContainText(/Every requirement stays covered|Without you there would be too few/u);
  await picture(page, 'absence');
  await dialog.getByRole('button', { name: 'Ask', exact: true }).click();
  await expect(dialog).toBeHidden();
  const away = page.getByRole('region', { name: 'Time away' });
  await expect(away).toContainText('Training');
  await expect(away).toContainText('waiting for a lead');
  await away.getByRole('listitem').filter({ hasText: 'Training' }).getByRole('button', { name: 'Withdraw' }).click();
  await expect(away.getByRole('listitem').filter({ hasText: 'Training' })).toHaveCount(0);
});

test('a case that breaches before anyone who can take it starts is marked, found and explained', async () => {
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
  await expect(row.getByRole('img', { name: 'Breaches before anyone who can take it starts' })).toBeVisible();
  await row.locator('.ib-runway').hover();
  const card = page.locator('.m-point-card');
  await expect(card).toContainText('Asks for L2 and Korean');
  await expect(card).toContainText('Nobody who can take it is planned');
  await lookInBothThemes(meridian, 'unstaffed', async () => {
    await row.locator('.ib-runway').hover();
    await expect(card).toBeVisible();
  });
  await row.click();
  await expect(page.getByTestId('conversation').getByRole('button', { name: /Why this timer/u })).toBeVisible();
  await page.keyboard.press('w');
  await expect(page.locator('.m-dialog')).toContainText('Breaches before anyone who can take it starts');
  await page.keyboard.press('Escape');
});

test('the palette says who is on and who is next for any words', async () => {
  await openPalette(page, 'who is on l2 lisbon');
  await page.getByRole('option', { name: 'Who is on: L2 · Lisbon' }).click();
  await expect(page.getByRole('option', { name: 'Who is on: L2 · Lisbon' })).toHaveCount(0);
  const people = page.getByRole('option');
  await expect(people.first()).toContainText(/until|from/u);
  for (const text of await people.allTextContents()) expect(text).toContain('Lisbon');
  await lookInBothThemes(meridian, 'who');
  await page.keyboard.press('Escape');
});
