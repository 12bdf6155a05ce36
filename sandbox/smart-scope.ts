// SMART scopes of v1 (system/*.read, .write, .*) and v2 (system/Observation.rs, in the order cruds).
// Source: https://hl7.org/fhir/smart-app-launch/scopes-and-launch-context.html
const form = /^system\/(\*|[A-Z][A-Za-z]+)\.(?:(read|write|\*)|(c?r?u?d?s?))$/;

type Ability = 'read' | 'write';

const letters: Record<string, string> = { read: 'rs', write: 'cud', '*': 'cruds' };

export const isScope = (scope: string) => {
  const match = form.exec(scope);
  return match !== null && (match[2] ?? match[3]) !== '';
};

/** `type` undefined asks for every type (system-wide history and export without _type). */
export function allows(scopes: readonly string[], ability: Ability, type?: string): boolean {
  return scopes.some((scope) => {
    const [, ofType, word, rights = ''] = form.exec(scope) ?? [];
    if (!ofType || (ofType !== '*' && ofType !== type)) return false;
    const granted = letters[word ?? ''] ?? rights;
    return ability === 'read' ? granted.includes('r') || granted.includes('s') : /[cud]/.test(granted);
  });
}
