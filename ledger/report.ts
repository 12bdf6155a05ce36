import type { Answer } from './questions/answer.ts';

type Reporting = {
  readonly source: string; readonly patient: string; readonly by: string; readonly at: Date; readonly answers: ReadonlyMap<string, Answer>;
  readonly links: number; readonly checkpoint: string; readonly key: string;
};

/** The export for people, as one page without script: what was asked, the answers, and what is proved. */
export function report({ source, patient, by, at, answers, links, checkpoint, key }: Reporting): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Governance export</title>
<style>body{font:16px/1.5 system-ui,sans-serif;max-width:72rem;margin:2rem auto;padding:0 1rem}table{border-collapse:collapse;width:100%;font-size:.9rem}
th,td{border:1px solid #bbb;padding:.3rem .5rem;text-align:left;vertical-align:top}pre{background:#f4f4f4;padding:1rem;overflow:auto}</style>
<h1>Governance export</h1>
<p>About patient <b>${safe(patient)}</b> of <b>${safe(source)}</b>, made by ${safe(by)} on ${safe(at.toISOString())}.</p>
${[...answers.values()].map(section).join('\n')}
<h2>What proves this</h2>
<p>Every event that touched this patient is a link of one chain; there are ${links}. Each link holds the hash of the one before it, so none can be
left out, added or changed without the end of the chain changing. The end of the chain is part of the checkpoint below, which is signed and is
remembered outside the database. <code>assay audit verify FILE</code> checks all of it on this file alone; it needs no database and no network.</p>
<p>What it does not prove: that the record was right when it came; and nothing about events after this checkpoint.</p>
<pre>${safe(checkpoint)}</pre><p>Signed with the key <code>${safe(key)}</code>: compare it with the one you were given before.</p></html>
`;
}

function section({ asks, columns, rows, leavesOut }: Answer): string {
  const names = Object.keys(columns);
  const table = rows.length === 0 ? '<p>Nothing.</p>' : `<table><thead><tr>${names.map((name) => `<th scope="col">${safe(columns[name] ?? name)}`).join('')}</thead><tbody>${
    rows.map((row) => `<tr>${names.map((name) => `<td>${safe(`${row[name] ?? ''}`)}`).join('')}`).join('\n')}</tbody></table>`;
  return `<h2>${safe(asks)}</h2>${table}${leavesOut.map((one) => `<p>${safe(one)}</p>`).join('')}`;
}

const safe = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
