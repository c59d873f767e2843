import { IconExternalLink, IconMapPin } from '@/design/icons';
import { t } from '@/lib/i18n';
import { type Body, number, text } from '../content';
import classes from './Kinds.module.css';

interface LocationBodyProps {
  content: Body;
}

export function LocationBody({ content }: LocationBodyProps) {
  const latitude = number(content['latitude']);
  const longitude = number(content['longitude']);
  const coordinates = latitude === null || longitude === null ? null : t('inbox.location.coordinates', { latitude: latitude.toFixed(5), longitude: longitude.toFixed(5) });
  const href = coordinates ? `https://www.openstreetmap.org/?mlat=${String(latitude)}&mlon=${String(longitude)}#map=16/${String(latitude)}/${String(longitude)}` : null;
  return (
    <div className={classes.card}>
      <span className={classes.map} aria-hidden><IconMapPin size={24} stroke={1.6} /></span>
      <div className={classes.cardWords}>
        <b dir="auto">{text(content['name']) || t('inbox.location.pin')}</b>
        {text(content['address']) ? <span dir="auto">{text(content['address'])}</span> : null}
        {coordinates ? <code>{coordinates}</code> : null}
        {href ? <a href={href} target="_blank" rel="noopener noreferrer nofollow">{t('inbox.location.open')} <IconExternalLink size={12} aria-hidden /></a> : null}
      </div>
    </div>
  );
}
