/** The file that comes back from a translator: columns id, source, translation, however a spreadsheet wrote it down. */
import { markOf, type Line } from '../graph/texts';
import type { Doc } from '../graph/document';

export const keyOf = (line: Pick<Line, 'node' | 'path'>): string => `${line.node}/${line.path}`;

/** The mark that keeps a cell from being a formula is no part of the words. */
const plain = (cell: string): string => (/^'[\s"'\p{Cf}]*[=+\-@＝＋－＠−﹢﹣]/u.test(cell) ? cell.slice(1) : cell);

/** Lines of cells. A spreadsheet may have put semicolons or tabs in the place of commas. */
export function cellsOf(text: string): string[][] {
  const body = text.replace(/^\ufeff/, '');
  const between = /^"?id"?([,;\t])/iu.exec(body)?.[1] ?? ',';
  const rows: string[][] = [];
  let [row, cell, quoted]: [string[], string, boolean] = [[], '', false];
  const end = () => { row.push(cell); cell = ''; };
  for (let at = 0; at < body.length; at += 1) {
    const letter = body[at] ?? '';
    if (quoted) {
      if (letter !== '"') cell += letter;
      else if (body[at + 1] === '"') { cell += '"'; at += 1; } else quoted = false;
    } else if (letter === '"' && cell === '') quoted = true;
    else if (letter === between) end();
    else if (letter === '\n') { end(); rows.push(row); row = []; } else if (letter !== '\r') cell += letter;
  }
  if (cell !== '' || row.length > 0) { end(); rows.push(row); }
  return rows;
}

export interface Taken {
  doc: Doc;
  taken: number;
  same: number;
  unknown: number;
}

/** Takes the translations over; null when there are none in the file. What was translated from other words is stale at once. */
export function takeOver(doc: Doc, language: string, lines: readonly Line[], file: string): Taken | null {
  const [head = [], ...rows] = cellsOf(file);
  const [id, source, said] = ['id', 'source', 'translation'].map((name) => head.findIndex((one) => one.trim().toLowerCase() === name)) as [number, number, number];
  if (id < 0 || said < 0) return null;
  const known = new Map(lines.map((line) => [keyOf(line), line]));
  const texts: Record<string, Record<string, { text: string; of: string }>> = {};
  const counted = { taken: 0, same: 0, unknown: 0 };
  for (const row of rows) {
    const text = plain(row[said] ?? '');
    const line = known.get(plain(row[id] ?? ''));
    if (text.trim() === '') continue;
    if (!line) counted.unknown += 1;
    else if (line.said === text) counted.same += 1;
    else {
      counted.taken += 1;
      (texts[line.node] ??= {})[line.path] = { text, of: markOf(source < 0 ? line.text : plain(row[source] ?? '')) };
    }
  }
  const before = doc.texts[language] ?? {};
  const merged = Object.fromEntries(Object.entries(texts).map(([node, paths]) => [node, { ...before[node], ...paths }]));
  return { ...counted, doc: counted.taken > 0 ? { ...doc, texts: { ...doc.texts, [language]: { ...before, ...merged } } } : doc };
}

/** Asks for a file; never answers when nothing was chosen. */
export function chooseCsv(): Promise<string> {
  return new Promise((resolve) => {
    const field = document.createElement('input');
    field.type = 'file';
    field.accept = '.csv,text/csv';
    field.addEventListener('change', () => { void field.files?.[0]?.text().then(resolve); });
    field.click();
  });
}
