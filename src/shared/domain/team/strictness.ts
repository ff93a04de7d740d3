/** Which events are appended with compare-and-set, and what their streams are called on the wire. */

const STRICT_TYPES: ReadonlySet<string> = new Set([
  'case.claimed',
  'case.assigned',
  'case.released',
  'case.replyQueued',
  'publication.made',
]);

/** Kinds of which every event is strict. */
const STRICT_PREFIXES = ['handoff.', 'send.'] as const;

/**
 * Whether an event is stored only while the newest entry of its stream is the one that its author had seen: of two who did not know
 * of each other the second looks again before it counts. Everything else commutes, and so does every kind that is not known.
 */
export function isStrict(type: string): boolean {
  return STRICT_TYPES.has(type) || STRICT_PREFIXES.some((prefix) => type.startsWith(prefix));
}

/** Streams that are one for the whole team (`sla`, `staffing`) have no id; on the wire they are settings. */
const SETTING = 'setting';

/** What a stream is about, such as `case` of `case.case_ab12`; `setting` for a stream of the whole team. */
export function streamKind(stream: string): string {
  const dot = stream.indexOf('.');
  return dot === -1 ? SETTING : stream.slice(0, dot);
}

/** `sla` travels as `setting.sla`, because permissions go by the kind; a stream with a kind travels as it is. */
export function wireStream(stream: string): string {
  return stream.includes('.') ? stream : `${SETTING}.${stream}`;
}

/** The stream as it is called here; undoes `wireStream`. */
export function localStream(stream: string): string {
  return stream.startsWith(`${SETTING}.`) ? stream.slice(SETTING.length + 1) : stream;
}
