import { fileURLToPath } from 'node:url';
import type { DataConverter } from '@temporalio/common';
import { payloadCodec } from './payload-codec.ts';

export const failureConverterPath = fileURLToPath(new URL('./failure-converter.ts', import.meta.url));

/** One converter for clients and workers. @param key ASSAY_PAYLOAD_KEY's 32 bytes; undefined: payloads stay readable */
export const dataConverter = (key: Buffer | undefined): DataConverter =>
  ({ failureConverterPath, ...(key === undefined ? {} : { payloadCodecs: [payloadCodec(key)] }) });
