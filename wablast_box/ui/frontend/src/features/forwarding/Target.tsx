import { useState } from 'react';
import { useMay } from '@/api/session';
import type { Forward } from '@/api/types';
import { Ago } from '@/design/Ago';
import { Badge, type Tone } from '@/design/Badge';
import { Button } from '@/design/Button';
import { Facts } from '@/design/Facts';
import { Notice } from '@/design/Notice';
import { stampOf } from '@/lib/dates';
import { plural, t } from '@/lib/i18n';
import { toast } from '@/lib/toasts';
import { Aside } from './Aside';
import { useResumeForward } from './queries';
import classes from './Forwarding.module.css';

interface TargetProps {
  target: Forward;
  onEdit: (() => void) | undefined;
}

const TONES: Record<Forward['state'], Tone> = { on: 'good', off: 'plain', paused: 'bad' };
const toneOf = (target: Forward): Tone => (target.state === 'on' && target.next_try_at ? 'warn' : TONES[target.state]);
const MOST_COUNTED = 10_000;

/** One system: where it is, how far it has come, what is wrong. */
export function Target({ target, onEdit }: TargetProps) {
  const mayResume = useMay('integrations.write');
  const [shows, setShows] = useState(false);
  const resume = useResumeForward();
  const aside = target.set_aside + target.given_up;
  const handleResume = () => { resume.mutate(target.id, { onSuccess: () => { toast({ tone: 'info', title: t('number.forwarding.trying') }); } }); };
  return (
    <li className={classes.target}>
      <header>
        <h2>{target.url}</h2>
        <Badge tone={toneOf(target)}>{t(`number.forwarding.states.${target.state}`)}</Badge>
        {onEdit ? <Button kind="quiet" onClick={onEdit}>{t('number.forwarding.edit')}</Button> : null}
      </header>
      {target.state === 'paused' ? (
        <Notice tone="bad" title={t('number.forwarding.pausedTitle')} action={mayResume ? <Button kind="quiet" loading={resume.isPending} onClick={handleResume}>{t('number.forwarding.tryNow')}</Button> : null}>
          <p>{target.error}</p>
          <p>{t('number.forwarding.pausedHelp')} {target.next_try_at ? t('number.forwarding.nextTry', { when: stampOf(target.next_try_at) }) : ''}</p>
        </Notice>
      ) : null}
      <Facts
        items={[
          { label: t('number.forwarding.fields'), value: target.fields ? t('number.forwarding.only', { fields: target.fields.join(', ') }) : t('number.forwarding.all') },
          { label: t('number.forwarding.last'), value: target.delivered_at ? <Ago at={target.delivered_at} /> : t('number.forwarding.never') },
          { label: t('number.forwarding.waitingFor'), value: target.state === 'off' ? null : <Behind target={target} /> },
          { label: t('number.forwarding.trouble'), value: target.state === 'on' && target.next_try_at ? <Trouble target={target} /> : null },
          { label: t('number.forwarding.secret'), value: target.has_secret ? t('number.forwarding.signed') : null },
        ]}
      />
      {aside > 0 ? (
        <p className={classes.aside}>
          <span data-bad={target.given_up > 0 || undefined}>
            {[target.set_aside ? plural('number.forwarding.aside', target.set_aside) : '', target.given_up ? plural('number.forwarding.givenUp', target.given_up) : ''].filter(Boolean).join(', ')}
          </span>
          <Button kind="link" aria-expanded={shows} onClick={() => { setShows(!shows); }}>{t(shows ? 'number.forwarding.hideAside' : 'number.forwarding.showAside')}</Button>
        </p>
      ) : null}
      {shows && aside > 0 ? <Aside target={target} /> : null}
    </li>
  );
}

interface TroubleProps {
  target: Forward;
}

const Trouble = ({ target }: TroubleProps) => (
  <span className={classes.trouble}>{target.error} {target.next_try_at ? t('number.forwarding.nextTry', { when: stampOf(target.next_try_at) }) : ''}</span>
);

interface BehindProps {
  target: Forward;
}

function Behind({ target }: BehindProps) {
  if (target.behind === 0) return t('number.forwarding.upToDate');
  const count = target.behind >= MOST_COUNTED ? t('number.forwarding.behindMany') : plural('number.forwarding.behind', target.behind);
  return `${count}${target.oldest_waiting_at ? `, ${t('number.forwarding.since', { when: stampOf(target.oldest_waiting_at) })}` : ''}`;
}
