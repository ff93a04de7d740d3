import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';

/**
 * A FAKE of an OpenAI-compatible service: `POST /v1/chat/completions` as the official description has it (OpenAPI of the OpenAI API,
 * `createChatCompletion`), and nothing else. Refuses what the real one refuses: no or a wrong key (401 `invalid_api_key`), a body that is no
 * JSON, an unknown parameter, no messages (400), a model that it does not have (404 `model_not_found`). It was written here, so it shares
 * our misreadings; no real service has been asked.
 */
export interface FakeCompletions extends AsyncDisposable {
  /** To be entered as the address. */
  readonly address: string;
  readonly key: string;
  readonly model: string;
  /** What it was asked, as it came. */
  readonly asked: { readonly messages: readonly { readonly role: string; readonly content: string }[]; readonly raw: string }[];
  /** What the next requests get instead: a status, never an answer, or a body of one's own. */
  next: { readonly status?: number; readonly isSilent?: boolean; readonly body?: string } | null;
  reply: string;
}

const bodySchema = z.strictObject({
  model: z.string(),
  messages: z
    .array(
      z.discriminatedUnion('role', [
        z.strictObject({ role: z.literal('developer'), content: z.string(), name: z.string().optional() }),
        z.strictObject({ role: z.literal('system'), content: z.string(), name: z.string().optional() }),
        z.strictObject({ role: z.literal('user'), content: z.string(), name: z.string().optional() }),
        z.strictObject({ role: z.literal('assistant'), content: z.string(), name: z.string().optional() }),
      ]),
    )
    .min(1),
});

const KEY = 'sk-test-0123456789abcdef';
const MODEL = 'drafting-1';

function error(response: ServerResponse, status: number, message: string, code: string | null, type = 'invalid_request_error'): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ error: { message, type, param: null, code } }));
}

async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}

export async function startFakeCompletions(): Promise<FakeCompletions> {
  const asked: FakeCompletions['asked'] = [];
  const fake = { next: null as FakeCompletions['next'], reply: 'Thank you, I am looking into it.' };
  const server = createServer((request, response) => void answer(request, response));

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const raw = await textOf(request);
    if (request.method !== 'POST' || request.url !== '/v1/chat/completions') return error(response, 404, 'Invalid URL', null);
    if (request.headers.authorization !== `Bearer ${KEY}`)
      return error(response, 401, `Incorrect API key provided: ${String(request.headers.authorization)}.`, 'invalid_api_key');
    if (request.headers['content-type']?.startsWith('application/json') !== true) return error(response, 400, 'not JSON', null);
    let value: unknown;
    try {
      value = JSON.parse(raw);
    } catch {
      return error(response, 400, 'We could not parse the JSON body of your request.', null);
    }
    const read = bodySchema.safeParse(value);
    if (!read.success) return error(response, 400, read.error.message, 'unknown_parameter');
    if (read.data.model !== MODEL) return error(response, 404, `The model \`${read.data.model}\` does not exist`, 'model_not_found');
    asked.push({ messages: read.data.messages, raw });
    const { next } = fake;
    if (next?.isSilent === true) return;
    if (next?.status === 302) {
      response.writeHead(302, { location: 'http://127.0.0.1:9/elsewhere' }).end();
      return;
    }
    if (next?.status !== undefined) return error(response, next.status, 'not now', null, 'server_error');
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(
      next?.body ??
        JSON.stringify({
          id: 'chatcmpl-1',
          object: 'chat.completion',
          created: 1_700_000_000,
          model: MODEL,
          choices: [
            { index: 0, message: { role: 'assistant', content: fake.reply, refusal: null }, logprobs: null, finish_reason: 'stop' },
          ],
          usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
        }),
    );
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const bound = server.address();
  const port = typeof bound === 'object' && bound !== null ? bound.port : 0;
  return Object.assign(fake, {
    address: `http://127.0.0.1:${String(port)}/v1`,
    key: KEY,
    model: MODEL,
    asked,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  });
}
