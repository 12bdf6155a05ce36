import { verb } from '../verb.ts';

/** What keeps the ledger, by hand. */
export const auditCheckpoint = verb<object, { note: string | null }>({
  name: 'audit checkpoint',
  summary: 'sign a checkpoint now, and put it into every anchor',
  async run(_, context) {
    const [{ withProduct }, { ledgerSigning }, { makeCheckpoint }] = await Promise.all([
      import('../product/with-product.ts'), import('../product/ledger-signing.ts'), import('../../ledger/checkpoint.ts')]);
    return withProduct(context, {}, async ({ db }, _services, config) => ({ note: await makeCheckpoint(await ledgerSigning(config, db)) ?? null }));
  },
  print: ({ note }, line) => line(note?.trimEnd() ?? 'Nothing has happened yet: there is nothing to sign.'),
});

export const auditRotateKey = verb<object, { key: string | null }>({
  name: 'audit rotate-key',
  summary: 'give the ledger a new signing key, under the signature of both; the old one stays beside it',
  async run(_, context) {
    const [{ withProduct }, { rotateKeyFile }] = await Promise.all([import('../product/with-product.ts'), import('../product/ledger-signing.ts')]);
    return withProduct(context, {}, async ({ db }, _services, config) => ({ key: await rotateKeyFile(config, db) ?? null }));
  },
  print: ({ key }, line) => line(key === null ? 'The ledger has no checkpoint yet.' : `The ledger signs with a new key from now on. Tell those who verify it:\n${key}`),
});

export const auditRestored = verb<{ because: string }, { note: string | null }>({
  name: 'audit restored',
  summary: 'say that the database was restored from an older backup: which leaves are lost; the ledger goes on under a new name',
  define: (command) => command.requiredOption('--because <text>', 'why; no word about a patient'),
  async run({ options }, context) {
    const [{ withProduct }, { ledgerSigning }, { sayRestored }, { whoTypes }] = await Promise.all([
      import('../product/with-product.ts'), import('../product/ledger-signing.ts'), import('../../ledger/restored.ts'), import('../product/record-asking.ts')]);
    return withProduct(context, {}, async ({ db }, _services, config) => ({ note: await sayRestored(await ledgerSigning(config, db), whoTypes(), options.because) ?? null }));
  },
  print: ({ note }, line) => line(note?.trimEnd() ?? ''),
});

export const auditTiles = verb<{ out: string }, { files: number; out: string }>({
  name: 'audit tiles',
  summary: 'write the log as C2SP tiles into a folder, for verifiers that are not ours',
  define: (command) => command.requiredOption('--out <folder>', 'the folder'),
  async run({ options: { out } }, context) {
    const [{ withProduct }, { writeTiles }] = await Promise.all([import('../product/with-product.ts'), import('../product/write-audit.ts')]);
    return withProduct(context, {}, async ({ db }) => ({ files: await writeTiles(db, out), out }));
  },
  print: ({ files, out }, line) => line(`${files.toLocaleString('en')} files in ${out}. Check them: assay audit verify ${out}`),
});

type Exporting = { readonly out: string; readonly source: string; readonly patient: string; readonly since?: string };
export const auditExport = verb<Exporting, { out: string }>({
  name: 'audit export',
  summary: 'everything about a patient, with its proof, as one signed archive that `audit verify` checks offline',
  define: (command) => command.requiredOption('--out <file>', 'the archive').requiredOption('--source <name>', 'the source’s name')
    .requiredOption('--patient <id>', 'the patient’s id at the source').option('--since <date>', 'prove that nothing changed since'),
  async run({ options }, context) {
    const [{ withProduct }, { writeExport }] = await Promise.all([import('../product/with-product.ts'), import('../product/write-audit.ts')]);
    return withProduct(context, {}, async ({ db }, _services, config) => {
      await writeExport(db, config, options);
      return { out: options.out };
    });
  },
  print: ({ out }, line) => line(`Written: ${out}. Check it anywhere: assay audit verify ${out}`),
});

export const auditKeep = [auditCheckpoint, auditRotateKey, auditRestored, auditTiles, auditExport] as const;
