import { UnstyledButton } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useMay, useSession } from '@/api/session';
import { IconButton } from '@/design/IconButton';
import { IconDeviceMobile, IconSearch } from '@/design/icons';
import { UsualKeys } from '@/design/UsualKeys';
import { openBar } from '@/lib/commands';
import { t } from '@/lib/i18n';
import { readablePhone } from '@/lib/phones';
import { usePhone } from './phone';
import classes from './TitleBar.module.css';

type Quality = 'GREEN' | 'YELLOW' | 'RED' | 'UNKNOWN';

const isQuality = (rating: string): rating is Quality => ['GREEN', 'YELLOW', 'RED', 'UNKNOWN'].includes(rating);

export function TitleBar() {
  const { business, number, demo } = useSession();
  const phone = usePhone();
  return (
    <section className={classes.bar} aria-label={t('shell.titleBar')}>
      <strong className={classes.business}><bdi>{business?.name ?? t('common.product')}</bdi></strong>
      {number ? <span className={classes.number}>{readablePhone(number.display_phone_number)}</span> : <NoNumber />}
      {number?.quality_rating ? <QualityMark rating={number.quality_rating} /> : null}
      <span className={classes.gap} />
      <UnstyledButton className={classes.search} onClick={openBar} aria-label={t('shell.commands.open')} aria-keyshortcuts="Control+K Meta+K">
        <IconSearch size={14} aria-hidden />
        <span>{t('shell.commands.placeholder')}</span>
        <UsualKeys usual="mod+k" />
      </UnstyledButton>
      {demo ? (
        <IconButton label={phone.open ? t('shell.commands.phoneHide') : t('shell.commands.phoneShow')} pressed={phone.open} onClick={phone.toggle}>
          <IconDeviceMobile size={17} stroke={1.7} />
        </IconButton>
      ) : null}
    </section>
  );
}

/** The set-up was left before its end: whoever may go on with it finds the way back here. */
function NoNumber() {
  const mayConnect = useMay('integrations.write');
  if (!mayConnect) return <span className={classes.number}>{t('shell.number.none')}</span>;
  return <Link to="/setup" className={classes.connect}>{t('shell.number.connect')}</Link>;
}

interface QualityMarkProps {
  rating: string;
}

function QualityMark({ rating }: QualityMarkProps) {
  const known = rating.toUpperCase();
  const quality = isQuality(known) ? known : 'UNKNOWN';
  return <span className={classes.quality} data-quality={quality} title={t('shell.quality.hint')}>{t(`shell.quality.${quality}`)}</span>;
}
