import { fact } from './found.ts';
import type { FoundFact } from './found.ts';

const VERSION = String.raw`\d{1,3}(?:\.\d{1,5}){0,3}`;

/** Operating systems with their version; a bare name says too little. */
const SYSTEMS: readonly RegExp[] = [
  new RegExp(String.raw`(?<![a-z])(?<name>i(?:Pad)?OS)[ ]?(?:version |バージョン|版本)?[ ]?(?<version>${VERSION})`, 'iu'),
  new RegExp(
    String.raw`(?<![a-z])(?<name>Android|安卓|アンドロイド|안드로이드)[ ]?(?:OS|version|系统|系統|版本|バージョン|버전|versión|versão)?[ ]?(?<version>${VERSION})`,
    'iu',
  ),
  new RegExp(String.raw`(?<name>Harmony ?OS(?: NEXT)?|鸿蒙(?:系统)?|鴻蒙(?:系統)?)[ ]?(?<version>${VERSION})`, 'iu'),
  new RegExp(String.raw`(?<name>HyperOS|MIUI|One ?UI|ColorOS|EMUI)[ ]?(?<version>${VERSION})`, 'iu'),
  new RegExp(String.raw`(?<![a-z])(?<name>Windows|Win)[ -]?(?<version>(?:1[01]|8(?:\.1)?|7|XP|Vista)(?![\d.]))`, 'iu'),
  new RegExp(
    String.raw`(?<![a-z])(?<name>macOS|OS ?X|Mac OS(?: X)?)[ ]?(?<version>${VERSION}|Tahoe|Sequoia|Sonoma|Ventura|Monterey|Big Sur|Catalina)`,
    'iu',
  ),
  new RegExp(String.raw`(?<![a-z])(?<name>Ubuntu|Debian|Fedora|Chrome ?OS|Linux Mint)[ ]?(?<version>${VERSION})`, 'iu'),
];

/** The operating system and its version. */
export function systemsIn(text: string): readonly FoundFact[] {
  return SYSTEMS.flatMap((pattern) => {
    const { groups } = pattern.exec(text) ?? {};
    return groups === undefined ? [] : fact('os', `${groups['name'] ?? ''} ${groups['version'] ?? ''}`);
  });
}

