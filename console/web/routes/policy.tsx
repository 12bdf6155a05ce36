import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { actionFor } from '../policy/policy-difference.ts';
import { Propose } from '../policy/propose.tsx';
import { ProposalCard } from '../policy/proposal-card.tsx';
import { useRules } from '../requests/governing.ts';
import { useMe, useNames } from '../requests/me.ts';
import { usePolicy, type Policy as Body } from '../requests/policy.ts';
import { Page } from '../ui/page.tsx';
import { ProblemNote } from '../ui/problem-note.tsx';
import { Time } from '../ui/time.tsx';
import { actionShort } from '../words/policy-words.ts';
import { allPurposes, purposeWords } from '../words/queue-words.ts';

/** What is done with each finding, for each purpose; what is proposed, and what it would change. */
export function Policy() {
  const { data, error } = usePolicy();
  const { data: rules } = useRules();
  const { data: me } = useMe();
  const nameOf = useNames(me?.person != null);
  const [sought, setSought] = useState('');
  const titles = new Map(rules?.rules.map(({ rule, title }) => [rule, title]));
  const titleOf = (id: string): string => {
    const [rule = id, variant] = id.split('/', 2);
    const title = titles.get(id) ?? titles.get(rule) ?? id.replaceAll('-', ' ');
    return variant === undefined || titles.has(id) ? title : `${title} (${variant.replaceAll('-', ' ')})`;
  };
  const inForce = data?.inForce;
  const body = inForce?.body as Body | undefined;
  const rows = Object.entries(body?.rules ?? {}).map(([id, rule]) => ({ id, rule, title: titleOf(id) })).filter(({ title }) => title.toLowerCase().includes(sought.toLowerCase())).sort((a, b) => a.title.localeCompare(b.title));
  return (
    <Page title="Policy" about={inForce == null ? 'What is done with each finding, for each purpose.' : <>What is done with each finding, for each purpose. In force since <Time at={inForce.at} />, by {nameOf(inForce.by)}{inForce.firstBy !== null && ` and ${nameOf(inForce.firstBy)}`}.</>}>
      {error !== null && <ProblemNote error={error} />}
      {body !== undefined && data?.proposals.map((proposal) => <ProposalCard key={proposal.id} proposal={proposal} inForce={body} titleOf={titleOf} nameOf={nameOf} />)}
      {body !== undefined && me?.roles.includes('governor') === true && <Propose key={inForce?.id} inForce={body} titleOf={titleOf} />}
      {body !== undefined && (
        <div className="card flush long" tabIndex={0} role="region" aria-label="The policy in force">
          <div style={{ padding: '14px 20px 0' }}><TextInput label="Find a rule" value={sought} onChange={(event) => setSought(event.currentTarget.value)} maw={320} /></div>
          <table className="rows">
            <thead><tr><th scope="col">Finding</th>{allPurposes.map((purpose) => <th key={purpose} scope="col">{purposeWords[purpose]}</th>)}<th scope="col">Holds</th><th scope="col" className="number">Due, days</th></tr></thead>
            <tbody>{rows.map(({ id, rule, title }) => (
              <tr key={id}>
                <th scope="row">{title}</th>
                {allPurposes.map((purpose) => { const action = actionFor(rule, purpose); return <td key={purpose} className={action === 'score' ? 'short zero' : 'short'}>{action === undefined ? '–' : actionShort[action]}</td>; })}
                <td className="short">{rule.reach === 'patient' ? 'the patient' : 'the record'}</td><td className="number">{rule.dueDays ?? '–'}</td>
              </tr>))}</tbody>
          </table>
        </div>
      )}
    </Page>
  );
}
