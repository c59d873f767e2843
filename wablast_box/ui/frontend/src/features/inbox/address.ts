/** What the address of the inbox says: which list, which conversation. A colleague gets the same screen from the link. */
export const VIEWS = ['open', 'mine', 'unassigned', 'unread', 'waiting', 'closing', 'pending', 'snoozed', 'resolved', 'all'] as const;
export type ViewKey = (typeof VIEWS)[number];

/** One of the views that everybody has, or `saved-ID`, `tag-ID`, `team-ID`. */
export type View = ViewKey | `${'saved' | 'tag' | 'team'}-${string}`;

export interface InboxSearch {
  c?: string;
  /** A message, note or file to begin at: a hit of the search. */
  m?: string;
  view?: View;
  /** Filters and words on top of the view. */
  q?: string;
}

const OTHERS = /^(saved|tag|team)-\d{1,19}$/;

export const isView = (value: unknown): value is View =>
  typeof value === 'string' && (VIEWS.some((view) => view === value) || OTHERS.test(value));

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

export const inboxSearch = (search: Record<string, unknown>): InboxSearch => ({
  c: text(search['c']),
  m: text(search['m']),
  view: isView(search['view']) && search['view'] !== 'open' ? search['view'] : undefined,
  q: text(search['q']),
});
