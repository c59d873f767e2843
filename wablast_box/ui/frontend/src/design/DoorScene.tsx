import { t } from '@/lib/i18n';
import { IconChecks } from './icons';
import classes from './Door.module.css';

const BUBBLES = [
  { key: 'ask', side: 'in', at: '14:31' },
  { key: 'answer', side: 'out', at: '14:32' },
  { key: 'thanks', side: 'in', at: '14:33' },
] as const;

/** What waits behind the door: a shop and its customer. Decoration, so it is not read aloud. */
export const DoorScene = () => (
  <div className={classes.scene} aria-hidden>
    <p className={classes.mark}><img src="/icon.svg" alt="" width={34} height={34} />{t('common.product')}</p>
    <div className={classes.talk}>
      {BUBBLES.map(({ key, side, at }) => (
        <p key={key} data-side={side}>
          {t(`common.door.${key}`)}
          <small>{at}{side === 'out' ? <IconChecks size={14} stroke={2} /> : null}</small>
        </p>
      ))}
    </div>
  </div>
);
