import { Link } from 'wouter';
import { useOversight } from '../requests/governing.ts';

const verification: Readonly<Record<string, string>> = { required: 'people must verify what it makes', label: 'its label says whether people verified it', none: 'nobody has to verify what it makes' };

/** What the registry says of the model that a case of AI content names: "Condition by scribe". */
export function AssertedBy({ cause }: { cause: string }) {
  const { data } = useOversight();
  const model = / by (.+)$/.exec(cause)?.[1];
  if (model === undefined) return null;
  const entry = data?.registry.find((one) => one.model === model || one.name === model);
  return (
    <><dt>Asserted by</dt><dd>{entry === undefined ? <>{model}, which is not in the registry of models</> : <>
      <Link href="/oversight">{entry.name}</Link>, {entry.versions.join(', ')}; {entry.approved ? 'approved' : 'not approved now'}; {verification[entry.verification] ?? entry.verification}. {entry.intendedUse}</>}</dd></>
  );
}
