import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildWebIfStale } from '../../console/web/build.ts';
import { AssayError, type ErrorCode } from '../../terms/errors.ts';
import { openBrowser, openPage, type OpenPage } from '../support/browser.ts';
import { testDatabase } from '../support/database.ts';
import { exceptionStage, heldCase, view } from '../support/held-cases.ts';
import { requireForFile } from '../support/require.ts';
import { signedInApi } from '../support/sign-in.ts';

type Answer = { status: number; code: string | null };

if (requireForFile('chromium')) {
  const { db } = await testDatabase();
  const stage = exceptionStage(db);
  const api = await signedInApi(db, {
    webRoot: await buildWebIfStale(),
    askCase: async (_exception, command) => {
      const answer = await stage.actOnCase(command);
      if ('refused' in answer) throw new AssayError(answer.refused as ErrorCode);
    },
  });
  const browser = await openBrowser();
  // A passkey belongs to a name, never to an address.
  const url = api.url.replace('127.0.0.1', 'localhost');
  let page: OpenPage;
  afterAll(() => api.stop());
  beforeAll(async () => {
    page = await openPage(browser, url);
    const devtools = await page.context().newCDPSession(page);
    await devtools.send('WebAuthn.enable');
    await devtools.send('WebAuthn.addVirtualAuthenticator', {
      options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true },
    });
  });

  /** A full sign-in, for signing. */
  async function openSigning(): Promise<void> {
    await page.goto('/auth/sign-in?to=/&signing=true');
    if (new URL(page.url()).port !== new URL(url).port) await page.getByRole('button', { name: /Mara Lindqvist/ }).click();
    await page.getByRole('button', { name: 'Sign out' }).waitFor();
  }

  /** In the page, as its own requests are. */
  const ask = (path: string, body?: object): Promise<{ status: number; body: { code?: string; challenge?: string } & Record<string, unknown> }> => page.evaluate(async ([where, sent]) => {
    const me = await (await fetch('/api/me')).json() as { page: string };
    const answer = await fetch(where as string, { method: 'POST', headers: { 'x-assay-page': me.page, ...(sent === null ? {} : { 'content-type': 'application/json' }) }, ...(sent === null ? {} : { body: JSON.stringify(sent) }) });
    const text = await answer.text();
    return { status: answer.status, body: text === '' ? {} : JSON.parse(text) };
  }, [path, body ?? null] as const);

  /** The authenticator is asked, through the browser's own WebAuthn. */
  async function touch(kind: 'create' | 'get'): Promise<object> {
    const { body: options } = await ask(kind === 'create' ? '/api/signing/passkeys/options' : '/api/signing/options');
    return page.evaluate(async ([how, json]) => {
      const made = how === 'create'
        ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(json as never) })
        : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(json as never) });
      return (made as PublicKeyCredential).toJSON() as object;
    }, [kind, options] as const);
  }

  /** A view of an urgent case, which must be signed. */
  async function sign(given?: object): Promise<Answer> {
    const { exception } = await heldCase(db, ['a'], { priority: 1 });
    const { status, body } = await ask(`/api/exceptions/${exception}/acts`, {
      command: randomUUID(), asked: { act: 'decide', view: { ...view(), revision: 1 } },
      signature: { meaning: 'I decided this case.', ...(given === undefined ? {} : { touch: given }) },
    });
    return { status, code: body.code ?? null };
  }
  const signed = { status: 200, code: null };

  test('a full sign-in covers one signature; each later one is a touch of a passkey, once', async () => {
    await page.goto('/auth/sign-in?to=/');
    await page.getByRole('button', { name: /Mara Lindqvist/ }).click();
    await page.getByRole('button', { name: 'Sign out' }).waitFor();
    expect(await sign()).toEqual({ status: 403, code: 'ASSAY_CASE_SIGNATURE' });
    await openSigning();
    expect((await ask('/api/signing/passkeys', await touch('create'))).status).toBe(204);
    expect(await sign()).toEqual(signed);
    expect(await sign()).toEqual({ status: 403, code: 'ASSAY_CASE_SIGNATURE' });
    const once = await touch('get');
    expect(await sign(once)).toEqual(signed);
    expect(await sign(once)).toEqual({ status: 403, code: 'ASSAY_SIGNATURE_REFUSED' });
    expect(await sign(await touch('get'))).toEqual(signed);
  });

  test('after a quarter of an hour without a signature it is a full sign-in again', async () => {
    await openSigning();
    await sign();
    const later = await touch('get');
    await db.query(`update session set signed_at = signed_at - interval '16 minutes', signing_at = signing_at - interval '16 minutes' where ended_at is null`);
    expect(await sign(later)).toEqual({ status: 403, code: 'ASSAY_CASE_SIGNATURE' });
    expect((await ask('/api/signing/options')).body.code).toBe('ASSAY_CASE_SIGNATURE');
  });

  test('five wrong touches end the signing session', async () => {
    await openSigning();
    await sign();
    const old = await touch('get');
    for (let wrong = 0; wrong < 5; wrong++) {
      await touch('get'); // another challenge stands now
      expect(await sign(old)).toEqual({ status: 403, code: 'ASSAY_SIGNATURE_REFUSED' });
    }
    expect(await sign(old)).toEqual({ status: 403, code: 'ASSAY_CASE_SIGNATURE' });
    await openSigning();
    expect(await sign()).toEqual(signed);
  });
}
