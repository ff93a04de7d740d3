/**
 * Which servers a team may trust its log to. Old ones do not fail: they ignore the headers they do not know, and the promise that
 * only one of two claims is stored silently does not hold. So the version is looked at on every connection, and refused by a code.
 */

/** `preview` is what stands behind a hyphen (`beta.1`), or null for a release. */
export interface HubVersion {
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
  readonly preview: string | null;
}

/**
 * The oldest server that is accepted. 2.9.10 was seen to let several of 50 claims win in a cluster; 2.10 answers "duplicate" for
 * what it has not stored yet, and has no atomic batches; 2.12.3 carries the repairs for losses while peers change.
 */
export const HUB_FLOOR = '2.12.3';

/** What operators should run: of this line, every property that a team relies on was tested. */
export const HUB_RECOMMENDED = '2.15';

/** Codes that the page has words for. */
export type HubVersionProblem = 'hub-too-old' | 'hub-version-unknown';

export type HubVersionCheck =
  | { readonly ok: true; readonly version: string }
  | { readonly ok: false; readonly code: HubVersionProblem; readonly version: string; readonly floor: string };

/** Reads `2.15.1`, `v2.15.1`, `2.16.0-preview.2` or `2.12.3+build`; null for anything else. */
export function parseHubVersion(text: string): HubVersion | null {
  const found = /^v?(\d{1,6})\.(\d{1,6})\.(\d{1,6})(?:-([0-9a-z.-]+))?(?:\+[0-9a-z.-]+)?$/iu.exec(text.trim());
  if (found === null) return null;
  const [, major, minor, patch, preview] = found;
  return { major: Number(major), minor: Number(minor), patch: Number(patch), preview: preview ?? null };
}

/** Negative when `a` is older. A preview is older than its release; two previews of one release count as equal. */
export function compareHubVersions(a: HubVersion, b: HubVersion): number {
  return a.major - b.major || a.minor - b.minor || a.patch - b.patch || Number(a.preview === null) - Number(b.preview === null);
}

/**
 * Judges what a server says of itself when it greets. A version that cannot be read is refused: a server of another make may
 * speak the same protocol and keep other promises.
 * @param said the `version` of the server's greeting; undefined when it named none
 */
export function checkHubVersion(said: string | undefined, floor: string = HUB_FLOOR): HubVersionCheck {
  const version = parseHubVersion(said ?? '');
  const least = parseHubVersion(floor);
  if (least === null) throw new RangeError(`malformed floor ${JSON.stringify(floor)}`);
  if (version === null) return { ok: false, code: 'hub-version-unknown', version: said ?? '', floor };
  if (compareHubVersions(version, least) < 0) return { ok: false, code: 'hub-too-old', version: said ?? '', floor };
  return { ok: true, version: said ?? '' };
}

/** A refusal in English, for logs and the command line; the page says it by its code. */
export function hubVersionRefusal(check: Extract<HubVersionCheck, { ok: false }>): string {
  return check.code === 'hub-too-old'
    ? `this hub runs nats-server ${check.version}. A team needs ${check.floor} or newer (${HUB_RECOMMENDED} is recommended): older servers can let two people win the same claim, and say nothing. Upgrade nats-server on the hub, then connect again.`
    : `this hub says its version is ${JSON.stringify(check.version)}, which is not a version of nats-server. A team needs nats-server ${check.floor} or newer.`;
}

/** Whether one version of a program is older than another; false when either cannot be read. */
export function isOlder(version: string, than: string): boolean {
  const [own, other] = [parseHubVersion(version), parseHubVersion(than)];
  return own !== null && other !== null && compareHubVersions(own, other) < 0;
}
