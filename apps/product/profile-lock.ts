import { fileURLToPath } from 'node:url';

/** The profile packages in force, with their hashes (fhir-profiles/README.md). */
export const profileLock = fileURLToPath(new URL('../../fhir-profiles/packages.lock.json', import.meta.url));
