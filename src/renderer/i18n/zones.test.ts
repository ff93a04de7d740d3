import { expect, test } from 'vitest';
import { citiesOfZone } from '../../shared/domain/time/zone-cities.ts';
import { instant } from '../../shared/domain/time.ts';
import { formatsFor } from './formats.ts';
import { knownZones, warmZones, zoneOptions } from './zones.ts';

test('zones are found by their current and by their former name', () => {
  const now = instant(Date.UTC(2026, 10, 29));
  warmZones('en', now, 0, () => false);
  const options = zoneOptions(formatsFor('en', 'UTC'), now, knownZones().length);
  const kathmandu = options.filter((option) => `${option.label} ${option.keywords}`.includes('Kathmandu'));
  expect(kathmandu.map((option) => option.value)).toEqual(['Asia/Kathmandu']);
  expect(kathmandu[0]?.keywords).toContain('Asia/Katmandu');
});

test('a city that no zone is named after leads to its zone', () => {
  const now = instant(Date.UTC(2026, 10, 29));
  warmZones('en', now, 0, () => false);
  const options = zoneOptions(formatsFor('en', 'UTC'), now, knownZones().length);
  const found = (word: string): readonly string[] =>
    options.filter((option) => `${option.label} ${option.keywords}`.includes(word)).map((option) => option.value);
  expect(found('San Francisco')).toEqual(['America/Los_Angeles']);
  expect(found('深圳')).toEqual(['Asia/Shanghai']);
});

test('every zone with other cities is one that there is, and none of them has a zone of its own', () => {
  const names = knownZones();
  const own = new Set(names.map((zone) => (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ')));
  const cities = names.flatMap((zone) => citiesOfZone(zone));
  expect(cities.length).toBeGreaterThan(150);
  expect(cities.filter((city) => own.has(city))).toEqual([]);
});
