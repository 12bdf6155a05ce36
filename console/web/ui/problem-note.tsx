import { RequestProblem } from '../requests/ask.ts';
import { WithCode } from './with-code.tsx';

/** What went wrong and what to do, for a request that failed. */
export function ProblemNote({ error }: { error: Error }) {
  const [says, doThis] = error instanceof RequestProblem
    ? [error.problem.title, error.problem.detail]
    : ['The console’s API does not answer.', 'Look whether the program still runs; this page goes on by itself when it does.'];
  return <div className="note bad" role="alert"><p>{says}</p><p><WithCode text={doThis} /></p></div>;
}
