import { lookup } from 'node:dns';
import http from 'node:http';
import https from 'node:https';
import type { LookupFunction } from 'node:net';
import { isPublicAddress } from './public-address.ts';

const MAX_BYTES = 8 * 1024 * 1024;
const MAX_REDIRECTS = 4;
const DEADLINE_MS = 15_000;
const TYPES: readonly (readonly [string, (bytes: Buffer) => boolean])[] = [
  ['image/png', (bytes) => bytes.subarray(0, 8).toString('latin1') === '\u0089PNG\r\n\u001a\n'],
  ['image/jpeg', (bytes) => bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff],
  ['image/gif', (bytes) => /^GIF8[79]a/u.test(bytes.subarray(0, 6).toString('latin1'))],
  ['image/webp', (bytes) => bytes.subarray(0, 4).toString('latin1') === 'RIFF' && bytes.subarray(8, 12).toString('latin1') === 'WEBP'],
];

export interface RemoteImageDeps {
  /** Resolves a host; tests give their own. */
  readonly resolve: LookupFunction;
  readonly isAllowed: (address: string) => boolean;
}

const REAL: RemoteImageDeps = { resolve: lookup, isAllowed: isPublicAddress };

/**
 * Fetches pictures that a mail refers to, when the agent asked for them: from here and not from the page, without cookies
 * or a referrer, from public addresses only (checked after resolving, so that a name can not point inside), in raster
 * formats recognised by their bytes, each at most 8 MB. What can not be had is left out.
 * @returns data URLs by the URL that was asked for
 */
export async function fetchRemoteImages(
  urls: readonly string[],
  signal: AbortSignal,
  deps: RemoteImageDeps = REAL,
): Promise<Record<string, string>> {
  const images: Record<string, string> = {};
  const queue = [...new Set(urls)];
  const worker = async (): Promise<void> => {
    for (let url = queue.shift(); url !== undefined; url = queue.shift()) {
      const image = await fetchImage(url, signal, deps).catch(() => null);
      if (image !== null) images[url] = image;
    }
  };
  await Promise.all(Array.from({ length: 6 }, worker));
  return images;
}

async function fetchImage(address: string, signal: AbortSignal, deps: RemoteImageDeps): Promise<string | null> {
  let url = new URL(address);
  for (let hop = 0; hop <= MAX_REDIRECTS; hop += 1) {
    const answer = await get(url, AbortSignal.any([signal, AbortSignal.timeout(DEADLINE_MS)]), deps);
    if (typeof answer !== 'string') return toDataUrl(answer);
    url = new URL(answer, url);
  }
  return null;
}

function toDataUrl(bytes: Buffer): string | null {
  const type = TYPES.find(([, matches]) => matches(bytes))?.[0];
  return type === undefined ? null : `data:${type};base64,${bytes.toString('base64')}`;
}

/** The body, or where to go instead. */
function get(url: URL, signal: AbortSignal, deps: RemoteImageDeps): Promise<Buffer | string> {
  return new Promise((resolve, reject) => {
    if (url.protocol !== 'https:' && url.protocol !== 'http:') {
      reject(new Error('not a web address'));
      return;
    }
    // Node skips `lookup` for a literal address, so those are checked here, before anything is sent.
    const literal = url.hostname.replace(/^\[|\]$/gu, '');
    if (/^[\d.]+$|:/u.test(literal) && !deps.isAllowed(literal)) {
      reject(new Error('not a public address'));
      return;
    }
    const client = url.protocol === 'https:' ? https : http;
    const request = client.get(
      url,
      {
        signal,
        agent: false,
        headers: { accept: 'image/png,image/jpeg,image/gif,image/webp', 'user-agent': 'Mozilla/5.0' },
        lookup: guarded(deps),
      },
      (response) => {
        const { location } = response.headers;
        if (response.statusCode !== undefined && response.statusCode >= 300 && response.statusCode < 400 && location !== undefined) {
          response.destroy();
          resolve(location);
          return;
        }
        if (response.statusCode !== 200) {
          response.destroy();
          reject(new Error(`status ${response.statusCode}`));
          return;
        }
        const chunks: Buffer[] = [];
        let size = 0;
        response.on('data', (chunk: Buffer) => {
          size += chunk.length;
          if (size > MAX_BYTES) response.destroy(new Error('too large'));
          else chunks.push(chunk);
        });
        response.on('end', () => resolve(Buffer.concat(chunks)));
        response.on('error', reject);
      },
    );
    request.on('error', reject);
    // Once more where it counts: the address that was really reached.
    request.on('socket', (socket) => {
      socket.once('connect', () => {
        if (socket.remoteAddress === undefined || !deps.isAllowed(socket.remoteAddress)) request.destroy(new Error('not a public address'));
      });
    });
  });
}

/** Resolves as usual and refuses the name when any of its addresses is not allowed. */
function guarded(deps: RemoteImageDeps): LookupFunction {
  return (hostname, options, callback) => {
    deps.resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error !== null) {
        callback(error, [], 0);
        return;
      }
      const found = Array.isArray(addresses) ? addresses : [{ address: addresses, family: 4 }];
      if (found.length === 0 || found.some((each) => !deps.isAllowed(each.address))) {
        callback(Object.assign(new Error('not a public address'), { code: 'EACCES' }), [], 0);
        return;
      }
      const [first] = found;
      if (options.all === true) callback(null, found);
      else callback(null, first?.address ?? '', first?.family ?? 4);
    });
  };
}
