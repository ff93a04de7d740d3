import type { z } from 'zod';
import type { Result } from '../domain/result.ts';

/**
 * How the page and the engine agree. A query only reads and may be subscribed to; a command changes something, carries
 * an operation id and is idempotent. Names are derived from the areas (`cases.claim`), never typed twice. Inputs are
 * parsed in the engine: the page shows hostile mail and is treated as hostile itself. Outputs are our own types.
 */
export interface QueryDefinition<Input, Output> {
  readonly kind: 'query';
  readonly input: z.ZodType<Input>;
  /** Type only; never has a value. */
  readonly output?: Output;
}
export interface CommandDefinition<Input, Output, Code extends string> {
  readonly kind: 'command';
  readonly input: z.ZodType<Input>;
  readonly output?: Output;
  /** Every way in which it may fail that the page must handle, besides the common ones. */
  readonly codes: readonly Code[];
}

export function query<Output>() {
  return <Input>(input: z.ZodType<Input>): QueryDefinition<Input, Output> => ({ kind: 'query', input });
}
export function command<Output>() {
  return <Input, const Code extends string = never>(
    input: z.ZodType<Input>,
    codes: readonly Code[] = [],
  ): CommandDefinition<Input, Output, Code> => ({ kind: 'command', input, codes });
}

/**
 * Failures that any call may end with. `invalid`: the input did not parse; `internal`: a defect, with an id to find it in the log;
 * `storage-full`: the disk is full; `read-only`: the workspace has left its team, and what is here is a copy to read.
 */
export type CommonCode = 'invalid' | 'internal' | 'not-found' | 'storage-full' | 'storage-damaged' | 'engine-stopped' | 'read-only';

export interface CallError<Code extends string = string> {
  readonly code: Code | CommonCode;
  /** For the log and the curious; the page translates the code. */
  readonly detail: string;
}

export type CallResult<Output, Code extends string> = Result<Output, CallError<Code>>;

/**
 * Page to engine over the port. What is subscribed to is shown to somebody, or kept in reserve: answered when nothing else waits, and less often.
 * `attend` tells when that changes.
 */
export type PageToEngine =
  | { readonly t: 'call'; readonly id: number; readonly name: string; readonly input: unknown }
  | { readonly t: 'subscribe'; readonly id: number; readonly name: string; readonly input: unknown; readonly isShown: boolean }
  | { readonly t: 'attend'; readonly id: number; readonly isShown: boolean }
  | { readonly t: 'unsubscribe'; readonly id: number };

/** Engine to page. `data` answers a subscription, at once and whenever the answer changes. */
export type EngineToPage =
  | { readonly t: 'result'; readonly id: number; readonly result: CallResult<unknown, string> }
  | { readonly t: 'data'; readonly id: number; readonly version: number; readonly result: CallResult<unknown, string> }
  | { readonly t: 'event'; readonly event: unknown };
