import { Client, Connection, isGrpcServiceError } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import { AssayError } from '../../terms/errors.ts';
import type { TemporalTls } from '../config-services.ts';
import { dataConverter } from './data-converter.ts';
import { retrying } from './retrying.ts';

export type TemporalSettings = {
  /** host:port */
  readonly address: string;
  readonly namespace?: string | undefined;
  /** ASSAY_PAYLOAD_KEY's 32 bytes. */
  readonly payloadKey?: Buffer | undefined;
  /** undefined: plain text. */
  readonly tls?: TemporalTls | undefined;
  readonly apiKey?: string | undefined;
};

const reaching = ({ address, tls, apiKey }: TemporalSettings) =>
  ({ address, ...(tls === undefined ? {} : { tls }), ...(apiKey === undefined ? {} : { apiKey }) });

/** gRPC's status: https://grpc.io/docs/guides/status-codes/ */
const NOT_FOUND = 5;

/** @throws AssayError ASSAY_TEMPORAL_UNREACHABLE, ASSAY_TEMPORAL_NAMESPACE */
export async function temporalClient(settings: TemporalSettings): Promise<Client> {
  const connection = await unlessUnreachable(Connection.connect({ ...reaching(settings), connectTimeout: 10_000, interceptors: retrying }));
  const namespace = settings.namespace ?? 'default';
  try {
    await connection.workflowService.describeNamespace({ namespace });
  } catch (error) {
    // Who may not ask (Temporal Cloud's API keys of one namespace) is told by the first call that matters.
    if (isGrpcServiceError(error) && error.code === NOT_FOUND) {
      await connection.close();
      throw new AssayError('ASSAY_TEMPORAL_NAMESPACE');
    }
  }
  return new Client({ connection, namespace, dataConverter: dataConverter(settings.payloadKey) });
}

/** What a worker connects with. @throws AssayError ASSAY_TEMPORAL_UNREACHABLE */
export const workerConnection = (settings: TemporalSettings): Promise<NativeConnection> =>
  unlessUnreachable(NativeConnection.connect(reaching(settings)));

async function unlessUnreachable<T>(connecting: Promise<T>): Promise<T> {
  try {
    return await connecting;
  } catch (error) {
    throw new AssayError('ASSAY_TEMPORAL_UNREACHABLE', undefined, { cause: error });
  }
}
