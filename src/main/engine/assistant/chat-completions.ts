import { z } from 'zod';

/** Where drafts are asked for. */
export interface CompletionService {
  /** Without `/chat/completions`. */
  readonly address: string;
  readonly model: string;
  readonly key: string;
}

export interface CompletionMessage {
  readonly role: 'system' | 'user' | 'assistant';
  readonly content: string;
}

export const COMPLETION_CODES = [
  'cancelled',
  'unreachable',
  'timeout',
  'wrong-key',
  'unknown-model',
  'rate-limited',
  'service-error',
  'bad-answer',
] as const;
export type CompletionCode = (typeof COMPLETION_CODES)[number];

export type Completion =
  | { readonly ok: true; readonly text: string }
  /** `detail`: the service's own words; never holds the key. */
  | { readonly ok: false; readonly code: CompletionCode; readonly detail: string };

/** A person waits for it, and can write in the meantime. */
export const DEADLINE_MS = 45_000;
/** Larger answers are no draft. */
const LARGEST_BYTES = 1_000_000;

const answerSchema = z.object({
  choices: z.array(z.object({ message: z.object({ content: z.string().nullable(), refusal: z.string().nullish() }) })).min(1),
});
const errorSchema = z.object({ error: z.object({ message: z.string(), code: z.string().nullish(), type: z.string().nullish() }) });

/**
 * One request to `POST /chat/completions` as OpenAI describes it and many servers understand it: model and messages, nothing else, because
 * what else there is differs. Follows no redirect: the key goes to the address that a lead has entered and nowhere else.
 */
export async function complete(
  { address, model, key }: CompletionService,
  messages: readonly CompletionMessage[],
  signal: AbortSignal,
  deadlineMs: number = DEADLINE_MS,
): Promise<Completion> {
  const deadline = AbortSignal.timeout(deadlineMs);
  try {
    const response = await fetch(`${address.replace(/\/+$/u, '')}/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify({ model, messages }),
      redirect: 'error',
      signal: AbortSignal.any([signal, deadline]),
    });
    const body = await bodyOf(response);
    if (body === null) return { ok: false, code: 'bad-answer', detail: 'the answer is too large' };
    return response.ok ? textOf(body) : refusalOf(response.status, body, key);
  } catch (error) {
    if (signal.aborted) return { ok: false, code: 'cancelled', detail: '' };
    if (deadline.aborted) return { ok: false, code: 'timeout', detail: '' };
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
    return { ok: false, code: 'unreachable', detail: withoutKey(cause, key) };
  }
}

/** Null when there is more than a draft can be. */
async function bodyOf(response: Response): Promise<string | null> {
  const body: AsyncIterable<Uint8Array> | null = response.body;
  if (body === null) return '';
  const parts: Uint8Array[] = [];
  let size = 0;
  // leaving the loop gives the connection up
  for await (const part of body) {
    size += part.byteLength;
    if (size > LARGEST_BYTES) return null;
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}

function textOf(body: string): Completion {
  const read = answerSchema.safeParse(parsed(body));
  const message = read.success ? read.data.choices[0]?.message : undefined;
  const text = message?.content?.trim() ?? '';
  if (text !== '') return { ok: true, text };
  return { ok: false, code: 'bad-answer', detail: message?.refusal ?? 'the answer holds no text' };
}

function refusalOf(status: number, body: string, key: string): Completion {
  const read = errorSchema.safeParse(parsed(body));
  const detail = withoutKey(read.success ? read.data.error.message : `HTTP ${String(status)}`, key).slice(0, 500);
  const code = read.success ? (read.data.error.code ?? '') : '';
  if (status === 401 || status === 403) return { ok: false, code: 'wrong-key', detail };
  if (status === 404 || code === 'model_not_found') return { ok: false, code: 'unknown-model', detail };
  if (status === 429) return { ok: false, code: 'rate-limited', detail };
  return { ok: false, code: 'service-error', detail };
}

/** Services repeat parts of a key that they refuse. */
function withoutKey(text: string, key: string): string {
  return text.replaceAll(key, '…').replaceAll(/\bsk-[A-Za-z0-9*_-]{4,}/gu, 'sk-…');
}
