/** So often a live question that is dear to answer is answered again, at most. */
const PACE_MS = 2_000;
const REMEMBERED_QUESTIONS = 50;

/**
 * Answers a question at once, and the same question again only after a while: a live one that depends on every message
 * would otherwise be worked out for each. Other questions do not wait.
 */
export function paced<Input, Output>(answer: (input: Input) => Output): (input: Input) => Promise<Output> {
  const answeredAt = new Map<string, number>();
  return async (input) => {
    const key = JSON.stringify(input);
    const waitMs = (answeredAt.get(key) ?? Number.NEGATIVE_INFINITY) + PACE_MS - performance.now();
    if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs).unref());
    answeredAt.delete(key);
    answeredAt.set(key, performance.now());
    const oldest = answeredAt.keys().next().value;
    if (answeredAt.size > REMEMBERED_QUESTIONS && oldest !== undefined) answeredAt.delete(oldest);
    return answer(input);
  };
}
