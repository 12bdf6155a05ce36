import { Button, Checkbox, Group, NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { Link, useSearchParams } from 'wouter';
import { useLineage, useRules } from '../requests/governing.ts';
import { useMe, useNames } from '../requests/me.ts';
import { useSources } from '../requests/sources.ts';
import { Empty } from '../ui/empty.tsx';
import { Page } from '../ui/page.tsx';
import { ProblemNote } from '../ui/problem-note.tsx';
import { Time } from '../ui/time.tsx';
import { TypeName } from '../ui/type-name.tsx';
import { typeWords } from '../words/record-words.ts';
import { purposeWords } from '../words/queue-words.ts';

const commonTypes = ['Patient', 'Encounter', 'Condition', 'Observation', 'DiagnosticReport', 'DocumentReference', 'MedicationRequest', 'Procedure', 'Immunization', 'AllergyIntolerance', 'CarePlan', 'Claim'];

type Step = NonNullable<ReturnType<typeof useLineage>['data']>['steps'][number];
const words: Readonly<Record<Step['step'], string>> = {
  received: 'Received', deleted: 'Deleted at the source', assessed: 'Assessed', held: 'Held', decided: 'Decided', released: 'Released', retracted: 'Taken back', stale: 'Told that a newer version is held', consumed: 'Read by a consumer', opened: 'Opened by a person',
};

/** Any resource, or all of a patient’s: received, assessed, decided, released, consumed, retracted. */
export function Lineage() {
  const [asked, setAsked] = useSearchParams();
  const { data: sources } = useSources(false);
  const { data: rules } = useRules();
  const { data: me } = useMe();
  const nameOf = useNames(me?.person != null);
  const titleOf = (id: string): string => rules?.rules.find(({ rule }) => rule === id)?.title ?? id.replaceAll('-', ' ');
  const [type, setType] = useState(asked.get('type') ?? 'Patient');
  const [id, setId] = useState(asked.get('id') ?? '');
  const [source, setSource] = useState(asked.get('source') ?? '');
  const [all, setAll] = useState(asked.get('compartment') === 'true');
  const chosen = source === '' ? sources?.sources[0]?.name ?? '' : source;
  const [givenSource, givenType, givenId] = [asked.get('source'), asked.get('type'), asked.get('id')];
  const { data, error } = useLineage(givenSource === null || givenType === null || givenId === null ? undefined : { source: givenSource, type: givenType, id: givenId, compartment: asked.get('compartment') === 'true' });
  return (
    <Page title="Lineage" about="Where a record came from, what was decided about it, and who read it.">
      <form className="card" onSubmit={(event) => { event.preventDefault(); setAsked({ source: chosen, type: type.trim(), id: id.trim(), ...(all ? { compartment: 'true' } : {}) }); }}>
        <Group align="flex-end">
          <NativeSelect label="Source" value={chosen} onChange={(event) => setSource(event.currentTarget.value)} data={(sources?.sources ?? []).map(({ name }) => name)} />
          <TextInput label="Type, by its FHIR name" list="types" value={type} onChange={(event) => setType(event.currentTarget.value)} required pattern="[A-Z][A-Za-z]+" />
          <datalist id="types">{commonTypes.map((one) => <option key={one} value={one}>{typeWords(one)}</option>)}</datalist>
          <TextInput label="Id at the source" value={id} onChange={(event) => setId(event.currentTarget.value)} required />
          {type.trim() === 'Patient' && <Checkbox mb={8} checked={all} onChange={(event) => setAll(event.currentTarget.checked)} label="All of the patient’s records" />}
          <Button type="submit">Show</Button>
        </Group>
      </form>
      {error !== null && <ProblemNote error={error} />}
      {data?.steps.length === 0 && <Empty title="Nothing is known of it.">Look at the spelling of type and id; both are as the source writes them.</Empty>}
      {data !== undefined && data.steps.length > 0 && (
        <div className="card flush" tabIndex={0} role="region" aria-label="Steps">
          <table className="rows">
            <caption>Newest first</caption>
            <thead><tr><th scope="col">When</th><th scope="col">What</th><th scope="col">Record</th><th scope="col">For</th><th scope="col">More</th></tr></thead>
            <tbody>{data.steps.map((step, place) => (
              <tr key={place}>
                <td className="short"><Time at={step.at} /></td><th scope="row">{words[step.step]}</th><td><TypeName type={step.type} id={step.id} /> · version {step.ordinal}</td>
                <td>{step.purposes?.map((purpose) => purposeWords[purpose]).join(', ') ?? '–'}</td><td><More step={step} titleOf={titleOf} nameOf={nameOf} /></td>
              </tr>))}</tbody>
          </table>
        </div>
      )}
    </Page>
  );
}

function More({ step, titleOf, nameOf }: { step: Step; titleOf: (rule: string) => string; nameOf: (subject: string) => string }) {
  return (
    <>
      {step.exception !== null && <Link href={`/queue/${step.exception}`}>Case {step.exception}</Link>} {step.run !== null && <Link href={`/runs/${step.run}`}>Run {step.run}</Link>}{' '}
      {[step.rule === null ? null : titleOf(step.rule), step.consumer, step.person === null ? null : nameOf(step.person), step.detail?.replace(':', ', ').replaceAll('-', ' '), step.sequence === null ? null : `entry ${step.sequence}`].filter((one) => one != null).join(' · ')}
    </>
  );
}