const MODEL = String.raw`[ ]?(?:[A-Z]?\d{1,4}[A-Za-z+]{0,3}|X[RS]?|SE)(?: ?(?:Pro(?: Max)?|Max|Plus|Ultra|mini|FE|Lite|Fold ?\d?|Flip ?\d?|GT|\+))?`;
/** Devices by brand and model; a brand alone, or "my phone", says too little. */
const DEVICES: readonly RegExp[] = [
  // the number of an iPhone is no version of iOS
  new RegExp(
    String.raw`(?<![a-z])iPhone(?:[ ]?(?:1[0-9]|[4-9]|X[RS]?|SE|Air)(?!\d|\.\d))(?: ?(?:Pro(?: Max)?|Max|Plus|mini|e))?(?![a-z])`,
    'iu',
  ),
  /(?<![a-z])iPad(?: (?:Pro|Air|mini|\d{1,2}(?:th)?))(?: \d{1,2}(?:\.\d)?)?/iu,
  new RegExp(String.raw`(?:Samsung )?Galaxy (?:S|A|M|Z|Note|Tab)${MODEL.replace('[A-Z]?', ' ?')}`, 'iu'),
  /(?:Samsung|三星)[ ]?(?:S|A|M|Z ?(?:Fold|Flip)|Note)[ ]?\d{1,3}(?: ?(?:Ultra|Plus|FE|\+))?/iu,
  /(?:Google )?Pixel[ ]?\d{1,2}a?(?: ?(?:Pro(?: XL)?|XL|Fold))?/iu,
  new RegExp(
    String.raw`(?:Xiaomi|小米|Redmi|红米|紅米|POCO|Huawei|华为|華為|Honor|荣耀|榮耀|OPPO|vivo|Realme|OnePlus|一加|Motorola|Moto|Sony Xperia|Xperia|Nokia|AQUOS|Nothing Phone)[ ]?(?:(?:Mi|Note|Mate|P|Nova|Find|Reno|Magic|Edge|G|sense|Nord|Mix|Pura|畅享|Phone)[ ]?)?${MODEL}`,
    'iu',
  ),
  /MacBook(?: (?:Pro|Air))(?: (?:M[1-5]|\d{2}["”]?|20\d\d))?|(?<![a-z])iMac(?: (?:M[1-5]|20\d\d))?|Mac mini/iu,
  /(?:아이폰|アイフォン|苹果|蘋果)\s?(?:1[0-9]|[4-9]|X[RS]?|SE)(?: ?(?:프로|プロ|Pro)(?: ?(?:맥스|マックス|Max))?| ?(?:플러스|Plus|미니|mini))?/iu,
  /갤럭시\s?(?:[SAZM]|노트|Z ?(?:플립|폴드))\s?(?:플립|폴드)?\s?\d{1,3}(?: ?(?:울트라|플러스))?|픽셀\s?\d{1,2}/iu,
  /(?:ThinkPad|Surface (?:Pro|Laptop|Go)|Dell (?:XPS|Latitude|Inspiron)|HP (?:Pavilion|EliteBook|Spectre)|ASUS (?:ZenBook|VivoBook|ROG)|Lenovo (?:Yoga|IdeaPad|Legion))(?: [A-Z]?\d{1,4}[A-Za-z]?)?/iu,
];

/** The device, by brand and model. */
export function devicesIn(text: string): readonly FoundFact[] {
  return DEVICES.flatMap((pattern) => fact('device', pattern.exec(text)?.[0] ?? ''));
}

const DOTTED = String.raw`\d{1,3}\.\d{1,5}(?:\.\d{1,6}){0,2}`;
const APP_VERSION = new RegExp(
  String.raw`(?:(?<![a-z])(?:app|application|aplicación|aplicativo|アプリ|앱|应用|應用|客户端)[^\n.!?。！？\d]{0,24}|(?<![a-z])(?:version|ver\.?|versión|versão)[ :：]{0,2}|版本(?:号|號)?[是为為:： ]{0,2}|バージョン(?:は|[:： ])?[ ]?|버전[은는:： ]{0,2}|(?<![a-z0-9.])v)(?<version>${DOTTED})(?![\d.]*\d)`,
  'giu',
);
/** What stands right before a version says that it is one of something else. */
const OF_SYSTEM =
  /(?:i(?:pad)?os|android|安卓|アンドロイド|안드로이드|windows|macos|mac os|os ?x|harmony ?os|鸿蒙(?:系统)?|miui|hyperos|one ?ui|系统|系統|system|sistema|운영체제|OS)(?:の|的|은|는| is| de| do)?[ ,:：(（]{0,3}$/iu;
const BROWSER = /(?<![a-z])(?:Chrome|Firefox|Safari|Edge|Opera|Brave|Samsung Internet)[ /]?(?:version |v)?\d{1,3}(?:\.\d{1,6}){0,3}/iu;

/** The version of the app, or the browser with its version. */
export function appVersionsIn(text: string): readonly FoundFact[] {
  const found: FoundFact[] = [];
  for (const match of text.matchAll(APP_VERSION)) {
    const before = text.slice(Math.max(0, match.index - 24), match.index);
    const within = match[0].slice(0, match[0].length - (match.groups?.['version']?.length ?? 0));
    if (
      !OF_SYSTEM.test(before) &&
      !OF_SYSTEM.test(within.trimEnd()) &&
      !OF_SYSTEM.test(`${before}${within}`.replace(/(?:version|版本|バージョン|버전|versión|versão)[ :：]*$/iu, ''))
    )
      found.push(...fact('appVersion', match.groups?.['version'] ?? ''));
  }
  return [...found, ...fact('appVersion', BROWSER.exec(text)?.[0] ?? '')];
}
