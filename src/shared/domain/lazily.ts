/** A value that is made when it is first asked for, and the same one from then on: what is dear to make and not needed at every start. */
export function lazily<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
