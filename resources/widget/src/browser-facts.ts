/** What a browser says of itself, for the form of a problem. */
export interface BrowserFacts {
  readonly device: string;
  readonly os: string;
  readonly appVersion: string;
}

const BROWSERS: readonly (readonly [name: string, pattern: RegExp])[] = [
  ['Edge', /Edg(?:e|A|iOS)?\/(\d+)/u],
  ['Opera', /OPR\/(\d+)/u],
  ['Samsung Internet', /SamsungBrowser\/(\d+)/u],
  ['Firefox', /(?:Firefox|FxiOS)\/(\d+)/u],
  ['Chrome', /(?:Chrome|CriOS)\/(\d+)/u],
  ['Safari', /Version\/(\d+(?:\.\d+)?).*Safari/u],
];

const SYSTEMS: readonly (readonly [name: string, pattern: RegExp])[] = [
  ['iOS', /(?:iPhone|CPU) OS (\d+[_.]\d+)/u],
  ['Android', /Android (\d+(?:\.\d+)?)/u],
  ['Windows', /Windows NT (\d+\.\d+)/u],
  ['macOS', /Mac OS X (\d+[_.]\d+)/u],
  ['ChromeOS', /CrOS/u],
  ['Linux', /Linux/u],
];

/**
 * From the text that browsers send with every request. Versions of Windows and macOS in it have stood still for years, so they are
 * left out. What can not be told is empty.
 * @param touchPoints of the screen: an iPad calls itself a Mac
 */
export function browserFacts(userAgent: string, touchPoints: number): BrowserFacts {
  const browser = BROWSERS.find(([, pattern]) => pattern.test(userAgent));
  const system = SYSTEMS.find(([, pattern]) => pattern.test(userAgent));
  const isPad = system?.[0] === 'macOS' && touchPoints > 1;
  const version = system?.[1].exec(userAgent)?.[1]?.replace('_', '.') ?? '';
  const osName = isPad ? 'iPadOS' : (system?.[0] ?? '');
  const os = osName === 'iOS' || osName === 'Android' ? `${osName} ${version}`.trim() : osName;
  return { device: deviceOf(userAgent, isPad), os, appVersion: `${browser?.[0] ?? ''} ${browser?.[1].exec(userAgent)?.[1] ?? ''}`.trim() };
}

function deviceOf(userAgent: string, isPad: boolean): string {
  if (isPad || userAgent.includes('iPad')) return 'iPad';
  if (userAgent.includes('iPhone')) return 'iPhone';
  // newer browsers call every model K
  const model = /Android [^;)]*; ([^;)]+?)(?: Build\/[^;)]*)?\)/u.exec(userAgent)?.[1] ?? '';
  if (userAgent.includes('Android')) return model === 'K' || model === '' ? 'Android' : model;
  return '';
}
