import { Button, Group, Text, Title } from '@mantine/core';
import { useExport, useFhir, useProof } from '../requests/audit.ts';
import { ProblemNote } from '../ui/problem-note.tsx';

const save = (name: string, bytes: BlobPart): void => {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([bytes]));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000); // revoked at once, a busy browser finds nothing to save
};

/** The proof that the answers about a patient are complete, in words of a lead who does not program. */
export function ProofPanel({ source, patient }: { source: string; patient: string }) {
  const { mutate, data, error, isPending } = useProof();
  const exporting = useExport();
  const fhir = useFhir();
  return (
    <section className="card" aria-labelledby="proof">
      <Title order={2} id="proof" mb="xs">Is this all, and was it changed?</Title>
      {data === undefined ? <Text size="sm" mb="sm">The proof is made now, of the newest signed checkpoint.</Text> : (
        <>
          <Text size="sm" mb="xs"><b>{data.links.toLocaleString('en')} events</b> touched this patient. Each is linked to the one before it, like beads on a string:
            take one away, add one or change one, and the end of the string no longer fits.</Text>
          <Text size="sm" mb="xs">The end of this string, and of everybody else’s, is sealed in one signed line, the checkpoint below. A copy of it is kept outside the
            database, so that not even the owner of the database can seal another history unseen.</Text>
          <Text size="sm" mb="xs">It does not prove that the record was right when it came, and it says nothing of what happened after the checkpoint.</Text>
          <code className="line" style={{ whiteSpace: 'pre-wrap' }}>{data.checkpoint}</code>
        </>
      )}
      {[error, exporting.error, fhir.error].map((one, at) => one !== null && <ProblemNote key={at} error={one} />)}
      <Text size="sm">An export is one signed file: the answers, this proof and a report to read. Anybody can check it without us. Making one is on record.</Text>
      <Group mt="sm">
        <Button loading={isPending} onClick={() => mutate({ source, patient })}>{data === undefined ? 'Show the proof' : 'Make it again'}</Button>
        {data !== undefined && <Button variant="default" onClick={() => save('proof.json', data.proof)}>Save the proof</Button>}
        <Button variant="default" loading={fhir.isPending} onClick={() => fhir.mutate({ source, patient }, { onSuccess: (bundle) => save('audit-events.json', bundle) })}>Save as FHIR</Button>
        <Button variant="default" loading={exporting.isPending}
          onClick={() => exporting.mutate({ source, patient }, { onSuccess: (archive) => save('governance-export.tar', archive) })}>Export everything</Button>
      </Group>
    </section>
  );
}
