/** Each answer is reused for four times as long as it took: whoever watches, a fifth of one connection is busy at most. */
const REST = 4;

/** Asks once for all who ask for the same at the same time, or shortly after. */
export function sharedAnswers<Answer>(): (key: string, ask: () => Promise<Answer>) => Promise<Answer> {
  const answers = new Map<string, Promise<Answer>>();
  return (key, ask) => {
    const known = answers.get(key);
    if (known !== undefined) return known;
    const began = performance.now();
    const answer = ask();
    answers.set(key, answer);
    const forget = (): void => { answers.delete(key); };
    answer.then(() => { setTimeout(forget, REST * (performance.now() - began)).unref(); }, forget);
    return answer;
  };
}
