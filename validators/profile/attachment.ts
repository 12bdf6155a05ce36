import { hash as hashOf } from 'node:crypto';
import type { Checker } from './checker.ts';
import type { JsonObject } from './run.ts';

/** Bytes of inline data, by the length of its base64. */
export const attachmentBytes = (attachment: JsonObject): number | undefined => {
  const { data } = attachment;
  if (typeof data !== 'string') return undefined;
  const text = /\s/.test(data) ? data.replace(/\s/g, '') : data;
  return Math.floor(text.length * 3 / 4) - (text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0);
};

const sha1 = (data: string): string => hashOf('sha1', Buffer.from(data, 'base64'), 'base64');

/** http://hl7.org/fhir/R4/datatypes.html#Attachment: size and hash are those of the data before base64. */
export const checkAttachment = (checker: Checker, attachment: JsonObject): void => {
  const { size, data, url, contentType, language, extension } = attachment;
  if (data === undefined && url === undefined && contentType === undefined && language === undefined && extension === undefined && attachment['_data'] === undefined && attachment['_url'] === undefined) {
    checker.add({ rule: 'profile-attachment', severity: 'warning', code: 'structure', messageId: 'Type_Specific_Checks_DT_ATT_NO_CONTENT',
      says: 'An attachment without data and url should at least say its type or language; give its content or say what it is.' });
  }
  const { hash } = attachment;
  if (typeof data === 'string' && typeof hash === 'string' && data !== '' && hash !== '' && sha1(data) !== hash.trim()) checker.add({ rule: 'profile-attachment', severity: 'error', code: 'structure',
    says: 'The stated hash of the attachment is not the SHA-1 of its data, in base64; correct the hash, or find out what changed the data.' });
  if (typeof size !== 'number') return;
  const bytes = attachmentBytes(attachment);
  if (bytes !== undefined && bytes !== size) checker.add({ rule: 'profile-attachment', severity: 'error', code: 'structure', messageId: 'Type_Specific_Checks_DT_ATT_SIZE_CORRECT',
    says: 'The stated size of the attachment is not the size of its data; correct the size.' });
};
