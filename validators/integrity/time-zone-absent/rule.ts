import { inventory, pathTo } from '../reading/inventory.ts';
import { resourceRule } from '../resource-rule.ts';
import { wrong } from '../say.ts';

// A time of day, and then neither Z nor an offset.
const withoutZone = /T\d{2}(?::\d{2}(?::\d{2}(?:\.\d+)?)?)?$/;

export const timeZoneAbsent = resourceRule({
  id: 'time-zone-absent', version: 2, category: 'value conformance', owner: 'mapping',
  title: 'A time without a zone', why: 'Nobody can put such times in order: they may be off by up to a day.',
  sources: ['http://hl7.org/fhir/R4/datatypes.html#dateTime (a time needs a time zone)'],
  reads: { '*': [] },
  check: (resource) => inventory(resource).times.filter(({ value }) => withoutZone.test(value))
    .map(({ holder, name }) => wrong(pathTo(resource, holder, name), 'This time has no time zone; the interface must send it.')),
});
