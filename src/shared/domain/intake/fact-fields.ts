/**
 * What one asks a customer of a digital-asset platform for. The names travel in the log and in a team's checklists; a team may add its own,
 * which nothing recognises.
 */
export const FACT_FIELDS = [
  'when',
  'did',
  'happened',
  'expected',
  'errorText',
  'device',
  'os',
  'appVersion',
  'coin',
  'amount',
  'network',
  'transaction',
  'address',
  'account',
  'order',
  'document',
  'screenshot',
] as const;
export type FactField = (typeof FACT_FIELDS)[number];

const KNOWN: ReadonlySet<string> = new Set(FACT_FIELDS);

/** Whether it is one that questions and recognisers are there for. */
export function isFactField(name: string): name is FactField {
  return KNOWN.has(name);
}

/** What says who or where somebody is, or what they have: never asked for, or repeated, where everybody can read it. */
const PERSONAL: ReadonlySet<string> = new Set<FactField>([
  'account',
  'address',
  'transaction',
  'order',
  'amount',
  'document',
  'screenshot',
]);

/** A fact that a team made is not known to be harmless. */
export function isPersonal(field: string): boolean {
  return PERSONAL.has(field) || !isFactField(field);
}

/** The longest that is kept of a fact. */
export const LONGEST_FACT = 300;
