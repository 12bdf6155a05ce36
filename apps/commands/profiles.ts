import type { Added } from '../../packages/add.ts';
import type { LockedPackage } from '../../packages/lock.ts';
import { profileLock } from '../product/profile-lock.ts';
import { unopened } from '../unopened.ts';
import { verb } from '../verb.ts';

type Listed = { readonly packages: readonly LockedPackage[]; readonly missing: readonly string[] };

export const profiles = verb<object, Listed>({
  name: 'profiles',
  summary: 'the profile packages in force',
  async run() {
    const [{ missingDependencies }, { readLock }] = await Promise.all([import('../../packages/add.ts'), import('../../packages/lock.ts')]);
    return { packages: (await readLock(profileLock)).packages, missing: await missingDependencies(profileLock) };
  },
  print({ packages, missing }, line) {
    line('hl7.fhir.r4.core@4.0.1 (always)');
    for (const { name, version, sha256 } of packages) line(`${name}@${version}  ${sha256.slice(0, 16)}`);
    if (missing.length > 0) line(`Named by these and not here, so what they define is not evaluated: ${missing.join(', ')}`);
  },
});

/** HL7's registry of FHIR packages; FHIR_PACKAGE_REGISTRY names another. */
const fhirRegistry = process.env['FHIR_PACKAGE_REGISTRY'] ?? 'https://packages.fhir.org';

/** The one way in which a package comes into force. */
export const profilesAdd = verb<{ registry?: string }, readonly Added[]>({
  name: 'profiles add',
  summary: 'put a profile package in force: a .tgz, a loose .json or .xml, or NAME@VERSION from ~/.fhir/packages or the FHIR package registry',
  define: (command) => command.argument('<package...>', 'FILE.tgz, FILE.json, FILE.xml or NAME@VERSION').option('--registry <url>', 'another FHIR package registry'),
  async run({ args, options }, context) {
    const { addPackage } = await import('../../packages/add.ts');
    const added: Added[] = [];
    for (const what of args) {
      context.say(`Adding ${what}`);
      const byName = !/\.(tgz|tar\.gz|json|xml)$/i.test(what);
      added.push(...await addPackage(what, { lockFile: profileLock, ...(byName || options.registry !== undefined ? { registry: { url: options.registry ?? fhirRegistry } } : {}) }).catch(unopened(what)));
    }
    return added;
  },
  print(added, line) {
    if (added.length === 0) line('All of it is in force already.');
    for (const { name, version, files } of added) line(`${name}@${version} is in force (${files} files). Restart the workers; \`assay reassess\` brings what is stored under it.`);
  },
});

/** The feed's data contract: the structural part of a profile, draft-07. */
export const profilesSchema = verb<object, object>({
  name: 'profiles schema',
  summary: 'the structure that a profile or type asks for, as JSON Schema',
  define: (command) => command.argument('<url>', 'the profile’s canonical URL, or a type’s name'),
  async run({ args: [url = ''] }, context) {
    const [{ structures }, { AssayError }] = await Promise.all([import('../product/structure.ts'), import('../../terms/errors.ts')]);
    const schema = await structures(context.config().packages)(url);
    if (schema === undefined) throw new AssayError('ASSAY_PROFILE_UNKNOWN');
    return schema;
  },
  print: (schema, line) => line(JSON.stringify(schema, null, 2)),
});
