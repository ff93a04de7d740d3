const MAX_LENGTH = 120;
/** Names that Windows keeps for devices. */
const DEVICES = /^(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|$)/iu;

/** A file name to suggest, made from one that a stranger chose: no path, no controls, no trick with the reading direction. */
export function safeSaveName(name: string): string {
  const last = name.split(/[/\\]/u).at(-1) ?? '';
  const plain = last
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '')
    .replaceAll(/[<>:"|?*]/gu, '_')
    .replace(/^[.\s]+/u, '')
    .replace(/[.\s]+$/u, '');
  const safe = plain === '' || DEVICES.test(plain) ? `file_${plain}` : plain;
  const letters = [...safe];
  if (letters.length <= MAX_LENGTH) return safe;
  const ending = /\.[^.]{1,10}$/u.exec(safe)?.[0] ?? '';
  return letters.slice(0, MAX_LENGTH - ending.length).join('') + ending;
}
