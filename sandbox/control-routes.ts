import type { FastifyInstance } from 'fastify';
import type { TurnOn } from './active-misbehaviours.ts';
import type { Label } from './defects/plant.ts';
import { allMisbehaviours } from './misbehaviour/all-misbehaviours.ts';
import { WrongParameter } from './misbehaviour/misbehaviour.ts';
import type { Server } from './server-parts.ts';

/** What is no EHR's: needs no token, so the sandbox listens on loopback unless told otherwise. */
export function mountControl(app: FastifyInstance, { misbehaviours, tokens, store }: Server, labels: readonly Label[]) {
  app.get('/sandbox/misbehaviour', () => ({
    active: misbehaviours.list(),
    available: allMisbehaviours.map(({ name, seenAt, does, parameters }) => ({ name, seenAt, does, parameters })),
  }));
  app.post('/sandbox/misbehaviour', async (request, reply) => {
    try {
      const asked: unknown = JSON.parse(String(request.body));
      if (typeof asked !== 'object' || asked === null || !('name' in asked)) throw new WrongParameter('The body must be an object with a name.');
      await misbehaviours.turnOn(asked as TurnOn);
      return await reply.code(201).send({ active: misbehaviours.list() });
    } catch (error) {
      if (error instanceof WrongParameter || error instanceof SyntaxError) return reply.code(400).send({ error: error.message });
      throw error;
    }
  });
  app.delete('/sandbox/misbehaviour', (_request, reply) => {
    misbehaviours.turnOff();
    return reply.code(204).send();
  });
  app.delete<{ Params: { name: string } }>('/sandbox/misbehaviour/:name', (request, reply) => {
    misbehaviours.turnOff(request.params.name);
    return reply.code(204).send();
  });
  app.get('/sandbox/labels', () => labels);
  app.get('/sandbox/counts', () => {
    const ofType = (type: string) => [type, [...store.current(type)].length] as const;
    return { resources: Object.fromEntries(store.types().map(ofType)), looseLines: store.looseLines.length };
  });
  /** Forgets every access token, as a restart of the authorization server would. */
  app.post('/sandbox/revoke-tokens', (_request, reply) => {
    tokens.revokeAll();
    return reply.code(204).send();
  });
}
