import { IconExternalLink, IconMapPinFilled } from '@/design/icons';
import { hue } from '@/lib/initials';
import { t } from '@/lib/i18n';
import { calm } from '@/lib/plain';
import { type Body, number, text } from '../content';
import classes from './Kinds.module.css';

interface LocationBodyProps {
  content: Body;
}

/** A place: a drawn map, because a real one would tell its server where the shop's customers are, and the way to a real one. */
export function LocationBody({ content }: LocationBodyProps) {
  const latitude = number(content['latitude']);
  const longitude = number(content['longitude']);
  const known = latitude !== null && longitude !== null && Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;
  const name = calm(text(content['name']));
  const address = calm(text(content['address']));
  return (
    <div className={classes.place}>
      <Drawn seed={`${String(latitude)},${String(longitude)}`} />
      <div className={classes.cardWords}>
        <b dir="auto">{name || t('thread.location.pin')}</b>
        {address ? <span dir="auto">{address}</span> : null}
        {known ? <code>{`${north(latitude)}, ${east(longitude)}`}</code> : null}
        {known ? <a href={`https://www.openstreetmap.org/?mlat=${String(latitude)}&mlon=${String(longitude)}#map=16/${String(latitude)}/${String(longitude)}`} target="_blank" rel="noopener noreferrer nofollow">{t('thread.location.open')} <IconExternalLink size={12} aria-hidden /></a> : null}
      </div>
    </div>
  );
}

const north = (value: number): string => t(value < 0 ? 'thread.location.south' : 'thread.location.north', { value: Math.abs(value).toFixed(5) });
const east = (value: number): string => t(value < 0 ? 'thread.location.west' : 'thread.location.east', { value: Math.abs(value).toFixed(5) });

interface DrawnProps {
  seed: string;
}

/** Streets that are nobody's, always the same for the same place. */
function Drawn({ seed }: DrawnProps) {
  const turn = hue(seed) % 50 - 25;
  const lean = hue(`${seed} river`) % 40;
  return (
    <div className={classes.map} role="img" aria-label={t('thread.location.drawn')}>
      <svg viewBox="0 0 280 112" preserveAspectRatio="xMidYMid slice" aria-hidden>
        <g transform={`rotate(${String(turn)} 140 56)`}>
          <path className={classes.water} d={`M-40 ${String(90 + lean)} C 60 ${String(70 + lean)}, 180 ${String(120 + lean)}, 320 ${String(84 + lean)} V 220 H -40 Z`} />
          <rect className={classes.park} x={30 + lean} y={-20} width={64} height={52} rx={5} />
          <path className={classes.street} d="M-60 20 H340 M-60 62 H340 M-60 98 H340 M20 -80 V200 M112 -80 V200 M206 -80 V200 M262 -80 V200" />
          <path className={classes.road} d={`M-60 ${String(40 + lean / 4)} L340 ${String(44 - lean / 2)} M160 -80 L${String(148 + lean / 3)} 200`} />
        </g>
      </svg>
      <IconMapPinFilled size={30} aria-hidden />
    </div>
  );
}
