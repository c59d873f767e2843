/** A flow as a file: to keep, to hand on, to take into another box. */

export function saveAsFile(name: string, file: unknown): void {
  saveText(name, '.flow.json', 'application/json', JSON.stringify(file, null, 2));
}

export function saveText(name: string, ending: string, type: string, text: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = `${name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '') || 'flow'}${ending}`;
  link.click();
  window.setTimeout(() => { URL.revokeObjectURL(link.href); }, 1000);
}

/** Asks for a file and reads it; `file` is undefined when it is no JSON. Never answers when nothing was chosen. */
export function chooseFile(): Promise<{ name: string; file: unknown }> {
  return new Promise((resolve) => {
    const field = document.createElement('input');
    field.type = 'file';
    field.accept = '.json,application/json';
    field.addEventListener('change', () => {
      const file = field.files?.[0];
      if (file) void file.text().then((text) => { resolve({ name: file.name.replace(/(\.flow)?\.json$/i, ''), file: read(text) }); });
    });
    field.click();
  });
}

function read(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
