import { parseLocalDateTime } from '../../src/shared/domain/time/local-time.ts';
import { resolveLocal } from '../../src/shared/domain/time/zone.ts';
import { asText } from './fields.ts';
import type { Row } from './fields.ts';
import { readInstant, writeInstant } from './instants.ts';
import type { Outcome } from './vectors.ts';

export function checkZone(row: Row): Outcome {
  const zone = asText(row['zone'], 'zone');
  const local = parseLocalDateTime(asText(row['local'], 'local'));
  if (local === null) throw new TypeError(`local is no wall time: ${String(row['local'])}`);
  const found = resolveLocal(zone, local);
  const written = (kind: string, ...instants: Parameters<typeof writeInstant>): string => `${kind} ${instants.map(writeInstant).join(' ')}`;
  return {
    name: `${zone} ${String(row['local'])}`,
    expected: [
      asText(row['kind'], 'kind'),
      ...['earlier', 'later', 'compatible'].map((field) => writeInstant(readInstant(row[field], field))),
    ].join(' '),
    found: [written(found.kind, found.earlier), writeInstant(found.later), writeInstant(found.instant)].join(' '),
  };
}
