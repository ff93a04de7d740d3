import { fromBase64Url, toBase64Url } from '../../../../shared/domain/chat/chat-frames.ts';
import { MAX_CHAT_FILE_BYTES, PIECE_BYTES } from '../../../../shared/domain/chat/chat-wire.ts';
import type { ChatFile, FromTeam } from '../../../../shared/domain/chat/chat-wire.ts';
import type { InboundFile, OutboundAttachment } from '../connector.ts';
import { safeFileName } from '../attachment-name.ts';
import { sha256Hex } from './chat-seals.ts';

/** So much is kept of files whose message has not come yet; what is thrown away is read again from the hub. */
const MOST_BYTES = 48 * 1024 * 1024;

/** Pieces of files, by visitor and file, in the order in which they came. */
export class PieceStore {
  readonly #pieces = new Map<string, Uint8Array>();
  readonly #most: number;
  #bytes = 0;

  constructor(mostBytes = MOST_BYTES) {
    this.#most = mostBytes;
  }

  put(visitor: string, fileId: string, index: number, data: string): void {
    const bytes = fromBase64Url(data);
    if (bytes === null || bytes.length > PIECE_BYTES) return;
    const name = nameOf(visitor, fileId, index);
    // the first counts: nobody replaces a piece of a file that is about to be named
    if (this.#pieces.has(name)) return;
    this.#pieces.set(name, bytes);
    this.#bytes += bytes.length;
    for (const [oldest, { length }] of this.#pieces) {
      if (this.#bytes <= this.#most) break;
      this.#pieces.delete(oldest);
      this.#bytes -= length;
    }
  }

  has(visitor: string, { fileId, pieces }: ChatFile): boolean {
    return Array.from({ length: pieces }, (_, index) => index).every((index) => this.#pieces.has(nameOf(visitor, fileId, index)));
  }

  /** The file, when all of it is here and it is what its hash says; null otherwise. Its pieces are forgotten. */
  async take(visitor: string, file: ChatFile, index: number): Promise<InboundFile | null> {
    if (!isPossible(file)) return null;
    const parts = Array.from({ length: file.pieces }, (_, piece) => this.#take(nameOf(visitor, file.fileId, piece)));
    if (!parts.every((part) => part !== null)) return null;
    const bytes = Buffer.concat(parts);
    if (bytes.length !== file.size || (await sha256Hex(bytes)) !== file.sha256) return null;
    return { name: safeFileName(file.name, file.type, index), type: typeOf(file.type), bytes: new Uint8Array(bytes) };
  }

  #take(name: string): Uint8Array | null {
    const bytes = this.#pieces.get(name) ?? null;
    this.#pieces.delete(name);
    this.#bytes -= bytes?.length ?? 0;
    return bytes;
  }
}

function nameOf(visitor: string, fileId: string, index: number): string {
  return `${visitor} ${fileId} ${String(index)}`;
}

export function isPossible({ size, pieces }: ChatFile): boolean {
  return size <= MAX_CHAT_FILE_BYTES && pieces === Math.ceil(size / PIECE_BYTES);
}

function typeOf(type: string): string {
  return /^[\w.+-]{1,100}\/[\w.+-]{1,100}$/u.test(type) ? type.toLowerCase() : 'application/octet-stream';
}

export type Piece = Extract<FromTeam, { readonly t: 'piece' }>;

/** A file of ours: what names it, and its pieces in order. @param seed the same file of the same message has the same id */
export async function splitFile(
  { name, type, bytes }: OutboundAttachment,
  seed: string,
): Promise<{ file: ChatFile; pieces: () => Generator<Piece> }> {
  const fileId = (await sha256Hex(new TextEncoder().encode(seed))).slice(0, 32);
  const count = Math.ceil(bytes.length / PIECE_BYTES);
  return {
    file: { fileId, name: name.slice(0, 300), type: type.slice(0, 200), size: bytes.length, sha256: await sha256Hex(bytes), pieces: count },
    pieces: function* pieces() {
      for (let index = 0; index < count; index += 1) {
        const part = bytes.subarray(index * PIECE_BYTES, (index + 1) * PIECE_BYTES);
        yield { t: 'piece', id: `${fileId}-${String(index)}`, fileId, index, data: toBase64Url(part) };
      }
    },
  };
}
