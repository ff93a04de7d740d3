/** Something that is begun when it is first asked for. */
export interface BegunLater<Value> {
  (): Value;
  /** Null while nobody has asked for it. */
  made(): Value | null;
}

/** @param begin is called once, at the first call of what is returned */
export function begunLater<Value>(begin: () => Value): BegunLater<Value> {
  let made: { readonly value: Value } | null = null;
  return Object.assign(
    () => {
      made ??= { value: begin() };
      return made.value;
    },
    { made: () => made?.value ?? null },
  );
}
