import type { HubLink, LinkState } from '../team/hub-link.ts';
import type { Timers } from '../team/machine-clock.ts';
import type { CallError } from '../../../shared/contract/define.ts';

const LIMIT_MS = 20_000;

/** Waits until the hub has let this workstation in; null then, else why not. */
export async function letIn(link: HubLink, timers: Timers): Promise<CallError | null> {
  return new Promise((resolve) => {
    let stop: () => void = () => {};
    const done = (result: CallError | null): void => {
      cancel();
      stop();
      resolve(result);
    };
    const cancel = timers.after(LIMIT_MS, () => done({ code: 'unreachable', detail: link.state().detail }));
    const look = ({ state, code, detail }: LinkState): void => {
      if (state === 'online') done(null);
      else if (state === 'refused') done({ code: code ?? 'refused', detail });
      else if (state === 'offline' && code !== null) done({ code, detail });
    };
    stop = link.onState(look);
    look(link.state());
  });
}
