/** That the engine ends: who closes it in the first moments waits for nothing that nobody waits for. */
export interface Closing {
  readonly begun: Promise<void>;
  hasBegun(): boolean;
  begin(): void;
}

export function createClosing(): Closing {
  let hasBegun = false;
  let tell = (): void => undefined;
  const begun = new Promise<void>((resolve) => {
    tell = resolve;
  });
  return {
    begun,
    hasBegun: () => hasBegun,
    begin: () => {
      hasBegun = true;
      tell();
    },
  };
}
