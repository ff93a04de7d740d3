import type { IncomingMessage } from 'node:http';
import { METHODS, NEEDED } from './bot-methods.ts';
import type { MethodName, ParameterKind } from './bot-methods.ts';

/** A request as the fake reads it: parameters, and the files that came along. */
export interface BotCall {
  readonly method: MethodName;
  readonly values: Readonly<Record<string, unknown>>;
  readonly files: ReadonlyMap<string, { readonly name: string; readonly bytes: Buffer }>;
}

/** What the fake refuses a request with. */
export class Refusal extends Error {
  readonly status: number;
  readonly parameters: Readonly<Record<string, number>>;
  constructor(status: number, description: string, parameters: Readonly<Record<string, number>> = {}) {
    super(description);
    this.status = status;
    this.parameters = parameters;
  }
}

export async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** @throws Refusal for what the description of the method does not allow */
export function readCall(name: string, type: string, body: Buffer): BotCall {
  const method = Object.keys(METHODS).find((each): each is MethodName => each.toLowerCase() === name.toLowerCase());
  if (method === undefined) throw new Refusal(404, 'Not Found: method not found');
  const { values, files } = type.startsWith('multipart/form-data')
    ? readForm(type, body)
    : { values: readJson(type, body), files: new Map() };
  const known: Readonly<Record<string, ParameterKind>> = METHODS[method];
  const read: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(values)) {
    const kind = known[key];
    // the real service ignores what it does not know, and then something is lost silently
    if (kind === undefined) throw new Refusal(400, `Bad Request: ${method} has no parameter "${key}"`);
    read[key] = checked(method, key, kind, value, files);
  }
  const missing = NEEDED[method].find((key) => read[key] === undefined);
  if (missing !== undefined) throw new Refusal(400, `Bad Request: parameter "${missing}" is required`);
  return { method, values: read, files };
}

function readJson(type: string, body: Buffer): Readonly<Record<string, unknown>> {
  if (body.length === 0) return {};
  if (!type.startsWith('application/json')) throw new Refusal(400, 'Bad Request: unsupported content type');
  try {
    const parsed: unknown = JSON.parse(body.toString('utf8'));
    if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) return parsed as Record<string, unknown>;
  } catch {
    // told below
  }
  throw new Refusal(400, "Bad Request: can't parse JSON object");
}

/** Values of a form are texts; lists and objects come JSON-serialized. */
function readForm(type: string, body: Buffer): Pick<BotCall, 'values' | 'files'> {
  const boundary = /boundary=([^;]+)/u.exec(type)?.[1];
  if (boundary === undefined) throw new Refusal(400, 'Bad Request: no boundary');
  const values: Record<string, unknown> = {};
  const files = new Map<string, { name: string; bytes: Buffer }>();
  const text = body.toString('latin1');
  if (!text.endsWith(`--${boundary}--\r\n`) && !text.endsWith(`--${boundary}--`))
    throw new Refusal(400, 'Bad Request: the form ends early');
  for (const part of text.split(`--${boundary}`).slice(1, -1)) {
    const gap = part.indexOf('\r\n\r\n');
    const head = part.slice(0, gap);
    const content = Buffer.from(part.slice(gap + 4).replace(/\r\n$/u, ''), 'latin1');
    const name = /name="([^"]+)"/u.exec(head)?.[1];
    if (gap === -1 || name === undefined) throw new Refusal(400, 'Bad Request: a part without a name');
    const file = /filename="?([^"\r\n;]+)"?/u.exec(head)?.[1];
    if (file === undefined) values[name] = content.toString('utf8');
    else files.set(name, { name: Buffer.from(file, 'latin1').toString('utf8'), bytes: content });
  }
  return { values, files };
}

function checked(method: MethodName, key: string, kind: ParameterKind, value: unknown, files: BotCall['files']): unknown {
  const read = READERS[kind](value);
  if (read === undefined) throw new Refusal(400, `Bad Request: ${method}: "${key}" is no ${kind}`);
  const part = kind === 'file' && typeof read === 'string' && read.startsWith('attach://') ? read.slice('attach://'.length) : null;
  if (part !== null && !files.has(part)) throw new Refusal(400, `Bad Request: "${part}" did not come along`);
  return read;
}

function numberIn(value: unknown): number | undefined {
  const number = typeof value === 'string' && /^-?\d+(\.\d+)?$/u.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

function textIn(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** Serialized as JSON where it comes in a form. */
function serialized(value: unknown): object | undefined {
  const parsed: unknown = typeof value === 'string' ? JSON.parse(value) : value;
  return typeof parsed === 'object' && parsed !== null ? parsed : undefined;
}

/** What a value of a kind is; undefined for what is none. */
const READERS: Readonly<Record<ParameterKind, (value: unknown) => unknown>> = {
  integer: (value) => (Number.isInteger(numberIn(value)) ? numberIn(value) : undefined),
  number: numberIn,
  string: textIn,
  file: textIn,
  boolean: (value) => ({ true: true, false: false })[String(value)],
  chat: (value) => (textIn(value)?.startsWith('@') === true ? value : Number.isInteger(numberIn(value)) ? numberIn(value) : undefined),
  object: (value) => (Array.isArray(serialized(value)) ? undefined : serialized(value)),
  array: (value) => (Array.isArray(serialized(value)) ? serialized(value) : undefined),
};
