import { useQuery } from '@tanstack/react-query';
import type { Email } from '@/api/types';
import { Ago } from '@/design/Ago';
import { Badge, type Tone } from '@/design/Badge';
import { Button } from '@/design/Button';
import { IconMail } from '@/design/icons';
import { Loaded } from '@/design/Loaded';
import { Panel } from '@/design/Panel';
import { t } from '@/lib/i18n';
import { emailsQuery, useRetryEmail } from './queries';
import classes from './Alerts.module.css';

const TONES: Record<Email['state'], Tone> = { queued: 'plain', sending: 'plain', sent: 'good', failed: 'bad' };

/** What the box wrote lately, and what became of it. */
export function Emails() {
  const emails = useQuery(emailsQuery);
  return (
    <Panel title={t('alerts.emails.title')} help={t('alerts.emails.help')}>
      <Loaded query={emails}>
        {(all) => (all.length === 0 ? <p className={classes.hint}>{t('alerts.emails.none')}</p> : (
          <ul className={classes.list}>{all.map((one) => <EmailRow key={one.id} email={one} />)}</ul>
        ))}
      </Loaded>
    </Panel>
  );
}

interface EmailRowProps {
  email: Email;
}

function EmailRow({ email }: EmailRowProps) {
  const retry = useRetryEmail();
  return (
    <li className={classes.row}>
      <IconMail size={20} stroke={1.5} aria-hidden />
      <div>
        <strong dir="auto">{email.subject}<Badge tone={TONES[email.state]}>{t(`alerts.emails.states.${email.state}`)}</Badge></strong>
        <p>{email.to} · <Ago at={email.sent_at ?? email.created_at} /></p>
        {email.error ? <p data-bad={email.state === 'failed' || undefined}>{email.error}</p> : null}
      </div>
      {email.state === 'failed' ? <Button kind="quiet" loading={retry.isPending} aria-label={t('alerts.emails.retryLabel', { to: email.to })} onClick={() => { retry.mutate(email.id); }}>{t('alerts.emails.retry')}</Button> : null}
    </li>
  );
}
