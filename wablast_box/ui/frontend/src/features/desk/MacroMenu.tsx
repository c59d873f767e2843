import { Menu } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { Conversation } from '@/api/types';
import { IconButton } from '@/design/IconButton';
import { IconListCheck } from '@/design/icons';
import { t } from '@/lib/i18n';
import { macrosQuery } from './queries';
import { runMacro } from './useChatCommands';
import classes from './Desk.module.css';

interface MacroMenuProps {
  conversation: Conversation;
}

/** Macros for who works with the mouse or a finger; there only where there are any. */
export function MacroMenu({ conversation: { id } }: MacroMenuProps) {
  const client = useQueryClient();
  const { data: macros = [] } = useQuery(macrosQuery);
  if (macros.length === 0) return null;
  return (
    <Menu position="bottom-end" width={260} withInitialFocusPlaceholder={false}>
      <Menu.Target><IconButton label={t('desk.macros.title')}><IconListCheck size={17} stroke={1.7} /></IconButton></Menu.Target>
      <Menu.Dropdown>
        {macros.map((macro) => (
          <Menu.Item key={macro.id} onClick={() => { runMacro(client, id, macro); }}>
            <bdi className={classes.macro}>{macro.name}</bdi>
            <span className={classes.does}>{macro.steps.map((step) => t(`desk.macros.do.${step.do}`)).join(' · ')}</span>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
