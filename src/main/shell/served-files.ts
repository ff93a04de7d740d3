import path from 'node:path';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
};

/** The content type for a file name's ending (with its dot). */
export function contentTypeOf(extension: string): string {
  return TYPES[extension.toLowerCase()] ?? 'application/octet-stream';
}

/** The page's policy: only its own files, no inline script, no string ever becomes code, mail only in its own frame. */
export const APP_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "media-src 'none'",
  "object-src 'none'",
  "worker-src 'none'",
  'frame-src mail-body:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types dompurify',
].join('; ');

export const APP_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': APP_POLICY,
  'x-content-type-options': 'nosniff',
  'cross-origin-opener-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-dns-prefetch-control': 'off',
  'cache-control': 'no-cache',
};

/** A mail may have text, its own colours and pictures that came with it, and nothing else. */
export function mailPolicy(embedder: string): string {
  return [
    "default-src 'none'",
    'img-src data:',
    "style-src 'unsafe-inline'",
    "script-src 'none'",
    "font-src 'none'",
    "connect-src 'none'",
    "media-src 'none'",
    "object-src 'none'",
    "frame-src 'none'",
    "worker-src 'none'",
    "manifest-src 'none'",
    "form-action 'none'",
    "base-uri 'none'",
    `frame-ancestors ${embedder}`,
    'sandbox',
  ].join('; ');
}

/** @param embedder the one origin that may show a mail in a frame */
export function mailHeaders(embedder: string): Readonly<Record<string, string>> {
  return {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': mailPolicy(embedder),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'x-dns-prefetch-control': 'off',
    'permissions-policy': 'fullscreen=(), clipboard-write=(), clipboard-read=()',
    'cache-control': 'no-store',
  };
}

/**
 * The file that a path of a URL names inside a folder; null when it leads out of it or is malformed. Whether the file
 * exists is not asked. Compared by `path.relative`, since a prefix test takes `/app-evil` for a part of `/app`.
 */
export function fileInside(folder: string, urlPath: string): string | null {
  let decoded: string;
  try {
    decoded = decodeURIComponent(urlPath);
  } catch {
    return null;
  }
  if (decoded.includes('\0') || decoded.includes('\\')) return null;
  const base = path.resolve(folder);
  const file = path.resolve(base, `.${decoded === '/' ? '/index.html' : decoded}`);
  const way = path.relative(base, file);
  return way === '' || way === '..' || way.startsWith(`..${path.sep}`) || path.isAbsolute(way) ? null : file;
}
