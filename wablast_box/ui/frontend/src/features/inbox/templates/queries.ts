/** Templates as the box knows them. Few enough to be held whole, so that looking one up waits for nothing. */
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { answer, api } from '@/api/client';
import type { Template, TemplateList } from '@/api/types';
import { goesStale } from '@/live/stale';

// Meta changes its mind while one looks.
goesStale('templates', 'templates.changed');

export const templatesQuery = queryOptions({
  queryKey: ['templates'],
  queryFn: async ({ signal }) => {
    const items: Template[] = [];
    let sync: TemplateList['sync'] = { synced_at: null, tried_at: null, trouble: null };
    for (let cursor: string | undefined, first = true; first || cursor; first = false) {
      const page: TemplateList = await answer(api.GET('/api/v1/templates', { params: { query: { limit: 200, cursor } }, signal }));
      items.push(...page.items);
      ({ sync } = page);
      cursor = page.next_cursor ?? undefined;
    }
    return { items: items.sort(byName), sync };
  },
  staleTime: 60_000,
});

/** What can be sent first, then by name and language. */
const byName = (a: Template, b: Template): number =>
  Number(a.refusal !== null) - Number(b.refusal !== null) || a.name.localeCompare(b.name) || a.language.localeCompare(b.language);

export function useSync() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => answer(api.POST('/api/v1/templates/sync')),
    onSettled: () => client.invalidateQueries({ queryKey: templatesQuery.queryKey }),
  });
}

/** Every word must be somewhere in the name or the text. */
export function found(items: readonly Template[], q: string): Template[] {
  const words = q.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [...items];
  return items.filter(({ name, body, cards, category, language }) => {
    const all = `${name} ${name.replaceAll('_', ' ')} ${body} ${cards.map((card) => card.body).join(' ')} ${category} ${language}`.toLowerCase();
    return words.every((word) => all.includes(word));
  });
}
