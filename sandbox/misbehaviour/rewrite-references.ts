const relative = /"reference":"([A-Z][A-Za-z]+)\/([A-Za-z0-9.-]{1,64})"/g;

/** Changes relative references and nothing else in the text; undefined when there is none. */
export function rewriteReferences(bytes: Buffer, rewrite: (type: string, id: string) => string): Buffer | undefined {
  const before = bytes.toString();
  const after = before.replace(relative, (_match, type: string, id: string) => `"reference":${JSON.stringify(rewrite(type, id))}`);
  return after === before ? undefined : Buffer.from(after);
}
