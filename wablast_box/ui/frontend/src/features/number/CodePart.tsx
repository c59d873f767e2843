import { SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { NumberField } from '@/design/Field';
import { IconDownload } from '@/design/icons';
import { Notice } from '@/design/Notice';
import { t } from '@/lib/i18n';
import { qrAddress } from './queries';
import classes from './Number.module.css';

interface CodePartProps {
  text: string;
  rows: string[] | null;
  problem: string | null;
  leastMm: number | null;
}

const SIZES = ['30', '60', '120'] as const;
const [LEAST, MOST] = [15, 600];

export function CodePart({ text, rows, problem, leastMm }: CodePartProps) {
  const [size, setSize] = useState(60);
  if (!rows) return <Notice tone="warn" title={t('number.link.noCode')}>{problem}</Notice>;
  const isSmall = leastMm !== null && size < leastMm;
  return (
    <section className={classes.part} aria-label={t('number.link.code')}>
      <h2>{t('number.link.code')}</h2>
      <div className={classes.code}>
        <Squares rows={rows} />
        <div className={classes.paper}>
          <p id="qr-size" className={classes.label}>{t('number.link.size')}</p>
          <div className={classes.sizes}>
            <SegmentedControl
              aria-labelledby="qr-size"
              value={SIZES.find((one) => Number(one) === size) ?? ''}
              data={SIZES.map((value) => ({ value, label: t(`number.link.sizes.${value}`) }))}
              onChange={(value) => { setSize(Number(value)); }}
            />
            <NumberField aria-label={t('number.link.other')} className={classes.mm} suffix={` ${t('number.link.mm')}`} min={LEAST} max={MOST} allowDecimal={false} clampBehavior="blur" value={size} onChange={(value) => { if (typeof value === 'number') setSize(value); }} />
          </div>
          {isSmall ? <p className={classes.warn} role="status">{t('number.link.small', { least: leastMm })}</p> : null}
          <div className={classes.buttons}>
            <Download href={qrAddress(text, 'svg', size)} label={t('number.link.svg')} enabled={size >= LEAST && size <= MOST} />
            <Download href={qrAddress(text, 'png', size)} label={t('number.link.png')} enabled={size >= LEAST && size <= MOST} />
          </div>
        </div>
      </div>
    </section>
  );
}

interface SquaresProps {
  rows: string[];
}

/** Always dark on light, also at night: many cameras read nothing else. */
function Squares({ rows }: SquaresProps) {
  const path = rows.flatMap((row, y) => [...row.matchAll(/1+/g)].map((run) => `M${String(run.index + 4)} ${String(y + 4)}h${String(run[0].length)}v1h-${String(run[0].length)}z`)).join('');
  const side = String(rows.length + 8);
  return (
    <svg className={classes.qr} viewBox={`0 0 ${side} ${side}`} shapeRendering="crispEdges" role="img" aria-label={t('number.link.codeLabel')}>
      <path d={path} />
    </svg>
  );
}

interface DownloadProps {
  href: string;
  label: string;
  enabled: boolean;
}

const Download = ({ href, label, enabled }: DownloadProps) => (
  <a className={classes.out} href={enabled ? href : undefined} aria-disabled={!enabled || undefined} download><IconDownload size={15} aria-hidden />{label}</a>
);
