/** In which conversation somebody is choosing a template. */
import { useMemo } from 'react';
import { create } from 'zustand';
import { useMay } from '@/api/session';
import { type Command, useCommands } from '@/lib/commands';
import { t } from '@/lib/i18n';
import { setMode } from '../thread/mode';

const usePicking = create<{ conversationId: string | null }>(() => ({ conversationId: null }));

export const useIsPicking = (conversationId: string): boolean => usePicking((state) => state.conversationId === conversationId);

export function pick(conversationId: string | null): void {
  usePicking.setState({ conversationId });
}

/** T opens the templates, wherever in the conversation one is. */
export function useTemplateKeys(conversationId: string): void {
  const may = useMay('inbox.reply');
  const commands = useMemo<Command[]>(() => (may ? [{
    id: 'template', group: t('inbox.commands.group'), title: t('templates.pick.command'), keys: 't',
    run: () => { setMode(conversationId, 'reply'); pick(conversationId); },
  }] : []), [conversationId, may]);
  useCommands(commands);
}
