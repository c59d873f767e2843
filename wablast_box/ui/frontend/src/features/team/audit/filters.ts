/** What the log is narrowed to; kept in the address, so that it can be sent to a colleague. */
export interface AuditSearch {
  kind?: string;
  actor?: string;
  result?: 'done' | 'refused' | 'failed';
  from?: string;
  to?: string;
}

const RESULTS = ['done', 'refused', 'failed'] as const;
const text = (value: unknown): string | undefined => (typeof value === 'string' && value ? value : undefined);
const day = (value: unknown): string | undefined => (typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) ? value : undefined);

export function auditSearch(search: Record<string, unknown>): AuditSearch {
  return {
    kind: text(search['kind']), actor: text(search['actor']), result: RESULTS.find((one) => one === search['result']),
    from: day(search['from']), to: day(search['to']),
  };
}

/** The day in this browser's zone, its first moment and the first moment after it. */
export const startOf = (date: string | undefined): string => (date ? new Date(`${date}T00:00:00`).toISOString() : '');

export function endOf(date: string | undefined): string {
  if (!date) return '';
  const end = new Date(`${date}T00:00:00`);
  end.setDate(end.getDate() + 1);
  return end.toISOString();
}

export const isFiltered = (search: AuditSearch): boolean => Object.values(search).some(Boolean);
