import { parentPort, workerData } from 'node:worker_threads';
import { startPublisher, type PublisherDeps } from '../../pipelines/feed/publish.ts';
import { connect } from '../../storage/connect.ts';
import { createLog } from '../log.ts';

/** What a thread is given: nothing that cannot be copied. */
export type Publishing = Omit<PublisherDeps, 'db' | 'signal' | 'log' | 'moved'> & { readonly databaseUrl: string; readonly logLevel: string };

/** For the lock that keeps others from publishing, and for pages read ahead. */
const CONNECTIONS = 4;

const { databaseUrl, logLevel, ...publishing } = workerData as Publishing;
const ending = new AbortController();
parentPort?.once('message', () => ending.abort());
const db = connect(databaseUrl, { connections: CONNECTIONS });
await startPublisher({ ...publishing, db, signal: ending.signal, log: createLog('worker', logLevel) });
await db.close();
parentPort?.close();
