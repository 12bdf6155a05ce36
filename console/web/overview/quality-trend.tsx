import { Link } from 'wouter';
import { useScores } from '../requests/overview.ts';
import { Time } from '../ui/time.tsx';

const [WIDTH, HEIGHT, EDGE] = [320, 90, 6];

/** How much of a source's records passed the rules, run by run: HL7 PIQI's score, 0 to 100. */
export function QualityTrend({ source }: { source: string }) {
  const { data } = useScores(source);
  const runs = data?.runs.toReversed() ?? [];
  if (runs.length === 0) return null;
  const scores = runs.map(({ all }) => all.piqiScore);
  const [low, high] = [Math.max(0, Math.min(...scores) - 2), Math.min(100, Math.max(...scores) + 2)];
  const x = (at: number): number => runs.length === 1 ? WIDTH / 2 : EDGE + at / (runs.length - 1) * (WIDTH - 2 * EDGE);
  const y = (score: number): number => HEIGHT - EDGE - (score - low) / Math.max(1, high - low) * (HEIGHT - 2 * EDGE);
  return (
    <figure className="card picture">
      <figcaption><h2>Quality of {source}</h2><p className="help">Share of checks that passed, run by run, {low} to {high} of 100. <Link href="/rules">Rules</Link></p></figcaption>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true" className="trend">
        <polyline points={scores.map((score, at) => `${x(at)},${y(score)}`).join(' ')} fill="none" stroke="var(--bar-released)" strokeWidth="2" />
        {scores.map((score, at) => <circle key={runs[at]?.run} cx={x(at)} cy={y(score)} r="3" fill="var(--bar-released)" />)}
      </svg>
      <details>
        <summary>The table</summary>
        <div style={{ overflowX: 'auto' }} tabIndex={0} role="region" aria-label={`Quality of ${source}, as a table`}>
          <table className="rows">
            <thead><tr><th scope="col">Run</th><th scope="col">When</th><th scope="col" className="number">Score</th><th scope="col" className="number">Critical failures</th></tr></thead>
            <tbody>{runs.map(({ run, at, all }) => <tr key={run}><th scope="row"><Link href={`/runs/${run}`}>Run {run}</Link></th><td><Time at={at} /></td><td className="number">{all.piqiScore}</td><td className="number">{all.criticalFailureCount}</td></tr>)}</tbody>
          </table>
        </div>
      </details>
    </figure>
  );
}
