import { Button, Group, Text, TextInput, Title } from '@mantine/core';
import { useState } from 'react';
import { useExport, useFhir, useProof } from '../requests/audit.ts';
import { ProblemNote } from '../ui/problem-note.tsx';
import { saveFile } from '../ui/save-file.ts';
import { ProofWords } from './proof-words.tsx';

/** The proof that the answers about a patient are complete; the same as files. */
export function ProofPanel({ source, patient }: { source: string; patient: string }) {
  const [since, setSince] = useState('');
  const { mutate, data, variables, error, isPending } = useProof();
  const exporting = useExport();
  const fhir = useFhir();
  return (
    <section className="card" aria-labelledby="proof">
      <Title order={2} id="proof" mb="xs">Is this all, and was it changed?</Title>
      {data === undefined ? <Text size="sm" mb="sm">The proof is made now, of the newest signed checkpoint.</Text> : <ProofWords proof={data} whom="this patient" since={variables?.since} />}
      {[error, exporting.error, fhir.error].map((one, at) => one !== null && <ProblemNote key={at} error={one} />)}
      <Text size="sm">An export is one signed file: the answers, this proof and a report to read. Anybody can check it without us. Making one is on record.</Text>
      <Group mt="sm" align="flex-end">
        <TextInput type="date" label="Unchanged since" description="May be left empty" value={since} onChange={(event) => setSince(event.currentTarget.value)} />
        <Button loading={isPending} onClick={() => mutate({ source, patient, ...(since === '' ? {} : { since }) })}>{data === undefined ? 'Show the proof' : 'Make it again'}</Button>
        {data !== undefined && <Button variant="default" onClick={() => saveFile('proof.json', data.proof)}>Save the proof</Button>}
        <Button variant="default" loading={fhir.isPending} onClick={() => fhir.mutate({ source, patient }, { onSuccess: (bundle) => saveFile('audit-events.json', bundle) })}>Save as FHIR</Button>
        <Button variant="default" loading={exporting.isPending}
          onClick={() => exporting.mutate({ source, patient }, { onSuccess: (archive) => saveFile('governance-export.tar', archive) })}>Export everything</Button>
      </Group>
    </section>
  );
}
