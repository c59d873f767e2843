/** What the address of the templates page holds: which one is open. */
export interface TemplatesSearch {
  id?: string;
}

export const templatesSearch = (search: Record<string, unknown>): TemplatesSearch => {
  // Ids are digits; the address may have made a number of them.
  const { id } = search;
  return { id: typeof id === 'string' && /^\d{1,19}$/.test(id) ? id : undefined };
};
