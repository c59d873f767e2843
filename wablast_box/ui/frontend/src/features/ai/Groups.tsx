import type { AiUsage } from '@/api/types';
import { type Column, Table } from '@/design/Table';
import { t } from '@/lib/i18n';
import { count, rupees } from './figures';
import classes from './Models.module.css';

type Group = AiUsage['by_flow'][number];

interface GroupsProps {
  usage: AiUsage;
}

/** The same sum by provider and by flow. */
export const Groups = ({ usage }: GroupsProps) => (
  <div className={classes.groups}>
    <Table label={t('ai.byProvider')} columns={columns(t('ai.byProvider'))} rows={usage.by_provider} rowKey={(one) => one.name} />
    <Table label={t('ai.byFlow')} columns={columns(t('ai.byFlow'))} rows={usage.by_flow} rowKey={(one) => one.name} />
  </div>
);

// What no flow asked was a person, who tried a model.
const nameOf = (name: string): string => (name.startsWith('user:') || name.startsWith('api_key:') ? t('ai.tried') : name.startsWith('flow:') ? t('ai.goneFlow') : name);

const columns = (title: string): Column<Group>[] => [
  { key: 'name', title, cell: (one) => <bdi>{nameOf(one.name)}</bdi> },
  { key: 'calls', title: t('ai.calls'), width: '86px', align: 'end', cell: (one) => count(one.calls) },
  { key: 'tokens', title: t('ai.tokens'), width: '100px', align: 'end', minor: true, cell: (one) => count(one.tokens_in + one.tokens_out) },
  { key: 'cost', title: t('ai.cost'), width: '100px', align: 'end', cell: (one) => rupees(one.cost_micro_paise) },
];
