import { randomBytes } from 'node:crypto';
import { mailBodyAddress } from './addresses.ts';

export interface MailBody {
  readonly html: string;
  /** The real addresses of the links, in the order of their numbers. */
  readonly links: readonly string[];
  readonly bytes: number;
}

const MAX_BODIES = 64;
const MAX_BYTES = 32 * 1024 * 1024;

/**
 * Cleaned mail bodies that are on screen or were a moment ago, in memory only. The least recently shown one goes when
 * there are more than 64 or they are larger than 32 MB together; the page then asks for it again.
 */
export class MailBodies {
  /** In order of use, oldest first. */
  readonly #bodies = new Map<string, MailBody>();
  readonly #maxBodies: number;
  readonly #maxBytes: number;
  #bytes = 0;

  constructor({ maxBodies = MAX_BODIES, maxBytes = MAX_BYTES }: { readonly maxBodies?: number; readonly maxBytes?: number } = {}) {
    this.#maxBodies = maxBodies;
    this.#maxBytes = maxBytes;
  }

  get size(): number {
    return this.#bodies.size;
  }

  /** Keeps a body and tells its address, which nobody can guess. Throws a RangeError when it alone is too large. */
  put(html: string, links: readonly string[]): { readonly url: string; readonly token: string } {
    const bytes = Buffer.byteLength(html) + links.reduce((sum, link) => sum + Buffer.byteLength(link), 0);
    if (bytes > this.#maxBytes) throw new RangeError(`a mail body of ${String(bytes)} bytes is too large to show`);
    const token = randomBytes(16).toString('hex');
    this.#bodies.set(token, { html, links, bytes });
    this.#bytes += bytes;
    for (const oldest of this.#bodies.keys()) {
      if (this.#bodies.size <= this.#maxBodies && this.#bytes <= this.#maxBytes) break;
      this.drop(oldest);
    }
    return { token, url: mailBodyAddress(token) };
  }

  /** The body of this token, which counts as used now; null when it is gone. */
  get(token: string): MailBody | null {
    const body = this.#bodies.get(token);
    if (body === undefined) return null;
    this.#bodies.delete(token);
    this.#bodies.set(token, body);
    return body;
  }

  /** The real address behind link `index` of a body; null when there is none. */
  link(token: string, index: number): string | null {
    return this.#bodies.get(token)?.links[index] ?? null;
  }

  drop(token: string): void {
    const body = this.#bodies.get(token);
    if (body === undefined) return;
    this.#bodies.delete(token);
    this.#bytes -= body.bytes;
  }

  clear(): void {
    this.#bodies.clear();
    this.#bytes = 0;
  }
}
