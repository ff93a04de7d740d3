import { templateShifts } from '../../src/shared/domain/coverage/templates.ts';
import { EVERYBODY } from '../../src/shared/domain/coverage/roster.ts';
import type { ShiftTemplate } from '../../src/shared/domain/coverage/roster.ts';
import { makeId } from '../../src/shared/domain/ids.ts';
import { parseMinute } from '../../src/shared/domain/time/calendar.ts';
import { WEEKDAYS, parseLocalDate } from '../../src/shared/domain/time/local-time.ts';
import type { LocalDate } from '../../src/shared/domain/time/local-time.ts';
import { asList, asOneOf, asRow, asText } from './fields.ts';
import type { Row } from './fields.ts';
import { readInstant, writeInstant } from './instants.ts';
import type { Outcome } from './vectors.ts';

export function checkShifts(row: Row): Outcome {
  const template = readTemplate(asRow(row['template'], 'template'));
  const found = templateShifts(template, readDate(row['fromDate'], 'fromDate'), readDate(row['toDate'], 'toDate'), []);
  const expected = asList(row['shifts'], 'shifts').map((pair) => asList(pair, 'shift').map((end) => readInstant(end, 'shift')));
  return {
    name: `${template.zone} ${String(row['fromDate'])} ${template.name}`,
    expected: expected.map((pair) => pair.map(writeInstant).join(' ')).join('\n'),
    found: found.map(({ startAt, endAt }) => [startAt, endAt].map(writeInstant).join(' ')).join('\n'),
  };
}

function readTemplate(row: Row): ShiftTemplate {
  const start = asText(row['start'], 'start');
  const end = asText(row['end'], 'end');
  return {
    templateId: makeId('tpl', 'vector'),
    name: `${start}-${end}`,
    hubId: null,
    zone: asText(row['zone'], 'zone'),
    days: asList(row['days'], 'days').map((day) => asOneOf(WEEKDAYS, day, 'day')),
    startMinute: readMinute(start, 'start'),
    endMinute: readMinute(end, 'end'),
    cycleWeeks: 1,
    activeWeeks: [0],
    anchorDate: { year: 2026, month: 1, day: 5 },
    validFrom: null,
    validUntil: null,
    breaks: [],
    needs: EVERYBODY,
    onHolidays: 'work',
    isActive: true,
  };
}

function readMinute(text: string, what: string): number {
  const minute = parseMinute(text);
  if (minute === null) throw new TypeError(`${what} is no time: ${text}`);
  return minute;
}

function readDate(value: unknown, what: string): LocalDate {
  const date = parseLocalDate(asText(value, what));
  if (date === null) throw new TypeError(`${what} is no date: ${String(value)}`);
  return date;
}
