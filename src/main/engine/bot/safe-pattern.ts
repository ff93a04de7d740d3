import { createContext, Script } from 'node:vm';

/** A pattern that takes longer over a customer's answer finds nothing in it. */
const LONGEST_MS = 50;

interface Question {
  source: string;
  text: string;
}

let asking: { readonly context: Question; readonly script: Script } | null = null;

/**
 * What a playbook's pattern finds in an answer, flags `iu`; null when it finds nothing, or takes too long: patterns are written by people, and
 * `(a+)+$` would stop all channels for hours. JavaScript can only be interrupted in a context of its own.
 */
export function findPattern(source: string, text: string): string | null {
  if (asking === null) {
    const context: Question = { source: '', text: '' };
    createContext(context);
    asking = { context, script: new Script("new RegExp(source, 'iu').exec(text)?.[0] ?? null") };
  }
  const { context, script } = asking;
  context.source = source;
  context.text = text;
  try {
    const found: unknown = script.runInContext(context, { timeout: LONGEST_MS });
    return typeof found === 'string' ? found : null;
  } catch {
    return null;
  }
}
