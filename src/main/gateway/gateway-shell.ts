import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { ShellPort } from '../engine/ports/shell-port.ts';
import type { ShellRequests } from '../../shared/contract/shell.contract.ts';

type Answers = { readonly [Name in keyof ShellRequests]?: (input: ShellRequests[Name][0]) => Promise<ShellRequests[Name][1]> };

/** Kept in the folder, because the invite is deleted after joining. Everything else is given again at each start. */
const KEPT = new Map([['team:seed', 'team.seed']]);

/** What the engine asks of a desktop, where there is none. Passwords stay in memory; the key of the team is a file of mode 0600. */
export function gatewayShell(folder: string, version: string): ShellPort {
  const secrets = new Map<string, string>();
  const fileOf = (ref: string): string | null => {
    const name = KEPT.get(ref);
    return name === undefined ? null : path.join(folder, name);
  };
  const answers: Answers = {
    'app.info': async () =>
      Promise.resolve({
        version,
        electron: '',
        chrome: '',
        node: process.versions.node,
        fallbackRuntime: false,
        pinnedElectron: '',
        platform: process.platform,
        packaged: false,
        userDataPath: folder,
      }),
    'vault.status': async () => Promise.resolve({ backend: 'keychain', state: 'ready' }),
    'secret.get': async ({ ref }) => {
      const file = fileOf(ref);
      return file === null ? (secrets.get(ref) ?? null) : readFile(file, 'utf8').catch(() => null);
    },
    'secret.set': async ({ ref, value }) => {
      const file = fileOf(ref);
      if (file === null) secrets.set(ref, value);
      else {
        await writeFile(`${file}.new`, value, { mode: 0o600, flush: true });
        await rename(`${file}.new`, file);
      }
      return 'ok';
    },
    'secret.delete': async ({ ref }) => {
      const file = fileOf(ref);
      secrets.delete(ref);
      if (file !== null) await rm(file, { force: true });
      return null;
    },
    'external.open': async () => Promise.resolve('refused'),
  };
  return {
    request: async (name, input) => {
      const answer = answers[name];
      // requests about windows are answered with nothing: there are none
      return answer === undefined ? null : answer(input);
    },
  };
}
