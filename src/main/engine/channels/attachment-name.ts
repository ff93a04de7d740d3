const MAX_BYTES = 255;

/** Extensions for parts that name none; anything else stays without. */
const extensions: ReadonlyMap<string, string> = new Map([
  ['message/rfc822', 'eml'],
  ['message/global', 'eml'],
  ['message/delivery-status', 'txt'],
  ['message/disposition-notification', 'txt'],
  ['text/rfc822-headers', 'txt'],
  ['text/plain', 'txt'],
  ['text/html', 'html'],
  ['text/calendar', 'ics'],
  ['text/csv', 'csv'],
  ['text/vcard', 'vcf'],
  ['image/png', 'png'],
  ['image/jpeg', 'jpg'],
  ['image/gif', 'gif'],
  ['image/webp', 'webp'],
  ['application/pdf', 'pdf'],
  ['application/zip', 'zip'],
  ['application/json', 'json'],
  ['application/pgp-signature', 'asc'],
  ['application/pkcs7-signature', 'p7s'],
  ['application/x-pkcs7-signature', 'p7s'],
  ['application/ms-tnef', 'dat'],
]);

/** Names that Windows gives to devices, whatever their extension. */
const deviceName = /^(?:con|prn|aux|nul|com\d|lpt\d|conin\$|conout\$)(?:\.|$)/iu;

/**
 * A file name that can be shown and saved anywhere: the last path segment only, without control, zero-width and
 * bidirectional characters (which make `exe.gpj` look like `jpg.exe` reversed), without characters and names that a file
 * system refuses, at most 255 bytes of UTF-8 with the extension kept.
 */
export function safeFileName(name: string | null, declaredType: string, index: number): string {
  const segment = (name ?? '').normalize('NFC').split(/[/\\]/u).at(-1) ?? '';
  const clean = segment
    .replace(
      /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g,
      '',
    )
    .replace(/[<>:"|?*]/gu, '_')
    .replace(/\s+/gu, ' ')
    .replace(/^[. ]+/u, '')
    .replace(/[. ]+$/u, '');
  if (clean === '') return defaultName(declaredType, index);
  return shorten(deviceName.test(clean) ? `_${clean}` : clean);
}

function defaultName(declaredType: string, index: number): string {
  const extension = extensions.get(declaredType);
  return `attachment-${String(index + 1)}${extension === undefined ? '' : `.${extension}`}`;
}

function shorten(name: string): string {
  if (Buffer.byteLength(name) <= MAX_BYTES) return name;
  const dot = name.lastIndexOf('.');
  const suffix = dot > 0 && Buffer.byteLength(name.slice(dot)) <= 32 ? name.slice(dot) : '';
  const stem = suffix === '' ? name : name.slice(0, dot);
  let kept = '';
  let room = MAX_BYTES - Buffer.byteLength(suffix);
  for (const character of stem) {
    room -= Buffer.byteLength(character);
    if (room < 0) break;
    kept += character;
  }
  return kept.trimEnd() + suffix;
}
