import { secretRef } from '../jobs/account-pool.ts';
import type { ShellPort } from '../ports/shell-port.ts';
import type { CallError } from '../../../shared/contract/define.ts';
import type { AccountId } from '../../../shared/domain/ids.ts';
import { fail, ok } from '../../../shared/domain/result.ts';
import type { Result } from '../../../shared/domain/result.ts';

/** Keeps the password, token or key of an account in the vault, or says why it can not be kept. */
export async function keepSecret(shell: ShellPort, account: AccountId, secret: string): Promise<Result<null, CallError>> {
  const vault = await shell.request('vault.status', null);
  if (vault.state === 'locked') return fail({ code: 'vault-locked', detail: '' });
  if (vault.state === 'empty') return fail({ code: 'vault-empty', detail: '' });
  const kept = await shell.request('secret.set', { ref: secretRef(account), value: secret });
  return kept === 'ok' ? ok(null) : fail({ code: 'vault-locked', detail: '' });
}
