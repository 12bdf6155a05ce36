import { amend, type Defect, type Form } from './defect.ts';
import { part, textAt, type JsonObject } from './touch.ts';

const bare = (text: string): string => text.replace(/(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/, '');
const form = (type: string, because: string, holder: (resource: JsonObject) => JsonObject | undefined, element: string, change: (text: string) => string = bare): Form => amend(type, because, (resource) => {
  const own = holder(resource), text = textAt(own, element);
  if (own === undefined || text === undefined || !/T.*(?:Z|[+-]\d\d:\d\d)$/.test(text)) return false;
  own[element] = change(text);
  return true;
});
const self = (resource: JsonObject): JsonObject => resource;

export const timeZoneAbsent: Defect = {
  rule: 'time-zone-absent',
  forms: [
    form('Observation', 'The zone of a measurement was dropped.', self, 'effectiveDateTime'), form('Encounter', 'The zone of an admission was dropped.', (encounter) => part(encounter, 'period'), 'start'),
    form('MedicationRequest', 'The zone of an order was dropped.', self, 'authoredOn'), form('DocumentReference', 'The zone of a note was dropped.', self, 'date'), form('Observation', 'The zone of an instant was dropped.', self, 'issued'),
    form('Immunization', 'To the minute, without a zone.', self, 'occurrenceDateTime', (text) => text.slice(0, 16)), form('DocumentReference', 'The zone was dropped deep inside.', (note) => part(note, 'context', 'period'), 'end'),
  ],
  nearMisses: [
    form('Observation', 'A date needs no zone.', self, 'effectiveDateTime', (text) => text.slice(0, 10)), form('Observation', 'An offset is a zone.', self, 'effectiveDateTime', (text) => `${bare(text)}-05:00`),
    form('MedicationRequest', 'A year and a month need no zone.', self, 'authoredOn', (text) => text.slice(0, 7)),
  ],
};
