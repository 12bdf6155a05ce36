import type { Adapter, AdapterPayload } from 'oidc-provider';

/** What the sandbox's provider remembers while it runs, and no longer: a restart means signing in again. */
export class IdentityStore implements Adapter {
  static readonly #all = new Map<string, { payload: AdapterPayload; until: number }>();
  readonly #kind: string;
  constructor(kind: string) { this.#kind = kind; }

  async upsert(id: string, payload: AdapterPayload, seconds: number): Promise<void> {
    const until = Number.isFinite(seconds) ? Date.now() + seconds * 1000 : Infinity;
    IdentityStore.#all.set(`${this.#kind}:${id}`, { payload, until });
    if (payload.uid !== undefined) IdentityStore.#all.set(`uid:${payload.uid}`, { payload, until });
  }
  async find(id: string): Promise<AdapterPayload | undefined> { return this.#live(`${this.#kind}:${id}`); }
  async findByUid(uid: string): Promise<AdapterPayload | undefined> { return this.#live(`uid:${uid}`); }
  async findByUserCode(): Promise<undefined> { return undefined; }
  async destroy(id: string): Promise<void> { IdentityStore.#all.delete(`${this.#kind}:${id}`); }
  async consume(id: string): Promise<void> {
    const found = this.#live(`${this.#kind}:${id}`);
    if (found !== undefined) found['consumed'] = Math.floor(Date.now() / 1000);
  }
  async revokeByGrantId(grant: string): Promise<void> {
    for (const [key, { payload }] of IdentityStore.#all) if (payload.grantId === grant) IdentityStore.#all.delete(key);
  }

  #live(key: string): AdapterPayload | undefined {
    const found = IdentityStore.#all.get(key);
    if (found !== undefined && found.until > Date.now()) return found.payload;
    IdentityStore.#all.delete(key);
    return undefined;
  }
}
