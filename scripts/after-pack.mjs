/** electron-builder calls this between copying the runtime and making packages. */
import fs from 'node:fs';
import path from 'node:path';
import { setFuses } from './lib/fuses.mjs';

/**
 * @param {{ appOutDir: string, electronPlatformName: string, packager: { executableName: string, appInfo: { productFilename: string } } }} context
 */
export default async function afterPack({ appOutDir, electronPlatformName, packager }) {
  // left behind when the runtime comes from a folder
  for (const file of ['resources/default_app.asar', 'version']) fs.rmSync(path.join(appOutDir, file), { force: true });
  const { productFilename } = packager.appInfo;
  const names = new Map([
    ['darwin', `${productFilename}.app`],
    ['mas', `${productFilename}.app`],
    ['win32', `${productFilename}.exe`],
  ]);
  await setFuses(path.join(appOutDir, names.get(electronPlatformName) ?? packager.executableName));
}
