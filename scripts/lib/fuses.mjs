/** Electron's fuses in the packaged app: the complete list, set once and checked on the result. */
import { FuseState, FuseV1Options, FuseVersion, flipFuses, getCurrentFuseWire } from '@electron/fuses';

/**
 * Complete by type: a fuse that a newer Electron brings must be decided here.
 * @type {Readonly<Record<FuseV1Options, boolean>>}
 */
export const fuses = {
  // the executable must not be usable as a plain Node with the app's trust
  [FuseV1Options.RunAsNode]: false,
  [FuseV1Options.EnableCookieEncryption]: true,
  [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
  [FuseV1Options.EnableNodeCliInspectArguments]: false,
  // enforced by Electron on macOS and Windows
  [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: true,
  [FuseV1Options.OnlyLoadAppFromAsar]: true,
  [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  // the page has a scheme of its own
  [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
  // faster WebAssembly memory checks, Electron's default
  [FuseV1Options.WasmTrapHandlers]: true,
};

/** @returns {[index: number, name: string, isOn: boolean][]} */
function listed() {
  return Object.entries(fuses).map(([index, isOn]) => [Number(index), FuseV1Options[Number(index)] ?? index, isOn]);
}

/**
 * The states in an executable by fuse index, of those fuses that its Electron has.
 * @param {string} executable an executable, or a .app folder
 * @returns {Promise<ReadonlyMap<number, FuseState>>}
 */
async function wireOf(executable) {
  const wire = Object.entries(await getCurrentFuseWire(executable));
  return new Map(wire.flatMap(([key, state]) => (/^\d+$/u.test(key) && typeof state === 'number' ? [[Number(key), state]] : [])));
}

/** @param {string} executable */
export async function setFuses(executable) {
  const present = await wireOf(executable);
  const wanted = Object.fromEntries(listed().flatMap(([index, , isOn]) => (present.has(index) ? [[index, isOn]] : [])));
  await flipFuses(executable, { version: FuseVersion.V1, resetAdHocDarwinSignature: process.platform === 'darwin', ...wanted });
}

/**
 * What is not as it should be; empty when all is well.
 * @param {string} executable
 * @returns {Promise<readonly string[]>}
 */
export async function fuseProblems(executable) {
  const present = await wireOf(executable);
  const known = new Set(listed().map(([index]) => index));
  const undecided = [...present]
    .filter(([index, state]) => !known.has(index) && state !== FuseState.REMOVED)
    .map(([index]) => `fuse ${String(index)} is not in the list`);
  const wrong = listed().flatMap(([index, name, isOn]) => {
    const state = present.get(index);
    // an older runtime does not have the youngest fuses
    if (state === undefined || state === FuseState.REMOVED || state === FuseState.INHERIT) return [];
    return (state === FuseState.ENABLE) === isOn ? [] : [`${name} should be ${isOn ? 'on' : 'off'}`];
  });
  return present.size === 0 ? ['no fuses found'] : [...undecided, ...wrong];
}
