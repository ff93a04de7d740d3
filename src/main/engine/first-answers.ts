import type { PagePort } from './page-port.ts';

/** A page that has asked nothing for so long has got what it shows first. */
const QUIET_MS = 200;
/** Nobody may ever ask: the window is hidden, or its page does not come. */
const LONGEST_MS = 3_000;

export interface FirstAnswers {
  /** Resolves when the first page has asked what it needs for its first picture and been answered, or when none has come for some time. */
  readonly given: Promise<void>;
  /** The port of a page, whose questions are noticed. */
  noticing(port: PagePort): PagePort;
}

/** Begins to wait for the first page. What the engine does by itself would otherwise stand before what the person wants to see. */
export function awaitFirstAnswers(): FirstAnswers {
  const latest = performance.now() + LONGEST_MS;
  let isGiven = false;
  let isAsked = (): void => undefined;
  const given = new Promise<void>((resolve) => {
    const give = (): void => {
      isGiven = true;
      resolve();
    };
    let timer = setTimeout(give, LONGEST_MS);
    isAsked = () => {
      if (isGiven) return;
      clearTimeout(timer);
      timer = setTimeout(give, Math.min(QUIET_MS, Math.max(0, latest - performance.now())));
    };
  });
  return {
    given,
    noticing: (port) => ({
      ...port,
      onMessage: (listener) =>
        port.onMessage((message) => {
          isAsked();
          listener(message);
        }),
    }),
  };
}
