/**
 * The steps between which a crash must lose and double nothing. Tests start the engine with a probe that kills the
 * process at one of them; the app passes none.
 */
export const PROBE_POINTS = [
  'ingest:pulled',
  'ingest:sources-stored',
  'ingest:rows-written',
  'ingest:committed',
  'ingest:cursor-acknowledged',
  'outbox:picked',
  'outbox:sending-committed',
  'outbox:handed-over',
  'outbox:answered',
  'outbox:result-committed',
] as const;
export type ProbePoint = (typeof PROBE_POINTS)[number];
export type Probe = (point: ProbePoint) => void;

export function noProbe(): void {}
