import { crc32, deflateSync } from 'node:zlib';
import type { Random } from './random.ts';

/** A file that comes with a sample mail. */
export interface SampleFile {
  readonly name: string;
  readonly type: string;
  readonly bytes: Uint8Array;
  /** Set for a picture that the HTML shows by `cid:`. */
  readonly contentId: string | null;
}

type Colour = readonly [number, number, number];

const INK: Colour = [38, 44, 58];
const PAPER: Colour = [246, 247, 250];
const LINE: Colour = [206, 211, 222];
const ALERT: Colour = [205, 58, 68];
const ACCENTS: readonly Colour[] = [
  [58, 92, 205],
  [26, 135, 110],
  [156, 82, 178],
  [200, 118, 30],
];

/** Paints rectangles on a page; enough to look like a screenshot from some way off. */
class Picture {
  readonly width: number;
  readonly height: number;
  private readonly pixels: Uint8Array;

  constructor(width: number, height: number, ground: Colour) {
    this.width = width;
    this.height = height;
    this.pixels = new Uint8Array(width * height * 3);
    this.paint(0, 0, width, height, ground);
  }

  paint(left: number, top: number, width: number, height: number, colour: Colour): void {
    const from = Math.max(0, left);
    const until = Math.min(this.width, left + width);
    const row = Buffer.alloc(Math.max(0, until - from) * 3, Buffer.from(colour));
    for (let y = Math.max(0, top); y < Math.min(this.height, top + height); y += 1) this.pixels.set(row, (y * this.width + from) * 3);
  }

  toPng(): Uint8Array {
    const rows = Buffer.alloc(this.height * (this.width * 3 + 1));
    for (let y = 0; y < this.height; y += 1) {
      // A zero in front of each row: no filter.
      rows.set(this.pixels.subarray(y * this.width * 3, (y + 1) * this.width * 3), y * (this.width * 3 + 1) + 1);
    }
    const header = Buffer.alloc(13);
    header.writeUInt32BE(this.width, 0);
    header.writeUInt32BE(this.height, 4);
    header.set([8, 2, 0, 0, 0], 8);
    return Buffer.concat([
      Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
      pngChunk('IHDR', header),
      pngChunk('IDAT', deflateSync(rows)),
      pngChunk('IEND', Buffer.alloc(0)),
    ]);
  }
}

function pngChunk(type: string, data: Uint8Array): Uint8Array {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}

/** A small picture that reads as a phone's screen: a title bar, rows with amounts, and a red notice. */
export function screenshotPng(random: Random): Uint8Array {
  const picture = new Picture(216, 384, PAPER);
  const accent = random.pick(ACCENTS);
  picture.paint(0, 0, 216, 14, INK);
  picture.paint(0, 14, 216, 38, accent);
  picture.paint(14, 28, random.int(60, 110), 10, PAPER);
  picture.paint(14, 66, 188, 44, ALERT);
  picture.paint(24, 76, random.int(90, 160), 8, PAPER);
  picture.paint(24, 92, random.int(60, 130), 8, PAPER);
  for (let top = 126; top < 340; top += 34) {
    picture.paint(14, top, 22, 22, random.pick(ACCENTS));
    picture.paint(46, top + 2, random.int(40, 90), 7, INK);
    picture.paint(46, top + 14, random.int(30, 70), 5, LINE);
    picture.paint(202 - random.int(24, 48), top + 6, random.int(20, 24), 8, INK);
    picture.paint(14, top + 28, 188, 1, LINE);
  }
  picture.paint(0, 350, 216, 34, INK);
  picture.paint(88, 364, 40, 5, PAPER);
  return picture.toPng();
}

/** A company's mark for newsletters: a bar with a disc of squares. */
export function logoPng(): Uint8Array {
  const picture = new Picture(160, 40, [255, 255, 255]);
  picture.paint(4, 4, 32, 32, [58, 92, 205]);
  picture.paint(12, 12, 16, 16, [255, 255, 255]);
  picture.paint(46, 10, 100, 8, INK);
  picture.paint(46, 24, 66, 6, LINE);
  return picture.toPng();
}

/** Text as a PDF string: ASCII only, with the three characters escaped that mean something. */
function pdfText(text: string): string {
  return text.replaceAll(/[^\u0020-\u007e]/gu, '?').replaceAll(/[\\()]/gu, '\\$&');
}

/** A one-page PDF with a few lines, the first one large. */
export function simplePdf(lines: readonly string[]): Uint8Array {
  const content = lines
    .map((line, index) => `BT /F1 ${index === 0 ? 18 : 11} Tf 60 ${770 - index * 24} Td (${pdfText(line)}) Tj ET`)
    .join('\n');
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ];
  let body = '%PDF-1.4\n';
  const offsets = objects.map((object, index) => {
    const offset = body.length;
    body += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const size = objects.length + 1;
  body += `xref\n0 ${size}\n0000000000 65535 f \n${table}trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${body.length}\n%%EOF\n`;
  return Buffer.from(body, 'latin1');
}

/** A table of trades or requests, as customers export it. */
export function tradesCsv(random: Random): Uint8Array {
  const rows = Array.from({ length: 40 }, (_row, index) => {
    const side = random.pick(['buy', 'sell']);
    return `${1_000 + index},${side},BTC-USDC,${random.between(0.001, 0.4).toFixed(5)},${random.between(58_000, 71_000).toFixed(2)},req-${random.hex(8)}`;
  });
  return Buffer.from(`id,side,market,size,price,request\r\n${rows.join('\r\n')}\r\n`);
}
