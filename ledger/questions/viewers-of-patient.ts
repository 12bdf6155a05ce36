import type { Queryable } from '../../storage/connect.ts';
import type { Answer, PatientKey } from './answer.ts';
import { chainOfPatient, linkedEvents } from './chain-of.ts';

/** Question 6: who looked at this patient’s record? From the patient’s chain, so none can be missing. */
export async function viewersOfPatient(db: Queryable, key: PatientKey): Promise<Answer<View>> {
  const chain = await chainOfPatient(db, key);
  const events = chain === undefined ? [] : await linkedEvents(db, chain.id, 'record-viewed');
  return {
    asks: 'Who looked at this patient’s record?', columns,
    rows: events.map(({ leaf, body, at }) => ({ who: String(body['by'] ?? ''), when: at, where: String(body['screen'] ?? body['exception'] ?? ''), leaf })),
    leavesOut: [],
  };
}

type View = { who: string; when: string; where: string; leaf: number };
const columns = { who: 'Who', when: 'When', where: 'Where', leaf: 'Leaf of the ledger that proves it' } as const;
