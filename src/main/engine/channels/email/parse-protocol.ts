import type { ParsedMail, ParseLimits } from './mime/parsed-mail.ts';

/** What the pool asks of its worker. `raw` is transferred, not copied. */
export type WorkerRequest = { readonly id: number; readonly raw: Uint8Array; readonly limits: ParseLimits } & (
  | { readonly kind: 'parse' }
  | { readonly kind: 'extract'; readonly index: number }
);

/** `ready` comes once, before anything else: a worker that dies without it could not even be loaded. */
export type WorkerReply =
  | { readonly kind: 'ready' }
  | { readonly kind: 'parsed'; readonly id: number; readonly mail: ParsedMail }
  | { readonly kind: 'extracted'; readonly id: number; readonly bytes: Uint8Array }
  | { readonly kind: 'missing'; readonly id: number; readonly message: string };
