/** Endings of files that can run, or hide something that runs, on a common system. */
const RISKY_ENDINGS = new Set(
  'ade adp apk app appimage appref-ms appx bat cab chm cmd com cpl deb desktop dll dmg exe gz hta htm html img ins iso isp jar js jse lib lnk mde msc msi msix msp mst nsh one pif ps1 py r00 rar reg rpm scf scr sh shs svg sys tar tgz url vb vbe vbs vhd vxd wsc wsf wsh xll xz zip 7z docm xlsm pptm'.split(
    ' ',
  ),
);

/** Right-to-left override and friends make `gpj.exe` read as `exe.jpg`. */
const DIRECTION_TRICK = /[\u202a-\u202e\u2066-\u2069\u200e\u200f]/u;

/**
 * True when a file deserves a warning before it is saved: any of its endings is one that runs or packs, or its name turns
 * the reading direction. Every ending counts, not only the last: `photo.scr.xz` hides a program.
 */
export function isRiskyAttachment(name: string, type: string): boolean {
  if (DIRECTION_TRICK.test(name)) return true;
  if (/^application\/(x-msdownload|x-msdos-program|x-sh|java-archive|hta|x-executable)/iu.test(type)) return true;
  return name
    .toLowerCase()
    .split('.')
    .slice(1)
    .some((ending) => RISKY_ENDINGS.has(ending.trim()));
}
