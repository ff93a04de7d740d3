import type { Page } from '@playwright/test';
import type { Answer, CallName, Input, Output } from '../src/shared/contract/contract.ts';

/**
 * Calls the engine of a running app, for what a journey begins with and for what it looks up afterwards. Asks for a new
 * port as a page does after a restart; the page goes on with it, too.
 */
export async function callEngine<Name extends CallName>(page: Page, name: Name, input: Input<Name>): Promise<Output<Name>> {
  const answer = (await page.evaluate(
    async ({ called, given }) => {
      // The page counts its calls from one.
      const OURS = 1_000_000_000;
      const port = await new Promise<MessagePort>((resolve) => {
        const take = (event: MessageEvent<{ readonly meridian?: string } | null>): void => {
          const [found] = event.ports;
          if (event.data?.meridian !== 'engine-port' || found === undefined) return;
          window.removeEventListener('message', take, true);
          resolve(found);
        };
        window.addEventListener('message', take, true);
        (window as unknown as { readonly meridian: { requestPort(): void } }).meridian.requestPort();
      });
      const result = await new Promise<unknown>((resolve) => {
        port.addEventListener('message', (event: MessageEvent<{ readonly t: string; readonly id?: number; readonly result?: unknown }>) => {
          if (event.data.t === 'result' && event.data.id === OURS) resolve(event.data.result);
        });
        port.start();
        port.postMessage({ t: 'call', id: OURS, name: called, input: given });
      });
      return result;
    },
    { called: name, given: input },
  )) as Answer<Name>;
  if (!answer.ok) throw new Error(`${name}: ${answer.error.code} ${answer.error.detail}`);
  return answer.value;
}
