import { Text } from '@mantine/core';
import { useLocation, useSearch } from 'wouter';
import { AnswerTable } from '../audit/answer-table.tsx';
import { AuditPage } from '../audit/audit-page.tsx';
import { AskForm } from '../audit/ask-form.tsx';
import { ProofPanel } from '../audit/proof-panel.tsx';
import { useAnswer, useAudit, type Asked } from '../requests/audit.ts';
import { ProblemNote } from '../ui/problem-note.tsx';
import { Time } from '../ui/time.tsx';

/** Governance's questions; which one, and about whom, is in the address. */
export function Audit() {
  const [, go] = useLocation();
  const search = useSearch();
  const { question: name, ...given } = Object.fromEntries(new URLSearchParams(search)) as Asked;
  const { data: state, error } = useAudit();
  const question = state?.questions.find((one) => one.name === (name ?? 'patient')) ?? state?.questions[0];
  const mine = question === undefined ? {} : Object.fromEntries([...question.needs, ...question.takes].map((one) => [one, given[one]]));
  const answer = useAnswer(question?.name ?? '', mine, name !== undefined && question !== undefined && question.needs.every((one) => mine[one] !== undefined));
  const ask = (next: string, words: Asked): void => {
    const address = `/audit?${new URLSearchParams(Object.entries({ question: next, ...words }).filter((entry): entry is [string, string] => entry[1] !== undefined)).toString()}`;
    // Asked again in the same words, it is answered anew: it may be otherwise by now.
    if (address === `/audit?${new URLSearchParams(search).toString()}`) void answer.refetch();
    else go(address);
  };
  return (
    <AuditPage title="Audit" about="What left, about whom, to whom and why, with the proof that nothing is missing and nothing was changed. Each answer about a patient is on record.">
      {error !== null && <ProblemNote error={error} />}
      {state !== undefined && question !== undefined && <AskForm key={question.name + JSON.stringify(mine)} state={state} question={question} given={given} onAsk={ask} />}
      {answer.error !== null && <ProblemNote error={answer.error} />}
      {answer.data !== undefined && <AnswerTable key={search} answer={answer.data} />}
      {answer.data !== undefined && <Text size="sm" c="dimmed">Answered <Time at={new Date(answer.dataUpdatedAt).toISOString()} />; what came since is answered when you ask again.</Text>}
      {answer.data !== undefined && mine['source'] !== undefined && mine['patient'] !== undefined && <ProofPanel key={`${mine['source']} ${mine['patient']}`} source={mine['source']} patient={mine['patient']} />}
      {state !== undefined && (
        <Text size="sm" c="dimmed">
          The ledger has {state.size.toLocaleString('en')} events. {state.checkpoint === null ? 'None is signed yet.' : <>
            The first {state.checkpoint.size.toLocaleString('en')} are signed <Time at={state.checkpoint.at} />{state.checkpoint.anchoredAt === null ? '; this checkpoint is not remembered outside the database yet.' : ' and remembered outside the database.'}</>}
        </Text>
      )}
    </AuditPage>
  );
}
