import type { ReactNode } from 'react';
import type { PhoneNumber } from '@/api/types';
import { Ago } from '@/design/Ago';
import { Badge } from '@/design/Badge';
import { CopyText } from '@/design/CopyText';
import { Facts } from '@/design/Facts';
import { t } from '@/lib/i18n';
import { readablePhone } from '@/lib/phones';
import { limitWords, metaWord, throughputWords, toneOf } from './meta-words';
import classes from './Number.module.css';

interface NumberHealthProps {
  number: PhoneNumber;
}

const QUALITIES = ['GREEN', 'YELLOW', 'RED'] as const;

/** Meta's view of the number: the number itself large, what counts beside it, the rest below. */
export function NumberHealth({ number }: NumberHealthProps) {
  return (
    <section className={classes.health}>
      <header>
        <p className={classes.display}>{readablePhone(number.display_phone_number)}</p>
        <p className={classes.name}>
          <bdi>{number.verified_name}</bdi>
          {number.name_status ? <Badge tone={toneOf(number.name_status)}>{t('setup.page.name')} {metaWord(number.name_status)}</Badge> : null}
        </p>
      </header>
      <dl className={classes.marks}>
        <Mark label={t('setup.page.quality')}><Quality rating={number.quality_rating} /></Mark>
        <Mark label={t('setup.page.status')}><Badge tone={toneOf(number.status)}>{metaWord(number.status) ?? t('setup.page.subscribedUnknown')}</Badge></Mark>
        <Mark label={t('setup.page.subscribed')}><Subscribed value={number.subscribed} /></Mark>
      </dl>
      <Facts
        items={[
          { label: t('setup.page.limit'), value: number.messaging_limit ? <span title={t('setup.page.limitHelp')}>{limitWords(number.messaging_limit)}</span> : null },
          { label: t('setup.page.throughput'), value: throughputWords(number.throughput) },
          { label: t('setup.page.id'), value: number.phone_number_id ? <CopyText text={number.phone_number_id} label={t('setup.page.id')} /> : null },
          { label: t('setup.page.account'), value: number.waba_id ? <CopyText text={number.waba_id} label={t('setup.page.account')} /> : null },
          { label: t('setup.page.checked'), value: number.checked_at ? <Ago at={number.checked_at} /> : t('setup.page.neverChecked') },
        ]}
      />
    </section>
  );
}

interface MarkProps {
  label: string;
  children: ReactNode;
}

const Mark = ({ label, children }: MarkProps) => (
  <div>
    <dt>{label}</dt>
    <dd>{children}</dd>
  </div>
);

interface QualityProps {
  rating: string | null;
}

function Quality({ rating }: QualityProps) {
  const known = QUALITIES.find((one) => one === rating?.toUpperCase());
  return <Badge tone={toneOf(rating)} title={t('shell.quality.hint')}>{t(`shell.quality.${known ?? 'UNKNOWN'}`)}</Badge>;
}

interface SubscribedProps {
  value: boolean | null;
}

function Subscribed({ value }: SubscribedProps) {
  if (value === null) return <Badge>{t('setup.page.subscribedUnknown')}</Badge>;
  return value ? <Badge tone="good">{t('setup.page.subscribedYes')}</Badge> : <Badge tone="bad">{t('setup.page.subscribedNo')}</Badge>;
}
