import { expect, test } from 'vitest';
import type { ViewEntry } from '../../terms/patient-view.ts';
import { collectEntries } from './view-entries.ts';

const entry = (place: number, time: string): ViewEntry =>
  ({ version: String(place), type: 'Observation', id: `o${place}`, time, place: 'compartment', fields: { status: 'final', note: [{ text: 'né '.repeat(place % 300) }], $ai: { labels: [] } } });

test('entries come in time order and as they were given, however many there are', () => {
  const given = Array.from({ length: 5_050 }, (_, place) => entry(place, place % 100 === 0 ? '' : `2020-01-01T${String(5_050 - place).padStart(6, '0')}`));
  const collected = collectEntries();
  for (const one of given) collected.add(one);
  expect([...collected.inOrder()]).toEqual(given.toSorted((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0)));
});
