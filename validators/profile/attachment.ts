import type { Checker } from './checker.ts';
import type { JsonObject } from './run.ts';

/** Bytes of inline data, by the length of its base64. */
export const attachmentBytes = (attachment: JsonObject): number | undefined => {
  const { data } = attachment;
  if (typeof data !== 'string') return undefined;
  const text = /\s/.test(data) ? data.replace(/\s/g, '') : data;
  return Math.floor(text.length * 3 / 4) - (text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0);
};

/** http://hl7.org/fhir/R4/datatypes.html#Attachment: the size is that of the data before base64. */
export const checkAttachment = (checker: Checker, attachment: JsonObject): void => {
  const { size, data, url, contentType, language, extension } = attachment;
  if (data === undefined && url === undefined && contentType === undefined && language === undefined && extension === undefined && attachment['_data'] === undefined && attachment['_url'] === undefined) {
    checker.add({ rule: 'profile-attachment', severity: 'warning', code: 'structure', messageId: 'Type_Specific_Checks_DT_ATT_NO_CONTENT',
      says: 'An attachment without data and url should at least say its type or language; give its content or say what it is.' });
  }
  if (typeof size !== 'number') return;
  const bytes = attachmentBytes(attachment);
  if (bytes !== undefined && bytes !== size) checker.add({ rule: 'profile-attachment', severity: 'error', code: 'structure', messageId: 'Type_Specific_Checks_DT_ATT_SIZE_CORRECT',
    says: 'The stated size of the attachment is not the size of its data; correct the size.' });
};
