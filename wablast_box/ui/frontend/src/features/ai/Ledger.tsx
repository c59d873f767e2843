import { useInfiniteQuery } from '@tanstack/react-query';
import type { AiCall } from '@/api/types';
import { Ago } from '@/design/Ago';
import { Badge, type Tone } from '@/design/Badge';
import { Button } from '@/design/Button';
import { Loaded } from '@/design/Loaded';
import { Panel } from '@/design/Panel';
import { type Column, Table } from '@/design/Table';
import { t } from '@/lib/i18n';
import { count, rupees } from './figures';
import { callsQuery } from './queries';
import classes from './Models.module.css';

/** Every question, the newest first. */
export function Ledger() {
  const calls = useInfiniteQuery(callsQuery);
  return (
    <Panel title={t('ai.ledger')} help={t('ai.ledgerHelp')}>
      <Loaded query={calls}>
        {({ pages }) => (
          <>
            <Table label={t('ai.ledger')} columns={COLUMNS} rows={pages.flatMap((page) => page.items)} rowKey={(one) => one.id} empty={<p className={classes.quiet}>{t('ai.noCalls')}</p>} />
            {calls.hasNextPage ? <div className={classes.older}><Button kind="quiet" loading={calls.isFetchingNextPage} onClick={() => { void calls.fetchNextPage(); }}>{t('ai.older')}</Button></div> : null}
          </>
        )}
      </Loaded>
    </Panel>
  );
}

const TONES: Record<AiCall['state'], Tone> = { asked: 'plain', done: 'good', failed: 'bad', unconfirmed: 'warn' };
const PURPOSES = ['answer', 'classify', 'extract', 'agent', 'translate', 'test'] as const;
const purposeOf = (call: AiCall): string => {
  const known = PURPOSES.find((one) => one === call.purpose);
  return known ? t(`ai.purposes.${known}`) : call.purpose;
};

const COLUMNS: Column<AiCall>[] = [
  { key: 'at', title: t('ai.when'), width: '92px', cell: (one) => <Ago at={one.at} /> },
  { key: 'who', title: t('ai.what'), cell: (one) => <span className={classes.what}><bdi>{one.flow_name ?? t('ai.tried')}</bdi><small>{purposeOf(one)}</small></span> },
  { key: 'model', title: t('ai.model'), minor: true, cell: (one) => <span className={classes.what}><bdi>{one.provider_name}</bdi><small>{one.model}</small></span> },
  { key: 'state', title: t('ai.state'), width: '110px', cell: (one) => <Badge tone={TONES[one.state]} title={one.error ?? undefined}>{t(`ai.states.${one.state}`)}</Badge> },
  { key: 'took', title: t('ai.took'), width: '64px', align: 'end', minor: true, cell: (one) => (one.duration_ms === null ? '' : t('ai.seconds', { seconds: (one.duration_ms / 1000).toFixed(1) })) },
  { key: 'tokens', title: t('ai.tokens'), width: '76px', align: 'end', minor: true, cell: (one) => count(one.tokens_in + one.tokens_out) },
  { key: 'cost', title: t('ai.cost'), width: '84px', align: 'end', cell: (one) => rupees(one.cost_micro_paise) },
];
