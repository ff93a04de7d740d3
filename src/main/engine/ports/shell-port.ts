import type { EngineToShell, ShellRequests } from '../../../shared/contract/shell.contract.ts';

/** How the engine asks the shell: keychain, dialogs, notifications, windows. Tests give their own. */
export interface ShellPort {
  request<Name extends keyof ShellRequests>(name: Name, input: ShellRequests[Name][0]): Promise<ShellRequests[Name][1]>;
}

/** Numbers requests and matches the answers that come back. */
export class ShellLink implements ShellPort {
  private readonly post: (message: EngineToShell) => void;
  private readonly waiting = new Map<number, { readonly resolve: (value: unknown) => void; readonly reject: (error: Error) => void }>();
  private last = 0;

  constructor(post: (message: EngineToShell) => void) {
    this.post = post;
  }

  request<Name extends keyof ShellRequests>(name: Name, input: ShellRequests[Name][0]): Promise<ShellRequests[Name][1]> {
    return new Promise((resolve, reject) => {
      this.last += 1;
      // The shell answers a request with the output type of its name; the contract ties the two.
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the contract ties the answer to the name of the request
      this.waiting.set(this.last, { resolve: resolve as (value: unknown) => void, reject });
      this.post({ t: 'request', id: this.last, name, input });
    });
  }

  /** Hands an answer to whoever waits for it. */
  answer(
    response:
      | { readonly id: number; readonly ok: true; readonly value: unknown }
      | { readonly id: number; readonly ok: false; readonly error: string },
  ): void {
    const waiting = this.waiting.get(response.id);
    this.waiting.delete(response.id);
    if (response.ok) waiting?.resolve(response.value);
    else waiting?.reject(new Error(response.error));
  }
}
