import { expect, test } from 'vitest';
import { addWindow, copyDay, freeWindow, moveWindow, piecesOf, removeWindow, resizeWindow } from './week-edit.ts';

const at = (openMinute: number, closeMinute: number): { openMinute: number; closeMinute: number } => ({ openMinute, closeMinute });
const MON = { weekday: 'mon', index: 0 } as const;

test('a window moved past midnight belongs to the day on which it opens then, past Sunday to Monday', () => {
  expect(moveWindow({ mon: [at(540, 1020)] }, MON, -600, 0)).toEqual({
    week: { mon: [], sun: [at(1380, 420)] },
    place: { weekday: 'sun', index: 0 },
  });
  expect(moveWindow({ sun: [at(1380, 420)] }, { weekday: 'sun', index: 0 }, 120, 0).week.mon).toEqual([at(60, 540)]);
});

test('a window that ends at midnight ends at 24:00; later it ends on the next day', () => {
  const evening = { mon: [at(1080, 1425)] };
  expect(resizeWindow(evening, MON, 'close', 15).week.mon).toEqual([at(1080, 1440)]);
  expect(resizeWindow(evening, MON, 'close', 30).week.mon).toEqual([at(1080, 15)]);
});

test('a window is never shorter than a step nor longer than a day', () => {
  expect(resizeWindow({ mon: [at(540, 600)] }, MON, 'close', -600).week.mon).toEqual([at(540, 555)]);
  expect(resizeWindow({ mon: [at(540, 600)] }, MON, 'open', 600).week.mon).toEqual([at(585, 600)]);
  expect(resizeWindow({ mon: [at(0, 600)] }, MON, 'close', 3_000).week.mon).toEqual([at(0, 1440)]);
});

test('the start drawn before midnight opens the window the day before', () => {
  expect(resizeWindow({ mon: [at(15, 600)] }, MON, 'open', -30)).toEqual({
    week: { mon: [], sun: [at(1425, 600)] },
    place: { weekday: 'sun', index: 0 },
  });
});

test('windows of a day are kept by opening, and the place of the one that moved is told', () => {
  const week = { mon: [at(480, 720), at(780, 1020)] };
  expect(moveWindow(week, MON, 420, 0)).toEqual({
    week: { mon: [at(780, 1020), at(900, 1140)] },
    place: { weekday: 'mon', index: 1 },
  });
  expect(removeWindow(week, MON).mon).toEqual([at(780, 1020)]);
});

test('a night is drawn on two days; 24:00 and the whole day on one', () => {
  expect(piecesOf({ sun: [at(1320, 360)] }).map((piece) => [piece.weekday, piece.fromMinute, piece.toMinute])).toEqual([
    ['sun', 1320, 1440],
    ['mon', 0, 360],
  ]);
  expect(piecesOf({ mon: [at(0, 1440)] })).toHaveLength(1);
});

test('a new window goes where nothing is open, also not from the night before', () => {
  expect(freeWindow({}, 'tue')).toEqual(at(540, 1020));
  expect(freeWindow({ mon: [at(1320, 600)] }, 'tue')).toEqual(at(600, 1440));
  expect(freeWindow({ tue: [at(0, 1440)] }, 'tue')).toBeNull();
});

test('copying a day leaves the others alone', () => {
  const week = { mon: [at(540, 1020)], sun: [at(0, 60)] };
  expect(copyDay(week, 'mon', ['tue', 'wed'])).toEqual({ ...week, tue: week.mon, wed: week.mon });
  expect(addWindow(week, 'mon', at(0, 60)).place).toEqual({ weekday: 'mon', index: 0 });
});
