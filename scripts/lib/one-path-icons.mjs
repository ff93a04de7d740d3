/**
 * The icons of lucide are drawn with up to ten elements each, and a list of cases has a hundred icons: a third of all its elements, which the browser
 * looks at one by one. As one path each has two.
 */

/** @typedef {readonly [name: string, attributes: Readonly<Record<string, string>>]} Part */

const NUMBER = String.raw`[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?`;
const BEGINNING = new RegExp(`^m\\s*(${NUMBER})[\\s,]*(${NUMBER})[\\s,]*`, 'iu');
/** What each kind of part consists of; anything else is drawn as it is. */
const KNOWN = {
  path: ['d'],
  line: ['x1', 'y1', 'x2', 'y2'],
  circle: ['cx', 'cy', 'r'],
  ellipse: ['cx', 'cy', 'rx', 'ry'],
  rect: ['x', 'y', 'width', 'height', 'rx', 'ry'],
  polyline: ['points'],
  polygon: ['points'],
};

/**
 * A path that may stand behind another one: it begins where it says, not where that one ended.
 * @param {string} d
 */
function standingAlone(d) {
  const [beginning, x, y] = BEGINNING.exec(d) ?? [];
  if (beginning === undefined) throw new Error(`a path begins with no place: ${d}`);
  const rest = d.slice(beginning.length);
  if (rest === '') return `M${x} ${y}`;
  // more places behind the first one are lines, relative where the beginning was written so
  return /^[a-z]/iu.test(rest) ? `M${x} ${y}${rest}` : `M${x} ${y}${d.startsWith('m') ? 'l' : 'L'}${rest}`;
}

/** @param {number} cx @param {number} cy @param {number} rx @param {number} ry */
function roundAbout(cx, cy, rx, ry) {
  const half = `a${rx} ${ry} 0 1 0`;
  return `M${cx - rx} ${cy}${half} ${2 * rx} 0${half} ${-2 * rx} 0z`;
}

/**
 * @param {{ x?: number, y?: number, width?: number, height?: number, rx?: number, ry?: number }} rect with corners as SVG has them: one radius stands for
 * both
 */
function rectangle({ x = 0, y = 0, width = 0, height = 0, rx, ry }) {
  const [across, down] = [Math.min(rx ?? ry ?? 0, width / 2), Math.min(ry ?? rx ?? 0, height / 2)];
  if (across === 0 || down === 0) return `M${x} ${y}h${width}v${height}h${-width}z`;
  const corner = `a${across} ${down} 0 0 1`;
  const [straight, upright] = [width - 2 * across, height - 2 * down];
  return [
    `M${x + across} ${y}h${straight}`,
    `${corner} ${across} ${down}v${upright}`,
    `${corner} ${-across} ${down}h${-straight}`,
    `${corner} ${-across} ${-down}v${-upright}`,
    `${corner} ${across} ${-down}z`,
  ].join('');
}

/** @param {Part} part */
function pathOf([name, attributes]) {
  if (name === 'path') return standingAlone(attributes['d'] ?? '');
  if (name === 'polyline') return standingAlone(`M${attributes['points']}`);
  if (name === 'polygon') return `${standingAlone(`M${attributes['points']}`)}z`;
  /** @type {{ x1?: number, y1?: number, x2?: number, y2?: number, cx?: number, cy?: number, r?: number, rx?: number, ry?: number }} */
  const n = Object.fromEntries(Object.entries(attributes).map(([key, value]) => [key, Number(value)]));
  const { x1 = 0, y1 = 0, x2 = 0, y2 = 0, cx = 0, cy = 0, r = 0, rx = r, ry = r } = n;
  if (name === 'line') return `M${x1} ${y1}L${x2} ${y2}`;
  return name === 'rect' ? rectangle(n) : roundAbout(cx, cy, rx, ry);
}

/** @param {Part} part */
function isPlain([name, attributes]) {
  const known = KNOWN[/** @type {keyof typeof KNOWN} */ (name)];
  return known !== undefined && Object.keys(attributes).every((key) => key === 'key' || known.includes(key));
}

/**
 * The parts of an icon that is drawn with one line, as one path. Parts with a look of their own (a filled dot) stay as they are.
 * @param {readonly Part[]} parts
 * @returns {readonly Part[]}
 */
export function onePath(parts) {
  const plain = parts.filter(isPlain);
  if (plain.length < 2) return parts;
  const d = plain.map(pathOf).join('');
  return [['path', { d, key: 'all' }], ...parts.filter((part) => !isPlain(part))];
}

const ICON = /[\\/]lucide-react[\\/]dist[\\/]esm[\\/]icons[\\/][^\\/]+\.m?js(?:\?|$)/u;
const NODE = /(node: )(\[\n(?:.*\n)*?  \])/u;

/**
 * The code of a module in which an icon of lucide is one path; null where nothing is to change.
 * @param {string} code
 * @param {string} id the module's file
 */
export function withOnePath(code, id) {
  const found = ICON.test(id) ? NODE.exec(code) : null;
  if (found === null) return null;
  // lists of names and attributes, as JSON but for the names of the attributes
  const parts = /** @type {readonly Part[]} */ (JSON.parse((found[2] ?? '').replaceAll(/(\w+): "/gu, '"$1": "')));
  return code.replace(NODE, (_all, before) => `${before}${JSON.stringify(onePath(parts))}`);
}

/**
 * A plugin of the build that draws each of lucide's icons as one path.
 * @returns {import('vite').Plugin}
 */
export function onePathIcons() {
  return {
    name: 'meridian:one-path-icons',
    transform(code, id) {
      const changed = withOnePath(code, id);
      return changed === null ? null : { code: changed, map: null };
    },
  };
}
