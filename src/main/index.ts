import path from 'node:path';
import { app } from 'electron';
import { folderTrouble, tellFolderTrouble } from './shell/data-folder.ts';
import { readLaunchOptions } from './shell/launch-options.ts';
import { registerSchemes } from './shell/protocol.ts';
import { closeChromiumNetwork } from './shell/security.ts';
import { Shell } from './shell/shell.ts';
import { describe } from './shell/shell-log.ts';

const options = readLaunchOptions(process.argv.slice(1), process.env, app.isPackaged);

// everything here must come before the app is ready
if (options.userDataPath !== null) app.setPath('userData', options.userDataPath);
// root in a container has to pass --no-sandbox, which Chromium takes back for its helpers when the sandbox is asked for
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
closeChromiumNetwork(options);
// The page makes much that is gone a moment later: with the usual least size (MB) it is cleared away in the middle of every change of a list. What lives
// longer is cleared away when it has grown by so many percent instead of to twice its size, and when nobody has touched the page for a while.
app.commandLine.appendSwitch('js-flags', '--min-semi-space-size=16 --heap-growing-percent=30 --expose-gc');
registerSchemes();

// one app per data folder: a second start hands over its link and ends
if (app.requestSingleInstanceLock({ deepLink: options.deepLink })) {
  const out = path.resolve(import.meta.dirname, '..');
  const shell = new Shell(options, { out, resources: path.join(out, '../resources') });
  shell.attach();
  // never awaited here: Electron is ready only after this module has been evaluated
  app.whenReady().then(
    () => shell.start(),
    (error: unknown) => {
      process.stderr.write(`Meridian could not start: ${describe(error)}\n`);
      app.exit(1);
    },
  );
} else {
  const trouble = folderTrouble(app.getPath('userData'));
  if (trouble === null) app.quit();
  else void tellFolderTrouble(trouble);
}
