/** A flow as a file: to keep, to hand on, to take into another box. */
import { pack, unpack } from '../graph/clipboard';
import type { Graph } from '../graph/types';

export function saveAsFile(name: string, graph: Graph): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([pack(graph)], { type: 'application/json' }));
  link.download = `${name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '') || 'flow'}.flow.json`;
  link.click();
  window.setTimeout(() => { URL.revokeObjectURL(link.href); }, 1000);
}

/** Asks for a file and reads it; null when it is no flow. Never answers when nothing was chosen. */
export function chooseFile(): Promise<{ name: string; graph: Partial<Graph> | null }> {
  return new Promise((resolve) => {
    const field = document.createElement('input');
    field.type = 'file';
    field.accept = '.json,application/json';
    field.addEventListener('change', () => {
      const file = field.files?.[0];
      if (file) void file.text().then((text) => { resolve({ name: file.name.replace(/(\.flow)?\.json$/i, ''), graph: unpack(text) }); });
    });
    field.click();
  });
}
