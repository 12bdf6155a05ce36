import { Button, Title } from '@mantine/core';
import { AuditPage } from '../audit/audit-page.tsx';
import { DutyForm } from '../audit/duty-form.tsx';
import { ProofWords } from '../audit/proof-words.tsx';
import { useProof, type ProofOf } from '../requests/audit.ts';
import { saveFile } from '../ui/save-file.ts';

const kinds = [
  { value: 'consumer', label: 'What a consumer of the feeds was given' }, { value: 'viewer', label: 'Whose records a person looked at' }, { value: 'patient', label: 'What happened to a patient’s record' },
];

function whomOf({ consumer, viewer }: ProofOf): string {
  if (consumer !== undefined) return `the consumer ${consumer}`;
  return viewer === undefined ? 'this patient' : `what ${viewer} looked at`;
}

/** Question 7, about anybody who has a chain: complete, and unchanged since a day. */
export function AuditProofs() {
  const prove = useProof();
  const { data, variables } = prove;
  return (
    <AuditPage title="Prove" about="That nothing is missing from what is answered about somebody, and that nothing was changed since a day. A proof is a file that anybody can check without us.">
      <DutyForm title="What is to be proved?" button="Show the proof" state={prove} about="Asking for a patient’s proof is on record."
        fields={[{ name: 'kind', label: 'About', choices: kinds },
          { name: 'named', label: 'Name', hint: 'The consumer’s, the person’s as answers name them, or the patient’s id at the source' },
          { name: 'source', label: 'Source', optional: true, hint: 'For a patient' }, { name: 'since', label: 'Unchanged since', as: 'date', optional: true, hint: 'May be left empty' }]}
        onDo={({ kind = '', named = '', source, since }) => prove.mutate({ [kind]: named, ...(kind === 'patient' && source ? { source } : {}), ...(since ? { since } : {}) })} />
      {data !== undefined && variables !== undefined && (
        <section className="card" aria-labelledby="proof">
          <Title order={2} id="proof" mb="xs">The proof</Title>
          <ProofWords proof={data} whom={whomOf(variables)} since={variables.since} />
          <Button mt="sm" variant="default" onClick={() => saveFile('proof.json', data.proof)}>Save the proof</Button>
        </section>
      )}
    </AuditPage>
  );
}
