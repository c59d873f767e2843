/** What the address of the inbox says: which list, which conversation. A colleague gets the same screen from the link. */
export const FILTERS = ['all', 'unread', 'unassigned', 'mine'] as const;
export type Filter = (typeof FILTERS)[number];

export interface InboxSearch {
  c?: string;
  /** A message, note or file to begin at: a hit of the search. */
  m?: string;
  filter?: Filter;
}

export const inboxSearch = (search: Record<string, unknown>): InboxSearch => ({
  c: typeof search['c'] === 'string' ? search['c'] : undefined,
  m: typeof search['m'] === 'string' ? search['m'] : undefined,
  filter: FILTERS.find((filter) => filter === search['filter'] && filter !== 'all'),
});
