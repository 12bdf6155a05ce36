import { ApplicationFailure } from '@temporalio/common';
import { expect, test } from 'vitest';
import { SourceWait } from '../../pipelines/source/source-wait.ts';
import { AssayError } from '../../terms/errors.ts';
import { retriable } from './retriable.ts';

const failureOf = async (error: Error): Promise<unknown> =>
  retriable({ async act() { throw error; } }, () => {}).act().catch((failure: unknown) => failure);

test('an error of the catalogue keeps its code, and whether trying again can help', async () => {
  expect(await failureOf(new AssayError('ASSAY_SOURCE_FORBIDDEN', 'HTTP 403'))).toMatchObject({ type: 'ASSAY_SOURCE_FORBIDDEN', nonRetryable: true });
  expect(await failureOf(new AssayError('ASSAY_SOURCE_UNREACHABLE'))).toMatchObject({ type: 'ASSAY_SOURCE_UNREACHABLE', nonRetryable: false });
});

test('where the EHR named a time to wait, Temporal waits so long', async () => {
  expect(await failureOf(new SourceWait(7_200_000, 'HTTP 429'))).toMatchObject({ type: 'ASSAY_SOURCE_BUSY', nonRetryable: false, nextRetryDelay: 7_200_000 });
});

test('of any other error only the name goes on', async () => {
  const failure = await failureOf(new TypeError('quotes Patient/1'));
  expect(failure).toBeInstanceOf(ApplicationFailure);
  expect(JSON.stringify(failure)).not.toContain('Patient/1');
});
