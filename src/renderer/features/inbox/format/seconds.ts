const units = new Map<string, Intl.NumberFormat>();

/** Whole seconds in the shortest words of the language: `10s`. */
export function secondsText(seconds: number, locale: string): string {
  const known = units.get(locale) ?? new Intl.NumberFormat(locale, { style: 'unit', unit: 'second', unitDisplay: 'narrow' });
  units.set(locale, known);
  return known.format(Math.max(0, Math.ceil(seconds)));
}
