/** Why something of a calendar file becomes no shift. */
export const ICS_REFUSALS = [
  /** The file as a whole: it is no calendar, or larger than what is read. */
  'no-calendar',
  'too-large',
  /** Only the first so many events, repeating events or shifts are read; `what` says how many. */
  'too-many-events',
  'too-many-rules',
  'too-many-shifts',
  /** The event can not be read. */
  'malformed',
  /** A whole day is no shift: it has no times. */
  'all-day',
  /** A time without a zone, and nobody has said which is meant. */
  'floating',
  /** A zone that is neither an IANA nor a Windows name, and that the file does not describe. */
  'unknown-zone',
  'no-start',
  'no-end',
  /** Ends when it starts, or before. */
  'no-length',
  'too-long',
  /** It repeats in a way that shifts do not: by the hour, by weeks of the year, by a list of periods. */
  'rule-unsupported',
  /** Its rule takes too many steps to the time that is asked for. */
  'rule-too-long',
  /** It changes all later events of a series. */
  'range-unsupported',
  'cancelled',
  /** There is a later version of it in the file. */
  'superseded',
  /** So many shifts are outside of the time that is asked for. */
  'outside-window',
  /** So many more were refused. */
  'more',
] as const;
export type IcsRefusal = (typeof ICS_REFUSALS)[number];
