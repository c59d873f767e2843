import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMay } from '@/api/session';
import type { Delivery, Forward } from '@/api/types';
import { Badge, type Tone } from '@/design/Badge';
import { Button } from '@/design/Button';
import { Loaded } from '@/design/Loaded';
import { stampOf } from '@/lib/dates';
import { plural, t } from '@/lib/i18n';
import { toast } from '@/lib/toasts';
import { deliveriesQuery, useSendAgain, useSendAllAgain } from './queries';
import classes from './Forwarding.module.css';

interface AsideProps {
  target: Forward;
}

const TONES: Record<Delivery['state'], Tone> = { waiting: 'warn', sending: 'plain', failed: 'bad' };

/** What one system refused: why, how often it was tried, and once more. */
export function Aside({ target }: AsideProps) {
  const found = useInfiniteQuery(deliveriesQuery(target.id));
  const may = useMay('webhooks.replay');
  const all = useSendAllAgain();
  const handleAll = () => { all.mutate(target.id, { onSuccess: ({ count }) => { toast({ tone: 'good', title: plural('number.forwarding.sentAll', count) }); } }); };
  return (
    <Loaded query={found}>
      {({ pages }) => (
        <>
          {may && target.given_up > 1 ? <Button kind="quiet" loading={all.isPending} onClick={handleAll}>{t('number.forwarding.againAll')}</Button> : null}
          <ul className={classes.rows}>{pages.flatMap((page) => page.items).map((one) => <Row key={one.id} delivery={one} may={may} />)}</ul>
          {found.hasNextPage ? <Button kind="link" loading={found.isFetchingNextPage} onClick={() => { void found.fetchNextPage(); }}>{t('ops.webhooks.older')}</Button> : null}
        </>
      )}
    </Loaded>
  );
}

interface RowProps {
  delivery: Delivery;
  may: boolean;
}

function Row({ delivery, may }: RowProps) {
  const again = useSendAgain();
  const handleAgain = () => { again.mutate(delivery.id, { onSuccess: () => { toast({ tone: 'info', title: t('number.forwarding.sent') }); } }); };
  return (
    <li>
      <div>
        <p className={classes.words}><Badge tone={TONES[delivery.state]}>{t(`number.forwarding.${delivery.state}State`)}</Badge>{delivery.error}</p>
        <p className={classes.facts}>
          {[t('number.forwarding.arrived', { when: stampOf(delivery.created_at) }), plural('number.forwarding.tries', delivery.attempts), delivery.next_attempt_at ? t('number.forwarding.nextTry', { when: stampOf(delivery.next_attempt_at) }) : ''].filter(Boolean).join(' · ')}
        </p>
      </div>
      <Link className={classes.link} to="/settings/webhooks" search={{ event: delivery.webhook_event_id }}>{t('number.forwarding.look')}</Link>
      {may && delivery.state !== 'sending' ? <Button kind="quiet" loading={again.isPending} onClick={handleAgain}>{t('number.forwarding.again')}</Button> : null}
    </li>
  );
}
