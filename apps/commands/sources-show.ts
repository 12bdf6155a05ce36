import { verb } from '../verb.ts';

type Shown = { readonly name: string; readonly kind: string; readonly settings: unknown; readonly publicJwks: unknown };

export const sourcesShow = verb<object, Shown>({
  name: 'sources show',
  summary: 'one source’s settings and the public key to register with the EHR',
  define: (command) => command.argument('<name>', 'the source’s name'),
  async run({ args: [name = ''] }, context) {
    const [{ withProduct }, storage, { publicJwks }, { AssayError }] = await Promise.all([import('../product/with-product.ts'),
      import('../../storage/source.ts'), import('../product/public-key.ts'), import('../../terms/errors.ts')]);
    const source = await withProduct(context, {}, async ({ db }) => (await storage.sources(db)).find((one) => one.name === name));
    if (source === undefined) throw new AssayError('ASSAY_SOURCE_UNKNOWN');
    return { name, kind: source.kind, settings: source.settings, publicJwks: await publicJwks(source.settings) };
  },
  print({ name, kind, settings, publicJwks }, line) {
    line(`${name} (${kind})`);
    line(JSON.stringify(settings, null, 2));
    if (publicJwks !== undefined) line(`Register this JWK Set with the EHR:\n${JSON.stringify(publicJwks, null, 2)}`);
  },
});
