/** True when the runtime knows this IANA zone. Fixed offsets such as `+02:00` are no zones: they do not know daylight saving time. */
export function isKnownZone(zone: string): boolean {
  if (!/^[A-Za-z]/u.test(zone)) return false;
  try {
    // Throws a RangeError for a zone that does not exist.
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
