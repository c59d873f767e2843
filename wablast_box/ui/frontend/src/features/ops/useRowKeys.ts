import { type RefObject, useMemo, useRef } from 'react';
import { type Command, useCommands } from '@/lib/commands';
import { t } from '@/lib/i18n';

/** J and K walk through the rows of a table, R asks the box again; Enter opens, because each row holds a button. */
export function useRowKeys(refetch: () => unknown): RefObject<HTMLDivElement | null> {
  const table = useRef<HTMLDivElement>(null);
  const commands = useMemo<Command[]>(() => {
    const group = t('ops.webhooks.title');
    return [
      { id: 'row-next', group, title: t('ops.keys.next'), keys: 'j', hidden: true, run: () => { walk(table.current, 1); } },
      { id: 'row-previous', group, title: t('ops.keys.previous'), keys: 'k', hidden: true, run: () => { walk(table.current, -1); } },
      { id: 'refresh', group, title: t('common.refresh'), keys: 'r', run: () => { refetch(); } },
    ];
  }, [refetch]);
  useCommands(commands);
  return table;
}

function walk(table: HTMLElement | null, step: number): void {
  const buttons = [...(table?.querySelectorAll<HTMLElement>('tbody tr td:first-child button') ?? [])];
  const at = buttons.findIndex((button) => button === document.activeElement);
  buttons[Math.min(buttons.length - 1, Math.max(0, at + step))]?.focus();
}
