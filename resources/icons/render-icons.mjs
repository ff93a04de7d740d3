/**
 * Draws every icon from its SVG: `node_modules/.bin/electron resources/icons/render-icons.mjs` (as root: add --no-sandbox before
 * the path). The results are committed, so only a change of a drawing needs it.
 */
import fs from 'node:fs';
import path from 'node:path';
import { app, BrowserWindow } from 'electron';

const folder = import.meta.dirname;
const ICON_SIZES = [16, 24, 32, 48, 64, 128, 256, 512, 1024];
/** Type of each size in an Apple icon file. */
const ICNS_TYPES = { icp4: 16, icp5: 32, icp6: 64, ic07: 128, ic08: 256, ic09: 512, ic10: 1024 };

/** @param {import('electron').WebContents} page @param {string} svg @param {number} size @returns {Promise<Buffer>} */
async function draw(page, svg, size) {
  const source = `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`;
  /** @type {unknown} */
  const url = await page.executeJavaScript(`(async () => {
    const image = new Image(${size}, ${size});
    image.src = ${JSON.stringify(source)};
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = ${size};
    canvas.getContext('2d').drawImage(image, 0, 0, ${size}, ${size});
    return canvas.toDataURL('image/png');
  })()`);
  return Buffer.from(String(url).split(',')[1] ?? '', 'base64');
}

/** A Windows icon: PNGs behind a directory. @param {readonly { size: number, png: Buffer }[]} images */
function ico(images) {
  const head = Buffer.alloc(6 + 16 * images.length);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(images.length, 4);
  let offset = head.length;
  for (const [index, { size, png }] of images.entries()) {
    const at = 6 + 16 * index;
    head.writeUInt8(size % 256, at);
    head.writeUInt8(size % 256, at + 1);
    head.writeUInt16LE(1, at + 4);
    head.writeUInt16LE(32, at + 6);
    head.writeUInt32LE(png.length, at + 8);
    head.writeUInt32LE(offset, at + 12);
    offset += png.length;
  }
  return Buffer.concat([head, ...images.map(({ png }) => png)]);
}

/** An Apple icon: chunks of PNG. @param {readonly { type: string, png: Buffer }[]} images */
function icns(images) {
  const chunks = images.map(({ type, png }) => {
    const head = Buffer.alloc(8);
    head.write(type, 0, 'latin1');
    head.writeUInt32BE(png.length + 8, 4);
    return Buffer.concat([head, png]);
  });
  const body = Buffer.concat(chunks);
  const head = Buffer.alloc(8);
  head.write('icns', 0, 'latin1');
  head.writeUInt32BE(body.length + 8, 4);
  return Buffer.concat([head, body]);
}

async function render() {
  const window = new BrowserWindow({ show: false, webPreferences: { sandbox: true } });
  await window.loadURL('about:blank');
  const icon = fs.readFileSync(path.join(folder, 'icon.svg'), 'utf8');
  /** @type {Map<number, Buffer>} */
  const drawn = new Map();
  for (const size of ICON_SIZES) {
    const png = await draw(window.webContents, icon, size);
    drawn.set(size, png);
    // the largest is only for the Apple file
    if (size <= 512) fs.writeFileSync(path.join(folder, `icon-${size}.png`), png);
  }
  const of = (/** @type {number} */ size) => drawn.get(size) ?? Buffer.alloc(0);
  fs.writeFileSync(path.join(folder, 'icon.ico'), ico([16, 24, 32, 48, 64, 128, 256].map((size) => ({ size, png: of(size) }))));
  fs.writeFileSync(path.join(folder, 'icon.icns'), icns(Object.entries(ICNS_TYPES).map(([type, size]) => ({ type, png: of(size) }))));
  for (const name of fs.readdirSync(folder).filter((each) => /^tray-.*\.svg$/u.test(each))) {
    const svg = fs.readFileSync(path.join(folder, name), 'utf8');
    const base = path.join(folder, name.slice(0, -'.svg'.length));
    // Linux panels draw about 24 pixels, the others 16; @2x is for dense screens
    const size = base.endsWith('Template') ? 18 : 24;
    fs.writeFileSync(`${base}.png`, await draw(window.webContents, svg, size));
    fs.writeFileSync(`${base}@2x.png`, await draw(window.webContents, svg, size * 2));
  }
}

app
  .whenReady()
  .then(render)
  .then(
    () => app.exit(0),
    (/** @type {unknown} */ error) => {
      process.stderr.write(`${String(error)}\n`);
      app.exit(1);
    },
  );
