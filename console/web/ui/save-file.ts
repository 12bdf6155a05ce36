/** The browser saves the bytes under the name. */
export function saveFile(name: string, bytes: BlobPart): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([bytes]));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000); // revoked at once, a busy browser finds nothing to save
}
