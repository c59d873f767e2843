/** What the address of the contacts page holds: the filter, and who is open. */
export interface ContactsSearch {
  q?: string;
  id?: string;
}

export const contactsSearch = ({ q, id }: Record<string, unknown>): ContactsSearch => ({
  // Digits in an address become a number on the way.
  q: typeof q === 'string' && q ? q.slice(0, 500) : typeof q === 'number' ? String(q) : undefined,
  id: typeof id === 'string' && /^\d{1,19}$/.test(id) ? id : undefined,
});
