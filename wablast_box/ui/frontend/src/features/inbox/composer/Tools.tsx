import { Menu } from '@mantine/core';
import { type ChangeEvent, useRef } from 'react';
import { IconButton } from '@/design/IconButton';
import { IconAddressBook, IconBolt, IconCalendarClock, IconCamera, IconHandClick, IconLink, IconListDetails, IconMapPin, IconMoodSmile, IconPaperclip, IconPlus, IconTemplate } from '@/design/icons';
import { t } from '@/lib/i18n';
import { AskedMenu } from '../AskedMenu';
import { ACCEPT } from '../files';
import { pick } from '../templates/picking';
import type { ExtraName } from './extras/Extra';
import type { ChosenFiles } from './useChosenFiles';
import classes from './Composer.module.css';

interface ToolsProps {
  conversationId: string;
  files: ChosenFiles;
  extra: ExtraName | null;
  onExtra: (extra: ExtraName | null) => void;
}

const KINDS = [
  { name: 'camera', icon: IconCamera }, { name: 'location', icon: IconMapPin }, { name: 'contact', icon: IconAddressBook },
  { name: 'buttons', icon: IconHandClick }, { name: 'list', icon: IconListDetails }, { name: 'link', icon: IconLink }, { name: 'canned', icon: IconBolt },
] as const satisfies readonly { name: ExtraName; icon: typeof IconPlus }[];

/** Everything besides words that a message can hold. */
export function Tools({ conversationId, files, extra, onExtra }: ToolsProps) {
  const picker = useRef<HTMLInputElement>(null);
  const handlePick = (event: ChangeEvent<HTMLInputElement>) => {
    files.add([...(event.currentTarget.files ?? [])]);
    event.currentTarget.value = '';
  };
  return (
    <div className={classes.tools}>
      <input ref={picker} id="attach" type="file" multiple hidden accept={ACCEPT} onChange={handlePick} tabIndex={-1} aria-label={t('inbox.composer.attach')} />
      <AskedMenu position="top-start" width={210} offset={10} target={<IconButton label={t('composer.more')} size={32} side="bottom"><IconPlus size={18} stroke={1.7} /></IconButton>}>
        <Menu.Item leftSection={<IconPaperclip size={15} />} onClick={() => { picker.current?.click(); }}>{t('composer.add.files')}</Menu.Item>
        {KINDS.map(({ name, icon: Icon }) => <Menu.Item key={name} leftSection={<Icon size={15} />} onClick={() => { onExtra(name); }}>{t(`composer.add.${name}`)}</Menu.Item>)}
        <Menu.Item leftSection={<IconTemplate size={15} />} onClick={() => { pick(conversationId); }}>{t('composer.add.template')}</Menu.Item>
        <Menu.Divider />
        <Menu.Item leftSection={<IconCalendarClock size={15} />} onClick={() => { onExtra('schedule'); }}>{t('composer.schedule')}</Menu.Item>
      </AskedMenu>
      <span className={classes.wide}><IconButton label={t('inbox.composer.attach')} keys="mod+shift+a" size={32} side="top" onClick={() => { picker.current?.click(); }}><IconPaperclip size={17} stroke={1.7} /></IconButton></span>
      <IconButton label={t('composer.emoji')} size={32} side="bottom" pressed={extra === 'emoji'} onClick={() => { onExtra(extra === 'emoji' ? null : 'emoji'); }}><IconMoodSmile size={17} stroke={1.7} /></IconButton>
    </div>
  );
}
