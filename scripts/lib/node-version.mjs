/** Imported first by every entry script: an older Node gets one clear sentence instead of a syntax error. */
const NEEDED = [20, 19];
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < (NEEDED[0] || 0) || (major === NEEDED[0] && minor < (NEEDED[1] || 0))) {
  console.error('Meridian needs Node ' + NEEDED.join('.') + ' or newer; this is ' + process.versions.node + '. See https://nodejs.org');
  process.exit(1);
}
export const neededNode = NEEDED.join('.');
