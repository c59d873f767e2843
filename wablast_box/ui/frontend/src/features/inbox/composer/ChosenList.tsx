import { IconButton } from '@/design/IconButton';
import { IconFileText, IconMusic, IconVideo, IconX } from '@/design/icons';
import { bytes } from '@/lib/bytes';
import { t } from '@/lib/i18n';
import type { ChosenFile, ChosenFiles } from './useChosenFiles';
import classes from './Composer.module.css';

interface ChosenListProps {
  files: ChosenFiles;
}

export function ChosenList({ files: { chosen, remove } }: ChosenListProps) {
  if (chosen.length === 0) return null;
  return (
    <ul className={classes.chosen}>
      {chosen.map((one) => (
        <li key={one.key}>
          <Thumb chosen={one} />
          <span><b><bdi>{one.file.name}</bdi></b><small>{bytes(one.file.size)}</small></span>
          <IconButton label={t('inbox.composer.remove', { name: one.file.name })} size={22} onClick={() => { remove(one.key); }}><IconX size={13} /></IconButton>
        </li>
      ))}
    </ul>
  );
}

interface ThumbProps {
  chosen: ChosenFile;
}

function Thumb({ chosen: { kind, preview } }: ThumbProps) {
  if (preview && (kind === 'image' || kind === 'sticker')) return <img src={preview} alt="" />;
  const Icon = kind === 'video' ? IconVideo : kind === 'audio' ? IconMusic : IconFileText;
  return <Icon size={22} stroke={1.4} aria-hidden />;
}
