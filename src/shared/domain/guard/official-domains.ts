import type { DomainFinding, OfficialRegistry, RegistrableDomain } from './guard-types.ts';
import { decodeLabel } from './punycode.ts';
import { isOneSlipAway, skeleton, visualKey } from './skeleton.ts';

/** Labels of fewer letters are one letter away from many others. */
const MIN_NEAR = 5;
/** Labels of fewer letters are part of many others, and count between hyphens only. */
const MIN_INSIDE = 6;

interface OfficialLabel {
  readonly shown: string;
  readonly keys: readonly string[];
}

const prepared = new WeakMap<OfficialRegistry, readonly OfficialLabel[]>();

/**
 * Whether a host resembles one of ours, null when it is ours (with everything below it) or does not.
 *
 * - `same`: it looks the same: another ending, hyphens, letters of other scripts, digits for letters.
 * - `near`: a letter more, less, another, or two swapped.
 * - `contains`: our name with something beside it (`example-login.com`).
 * - `subdomain`: our name in front of a domain that is somebody else's (`example.com.login.net`, `exam.ple.com`).
 */
export function judgeDomain(host: string, registry: OfficialRegistry, registrableDomain: RegistrableDomain): DomainFinding | null {
  const name = host.toLowerCase().replace(/\.$/u, '');
  const domain = registrableDomain(name);
  if (domain === null || isOfficialHost(name, registry)) return null;
  const labels = domain.split('.').map(decodeLabel);
  const label = labels[0] ?? '';
  const below = name.slice(0, Math.max(0, name.length - domain.length - 1));
  const front = below === '' ? [] : below.split('.').map(decodeLabel);
  for (const official of officialLabels(registry)) {
    const reason = judgeLabel(label, official) ?? judgeFront(front, label, official);
    if (reason !== null) return { reason, domain, official: official.shown };
  }
  return null;
}

/** Whether a host is one of ours or below one. */
export function isOfficialHost(host: string, registry: OfficialRegistry): boolean {
  const name = host.toLowerCase().replace(/\.$/u, '');
  return registry.domains.some((domain) => name === domain.toLowerCase() || name.endsWith(`.${domain.toLowerCase()}`));
}

function officialLabels(registry: OfficialRegistry): readonly OfficialLabel[] {
  const known = prepared.get(registry);
  if (known !== undefined) return known;
  const made = [
    ...registry.domains.map((domain) => ({ shown: domain, keys: keysOf(decodeLabel(domain.split('.')[0] ?? '')) })),
    ...registry.brands.map((brand) => ({ shown: registry.domains[0] ?? brand, keys: keysOf(brand) })),
  ].filter(({ keys }) => (keys[0]?.length ?? 0) >= 3);
  prepared.set(registry, made);
  return made;
}

/** Letters and pairs that a hurried eye takes for one another; both sides are rewritten, so only their sameness counts. */
const BLURS: readonly (readonly [from: RegExp, to: string])[] = [
  [/cl|dl/gu, 'd'],
  [/lb/gu, 'b'],
  [/lh/gu, 'h'],
  [/l[ck]/gu, 'k'],
  [/rn|nn|rr|nl|m|r/gu, 'n'],
  [/nn/gu, 'n'],
  [/d/gu, 'b'],
  [/e/gu, 'c'],
  [/q/gu, 'g'],
  [/vv|w|v/gu, 'u'],
  [/uu/gu, 'u'],
];

/** A label as it may be read: all that imitates folded; only as it is; and blurred. */
function keysOf(label: string): readonly [folded: string, plain: string, blurred: string] {
  const plain = skeleton(label).replaceAll(/[^\p{L}\p{N}]/gu, '');
  const folded = visualKey(label);
  return [folded, plain, BLURS.reduce((text, [from, to]) => text.replaceAll(from, to), folded)];
}

function judgeLabel(label: string, official: OfficialLabel): DomainFinding['reason'] | null {
  const keys = keysOf(label);
  if (keys.some((key, index) => key === official.keys[index])) return 'same';
  if (keys.some((key, index) => isNear(key, official.keys[index] ?? ''))) return 'near';
  const [folded] = keys;
  const key = official.keys[0] ?? '';
  if (key.length >= MIN_INSIDE ? keys.some((one, index) => one.includes(official.keys[index] ?? '\n')) : isPartOf(label, key))
    return 'contains';
  // our name misspelt with a hyphen and a word beside it
  const isNearPart = label.includes('-') && label.split('-').some((part) => isNear(visualKey(part), key) && key.length > MIN_INSIDE);
  return isNearPart && folded !== key ? 'contains' : null;
}

function isPartOf(label: string, key: string): boolean {
  return label.includes('-') && label.split('-').some((part) => visualKey(part) === key);
}

function isNear(key: string, official: string): boolean {
  return official.length >= MIN_NEAR && isOneSlipAway(key, official);
}

function judgeFront(front: readonly string[], label: string, official: OfficialLabel): DomainFinding['reason'] | null {
  if (front.length === 0) return null;
  const key = official.keys[0] ?? '';
  const isThere = front.some(
    (one) => visualKey(one) === key || (key.length >= MIN_INSIDE && visualKey(one).includes(key)) || isPartOf(one, key),
  );
  if (isThere) return 'subdomain';
  const joined = visualKey([...front, label].join(''));
  return key.length >= MIN_INSIDE && (joined === key || joined.endsWith(key)) ? 'subdomain' : null;
}
