import { verb } from '../verb.ts';

type Shown = {
  readonly name: string; readonly kind: string; readonly settings: unknown;
  /** null: the source signs nothing, or its key cannot be read here; then `why`. */
  readonly publicJwks: unknown; readonly why: string | null;
};

export const sourcesShow = verb<object, Shown>({
  name: 'sources show',
  summary: 'one source’s settings and the public key to register with the EHR',
  define: (command) => command.argument('<name>', 'the source’s name'),
  async run({ args: [name = ''] }, context) {
    const [{ withProduct }, storage, { publicKeys }, { settingsOf }, { AssayError }] = await Promise.all([import('../product/with-product.ts'),
      import('../../storage/source.ts'), import('../../pipelines/source/smart-key.ts'), import('../../pipelines/source/settings.ts'), import('../../terms/errors.ts')]);
    const source = await withProduct(context, {}, async ({ db }) => (await storage.sources(db)).find((one) => one.name === name));
    if (source === undefined) throw new AssayError('ASSAY_SOURCE_UNKNOWN');
    const { kind, settings } = source;
    const { auth } = settingsOf(kind, settings);
    if (auth === undefined || !('clientId' in auth)) return { name, kind, settings, publicJwks: null, why: null };
    return publicKeys(auth, (variable) => process.env[variable]).then(
      (publicJwks): Shown => ({ name, kind, settings, publicJwks, why: null }),
      (error: unknown): Shown => {
        if (!(error instanceof AssayError)) throw error;
        return { name, kind, settings, publicJwks: null, why: error.message };
      });
  },
  print({ name, kind, settings, publicJwks, why }, line) {
    line(`${name} (${kind})`);
    line(JSON.stringify(settings, null, 2));
    if (why !== null) line(`Its public key cannot be shown here. ${why}`);
    if (publicJwks !== null) line(`Register this JWK Set with the EHR:\n${JSON.stringify(publicJwks, null, 2)}`);
  },
});
