import { Menu, Switch } from '@mantine/core';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { Ago } from '@/design/Ago';
import { AskFirst } from '@/design/AskFirst';
import { Badge } from '@/design/Badge';
import { IconButton } from '@/design/IconButton';
import { IconAlertTriangle, IconDotsVertical, IconDownload, IconTrash } from '@/design/icons';
import { plural, t } from '@/lib/i18n';
import { toast, toastError } from '@/lib/toasts';
import { useFiles } from '../editor/useFiles';
import { spoken } from '../graph/outputs';
import { IconChartBar } from '../icons';
import { useChangeFlow, useDeleteFlow } from '../queries';
import type { FlowLine } from '../types';
import classes from './List.module.css';

interface FlowCardProps {
  flow: FlowLine;
  mayWrite: boolean;
}

/** A flow in the list. */
export function FlowCard({ flow, mayWrite }: FlowCardProps) {
  const change = useChangeFlow(flow.id);
  const isOn = change.isPending ? (change.variables.is_on ?? flow.is_on) : flow.is_on;
  return (
    <article className={classes.flow} data-on={isOn || undefined}>
      <Switch
        checked={isOn} disabled={!mayWrite || flow.published_number === null} aria-label={t('flows.list.on', { name: flow.name })} title={flow.published_number === null ? t('flows.list.publishFirst') : undefined}
        onChange={(event) => { change.mutate({ is_on: event.currentTarget.checked }, { onError: toastError }); }}
      />
      <div className={classes.words}>
        <Link to="/flows/$id" params={{ id: flow.id }} className={classes.name}><bdi>{flow.name}</bdi></Link>
        <p className={classes.starts}>{flow.starts.length > 0 ? flow.starts.slice(0, 4).map((one) => <code key={one}>{startWords(one)}</code>) : <span>{t(flow.published_number === null ? 'flows.list.notYet' : 'flows.list.noStart')}</span>}</p>
      </div>
      <div className={classes.states}>
        {flow.problems > 0 ? <Badge tone="bad" icon={<IconAlertTriangle size={12} aria-hidden />}>{plural('flows.list.problems', flow.problems)}</Badge> : null}
        {flow.published_number === null ? <Badge>{t('flows.editor.draft')}</Badge> : flow.has_changes ? <Badge tone="warn">{t('flows.editor.changed')}</Badge> : null}
      </div>
      <div className={classes.figures}>
        <strong>{flow.running > 0 ? plural('flows.list.running', flow.running) : t('flows.list.nobody')}</strong>
        <small><Ago at={flow.updated_at} /></small>
      </div>
      <More flow={flow} mayWrite={mayWrite} />
    </article>
  );
}

/** “keyword: hi, menu” is the words alone; “any_message” is read by a person. */
const startWords = (start: string): string => (/^[a-z_]+$/.test(start) ? spoken(start) : start.replace(/^keyword: /, ''));

function More({ flow, mayWrite }: FlowCardProps) {
  const [asking, setAsking] = useState(false);
  const remove = useDeleteFlow();
  const navigate = useNavigate();
  const files = useFiles();
  return (
    <>
      <Menu position="bottom-end" width={190}>
        <Menu.Target><IconButton label={t('flows.list.more', { name: flow.name })}><IconDotsVertical size={16} /></IconButton></Menu.Target>
        <Menu.Dropdown>
          {flow.published_number === null ? null : <Menu.Item leftSection={<IconChartBar size={15} />} onClick={() => { void navigate({ to: '/flows/$id/figures', params: { id: flow.id } }); }}>{t('flowRuns.figures.open')}</Menu.Item>}
          <Menu.Item leftSection={<IconDownload size={15} />} onClick={() => { files.save(flow.id, flow.name); }}>{t('flows.editor.export')}</Menu.Item>
          {mayWrite ? <Menu.Item color="clay" leftSection={<IconTrash size={15} />} onClick={() => { remove.reset(); setAsking(true); }}>{t('flows.list.delete')}</Menu.Item> : null}
        </Menu.Dropdown>
      </Menu>
      <AskFirst
        opened={asking} onClose={() => { setAsking(false); }} title={t('flows.list.deleteTitle', { name: flow.name })} confirm={t('flows.list.delete')} busy={remove.isPending} error={remove.error}
        onConfirm={() => { remove.mutate(flow.id, { onSuccess: () => { setAsking(false); toast({ tone: 'good', title: t('flows.list.deleted', { name: flow.name }) }); } }); }}
      >
        {t('flows.list.deleteHelp')}
      </AskFirst>
    </>
  );
}
