import { allQuestions, parameters, type Given, type Parameter } from '../../ledger/questions/all-questions.ts';
import type { Answer } from '../../ledger/questions/answer.ts';
import { asCsv, asTable } from '../../ledger/questions/as-text.ts';
import { verb, type Verb } from '../verb.ts';

const flag = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** `assay audit patient --source hospital --patient 123`: a command for each question of governance's. */
export const auditQuestions: readonly Verb[] = allQuestions.map(({ name, asks, needs, takes = [] }) => verb<Partial<Record<Parameter, string>> & { csv?: boolean }, { answer: Answer; csv: boolean }>({
  name: `audit ${name}`,
  summary: asks,
  define: (command) => {
    for (const one of needs) command.requiredOption(`--${flag(one)} <${one}>`, parameters[one]);
    for (const one of takes) command.option(`--${flag(one)} <${one}>`, parameters[one]);
    return command.option('--csv', 'print the answer as CSV');
  },
  async run({ options: { csv = false, ...given } }, context) {
    const [{ withProduct }, { answerQuestion }, { recordAsking }] = await Promise.all([
      import('../product/with-product.ts'), import('../../ledger/questions/all-questions.ts'), import('../product/record-asking.ts')]);
    return withProduct(context, {}, async ({ db }) => {
      const answer = await answerQuestion(db, name, given as Given);
      await recordAsking(db, 'record-viewed', name, given);
      return { answer, csv };
    });
  },
  print({ answer, csv }, line) {
    if (csv) line(asCsv(answer).trimEnd());
    else for (const text of asTable(answer)) line(text);
  },
}));
