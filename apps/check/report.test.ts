import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { expect, it } from 'vitest';
import { piecesOf } from './check.ts';
import { formats } from './formats.ts';
import type { Result, Said } from './report.ts';
import { writeReport } from './write-report.ts';

const finding = (severity: Said['severity'], unevaluated = false): Said =>
  ({ rule: `profile-${severity}`, severity, expression: 'Patient.name[0]', says: 'A <b> & "c" are wrong; mend them.', unevaluated });
const result = (file: string, line: number, said: readonly Said[]): Result =>
  ({ file, line, resourceType: 'Patient', id: null, said, outcome: () => ({ resourceType: 'OperationOutcome', issue: [] }) });
const results = [result('a.ndjson', 1, [finding('error'), finding('warning', true)]), result('a.ndjson', 2, []), result('b & c.json', 1, [finding('information')])];
const written = async (format: string, some: readonly Result[] = results): Promise<string> => {
  const report = formats.get(format)!('1.2.3');
  const pieceOf = piecesOf(report);
  let text = '';
  const writer = writeReport(report, async (more) => { text += Buffer.from(more).toString(); });
  for (const one of some) await writer.add(pieceOf(one.file, [one]));
  expect((await writer.end()).resources).toBe(some.length);
  return text;
};

it('sarif: each finding a result with its place, the unevaluated open, every rule listed once', async () => {
  const { version, runs: [run] } = JSON.parse(await written('sarif')) as { version: string; runs: { results: { ruleId: string; kind?: string; level: string; locations: object[] }[]; tool: { driver: { version: string; rules: { id: string }[] } } }[] };
  expect(version).toBe('2.1.0');
  expect(run!.results.map(({ ruleId, level, kind }) => [ruleId, level, kind])).toEqual([['profile-error', 'error', undefined], ['profile-warning', 'none', 'open'], ['profile-information', 'note', undefined]]);
  expect(run!.tool.driver.rules.map(({ id }) => id)).toEqual(run!.results.map(({ ruleId }) => ruleId));
  expect(run!.tool.driver.version).toBe('1.2.3');
  expect(run!.results[0]!.locations).toEqual([{ physicalLocation: { artifactLocation: { uri: 'a.ndjson' }, region: { startLine: 1 } }, logicalLocations: [{ fullyQualifiedName: 'Patient.name[0]', kind: 'element' }] }]);
});

it('junit: well-formed, a suite for each file, a case for each resource, failing only on errors', async () => {
  const text = await written('junit');
  expect(XMLValidator.validate(text)).toBe(true);
  const { testsuites } = new XMLParser({ ignoreAttributes: false, isArray: (name) => name === 'testsuite' || name === 'testcase' }).parse(text) as { testsuites: { testsuite: { '@_name': string; testcase: { failure?: unknown }[] }[] } };
  expect(testsuites.testsuite.map((s) => [s['@_name'], s.testcase.map((c) => c.failure !== undefined)])).toEqual([['a.ndjson', [true, false]], ['b & c.json', [false]]]);
});

it('with nothing to say each is still whole', async () => {
  for (const name of formats.keys()) {
    const text = await written(name, []);
    if (name === 'sarif') expect(JSON.parse(text)).toMatchObject({ runs: [{ results: [] }] });
    if (name === 'junit') expect(XMLValidator.validate(text)).toBe(true);
  }
});
