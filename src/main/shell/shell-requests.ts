import path from 'node:path';
import { z } from 'zod';
import type { ShellRequests } from '../../shared/contract/shell.contract.ts';
import { isId } from '../../shared/domain/ids.ts';
import type { CaseId } from '../../shared/domain/ids.ts';

type Name = keyof ShellRequests;

const caseId = z.custom<CaseId>((value) => isId('case', value));
const ref = z.string().min(1).max(200);
const token = z.string().max(100);
const passphrase = z.string().max(1_000);

/** What may be asked and in which form. The engine works on what strangers send: it is trusted with its tasks, not more. */
const inputs: { readonly [N in Name]: z.ZodType<ShellRequests[N][0]> } = {
  'app.info': z.null(),
  'vault.status': z.null(),
  'vault.create': z.strictObject({ passphrase }),
  'vault.unlock': z.strictObject({ passphrase }),
  'secret.get': z.strictObject({ ref }),
  'secret.set': z.strictObject({ ref, value: z.string().max(20_000) }),
  'secret.delete': z.strictObject({ ref }),
  'external.open': z.strictObject({ url: z.string().max(8_000) }),
  'dialog.save': z.strictObject({ suggestedName: z.string().max(1_000) }),
  'path.reveal': z.strictObject({
    path: z
      .string()
      .max(4_000)
      .refine((value) => path.isAbsolute(value)),
  }),
  notify: z.strictObject({ title: z.string().max(2_000), body: z.string().max(10_000), caseId: caseId.nullable() }),
  'status.show': z.strictObject({
    unread: z.number().int().min(0),
    waiting: z.number().int().min(0),
    sync: z.enum(['online', 'offline', 'problem', 'none']),
    onShift: z.boolean(),
    workspace: z.enum(['main', 'sample']),
  }),
  'mail-body.put': z.strictObject({ html: z.string().max(6_000_000), links: z.array(z.string().max(8_000)).max(5_000) }),
  'mail-body.drop': z.strictObject({ token }),
  'appearance.set': z.strictObject({ theme: z.enum(['light', 'dark', 'system']), locale: z.enum(['en', 'zh-CN']) }),
  'workspace.open': z.strictObject({ workspace: z.enum(['main', 'sample']) }),
  'workspace.reopen': z.null(),
  'workspace.resetSample': z.null(),
};

/** What the shell does for each request of the engine. */
export type ShellHandlers = {
  readonly [N in Name]: (input: ShellRequests[N][0]) => ShellRequests[N][1] | Promise<ShellRequests[N][1]>;
};

function isName(name: string): name is Name {
  return Object.hasOwn(inputs, name);
}

async function run<N extends Name>(handlers: ShellHandlers, name: N, input: unknown): Promise<ShellRequests[N][1]> {
  return handlers[name](inputs[name].parse(input));
}

/** Answers one request. Throws on an unknown name or a malformed input, without saying what was in it. */
export async function answerRequest(handlers: ShellHandlers, name: string, input: unknown): Promise<unknown> {
  if (!isName(name)) throw new Error('there is no such request');
  try {
    return await run(handlers, name, input);
  } catch (error) {
    if (error instanceof z.ZodError) {
      throw new Error(`malformed input of ${name}: ${error.issues.map((issue) => `${issue.path.join('.')} ${issue.code}`).join(', ')}`, {
        cause: error,
      });
    }
    throw error;
  }
}
