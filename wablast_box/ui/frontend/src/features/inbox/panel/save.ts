/** Give the browser a file to keep. */
export function saveFile(data: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(data);
  link.download = name;
  link.click();
  // At once would be too early for some browsers.
  window.setTimeout(() => { URL.revokeObjectURL(link.href); }, 60_000);
}
