/** Sends a filled template. The same values keep their key, so that pressing twice sends once. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { answer, api } from '@/api/client';
import { problemOf } from '@/api/errors';
import { useSession } from '@/api/session';
import type { Problem, Template } from '@/api/types';
import { patchMessage } from '../useInboxLive';
import type { Values } from './rendered';
import { type Files, parametersOf } from './values';

interface Filled {
  template: Template;
  values: Values;
  files: Files;
}

export function useSendTemplate(conversationId: string, onSent: () => void) {
  const client = useQueryClient();
  const me = useSession().user?.id;
  const last = useRef({ words: '', key: '' });
  return useMutation({
    mutationFn: ({ template, values, files }: Filled) => {
      const body = { type: 'template', template_id: template.id, parameters: parametersOf(template, values, files) };
      const words = JSON.stringify(body);
      if (last.current.words !== words) last.current = { words, key: crypto.randomUUID() };
      const { key } = last.current;
      return answer(api.POST('/api/v1/conversations/{id}/messages', { params: { path: { id: conversationId } }, headers: { 'Idempotency-Key': key }, body: { ...body, client_key: key } }));
    },
    onSuccess: (message) => {
      patchMessage(client, message, me);
      onSent();
    },
  });
}

interface Problems {
  byField: Partial<Record<string, string>>;
  general: Problem | null;
}

/** Each refusal beside its field; what belongs to none above the form. */
export function problemsOf(error: unknown): Problems {
  if (!error) return { byField: {}, general: null };
  const problem = problemOf(error);
  const fields = problem.fields.filter(({ field }) => field.startsWith('parameters.'));
  const byField = Object.fromEntries(fields.map(({ field, message, help }) => [field, help ? `${message} ${help}` : message]));
  return { byField, general: fields.length > 0 && fields.length === problem.fields.length ? null : problem };
}
