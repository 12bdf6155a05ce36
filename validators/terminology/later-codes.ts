import table from '../../fhir-profiles/knowledge/later-codes.json' with { type: 'json' };

const displays: ReadonlyMap<string, string> = new Map(table.rows.map((row) => [`${row.system}|${row.code}`, row.display]));

/** The display of a code that R4's copy of its code system is too old to have; undefined for any other code. */
export const laterCode = (system: string, code: string): string | undefined => displays.get(`${system}|${code}`);
