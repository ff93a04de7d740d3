/** Just enough of tar, zip, asar and Electron's fuse wire, so that the set-up needs no tool besides Node. */
import fs from 'node:fs';
import zlib from 'node:zlib';

/**
 * @param {Buffer} buffer an unpacked tar archive
 * @returns {Generator<{ name: string, data: Buffer }>}
 */
export function* tarEntries(buffer) {
  for (let at = 0; at + 512 <= buffer.length;) {
    const [name = ''] = buffer.toString('utf8', at, at + 100).split('\0');
    if (name === '') return;
    const size = Number.parseInt(
      buffer
        .toString('latin1', at + 124, at + 136)
        .split('\0')[0]
        ?.trim() ?? '',
      8,
    );
    yield { name, data: buffer.subarray(at + 512, at + 512 + size) };
    at += 512 + Math.ceil(size / 512) * 512;
  }
}

/**
 * @param {Buffer} zip
 * @returns {Generator<{ name: string, mode: number, data: () => Buffer }>} `data` throws when an entry is damaged
 */
export function* zipEntries(zip) {
  let end = zip.length - 22;
  while (end >= 0 && zip.readUInt32LE(end) !== 0x06054b50) end -= 1;
  if (end < 0) throw new Error('zip: no end record');
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left -= 1) {
    if (zip.readUInt32LE(at) !== 0x02014b50) throw new Error('zip: bad central directory');
    const method = zip.readUInt16LE(at + 10);
    const checksum = zip.readUInt32LE(at + 16);
    const packedSize = zip.readUInt32LE(at + 20);
    const size = zip.readUInt32LE(at + 24);
    const nameLength = zip.readUInt16LE(at + 28);
    const mode = (zip.readUInt32LE(at + 38) >>> 16) & 0o777;
    const local = zip.readUInt32LE(at + 42);
    const name = zip.toString('utf8', at + 46, at + 46 + nameLength);
    const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    yield {
      name,
      mode,
      data: () => {
        const packed = zip.subarray(start, start + packedSize);
        const content = method === 0 ? packed : zlib.inflateRawSync(packed);
        // zlib.crc32 is younger than Node 20.19's first release line; the archive as a whole is digest-checked anyway
        if (content.length !== size || (typeof zlib.crc32 === 'function' && zlib.crc32(content) !== checksum)) {
          throw new Error(`zip: ${name} is damaged`);
        }
        return content;
      },
    };
    at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
}

/**
 * Writes a flat asar archive.
 * @param {string} file
 * @param {Readonly<Record<string, Buffer>>} contents
 */
export function writeAsar(file, contents) {
  let offset = 0;
  /** @type {Record<string, { size: number, offset: string }>} */
  const files = {};
  for (const [name, data] of Object.entries(contents)) {
    files[name] = { size: data.length, offset: String(offset) };
    offset += data.length;
  }
  const json = Buffer.from(JSON.stringify({ files }));
  const padding = (4 - (json.length % 4)) % 4;
  const header = Buffer.alloc(16 + json.length + padding);
  header.writeUInt32LE(4, 0);
  header.writeUInt32LE(8 + json.length + padding, 4);
  header.writeUInt32LE(4 + json.length + padding, 8);
  header.writeUInt32LE(json.length, 12);
  json.copy(header, 16);
  fs.writeFileSync(file, Buffer.concat([header, ...Object.values(contents)]));
}

/** The fuse wire inside every Electron executable: this sentinel, a version byte, a length, one ASCII digit per fuse. */
const FUSE_SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';

/**
 * Flips fuses inside the executable's bytes, in place.
 * @param {Buffer} executable
 * @param {ReadonlyMap<number, boolean>} wanted by fuse index
 */
export function setFuses(executable, wanted) {
  const at = executable.indexOf(FUSE_SENTINEL);
  if (at < 0 || executable[at + 32] !== 1) throw new Error('no fuse wire (version 1) in the executable');
  const count = executable[at + 33] ?? 0;
  for (const [index, on] of wanted) {
    if (index >= count) throw new Error(`the executable has no fuse ${String(index)}`);
    executable[at + 34 + index] = on ? 0x31 : 0x30;
  }
}
