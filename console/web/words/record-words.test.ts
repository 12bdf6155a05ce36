import { expect, test } from 'vitest';
import { placeWords } from './record-words.ts';

test.each([
  ['Patient.name[0].family', 'name › family'], ['Observation.value.ofType(Quantity).code', 'value › code'],
  ['MedicationRequest.dosageInstruction[2].doseAndRate[0]', 'dosage instruction › dose and rate'], ['Observation', 'the record as a whole'],
])('%s is %s', (expression, says) => expect(placeWords(expression)).toBe(says));
