import { IconButton } from '@/design/IconButton';
import { IconFileText, IconMusic, IconVideo, IconX } from '@/design/icons';
import { bytes } from '@/lib/bytes';
import { t } from '@/lib/i18n';
import { calm } from '@/lib/plain';
import { LONGEST_CAPTION, takesCaption } from './send';
import type { ChosenFile, ChosenFiles } from './useChosenFiles';
import classes from './Composer.module.css';

interface ChosenListProps {
  files: ChosenFiles;
}

/** What goes along, in its order. One file takes the words as its caption; of several each may have its own. */
export function ChosenList({ files: { chosen, caption, remove } }: ChosenListProps) {
  if (chosen.length === 0) return null;
  return (
    <ul className={classes.chosen} data-many={chosen.length > 1 || undefined}>
      {chosen.map((one) => (
        <li key={one.key}>
          <Thumb chosen={one} />
          <span><b><bdi>{calm(one.name)}</bdi></b><small>{bytes(one.size)}</small></span>
          {chosen.length > 1 && takesCaption(one) ? <input type="text" dir="auto" maxLength={LONGEST_CAPTION} value={one.caption} placeholder={t('composer.captionShort')} aria-label={t('composer.caption', { name: calm(one.name) })} onChange={(event) => { caption(one.key, event.currentTarget.value); }} /> : null}
          <IconButton label={t('inbox.composer.remove', { name: calm(one.name) })} size={22} onClick={() => { remove(one.key); }}><IconX size={13} /></IconButton>
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
