import { expect, test } from 'vitest';
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
