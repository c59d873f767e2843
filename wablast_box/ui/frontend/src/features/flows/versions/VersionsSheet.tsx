import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Ago } from '@/design/Ago';
import { AskFirst } from '@/design/AskFirst';
import { Badge } from '@/design/Badge';
import { Button } from '@/design/Button';
import { EmptyState } from '@/design/EmptyState';
import { IconHistory } from '@/design/icons';
import { Loaded } from '@/design/Loaded';
import { Sheet } from '@/design/Sheet';
import { t } from '@/lib/i18n';
import { toast, toastError } from '@/lib/toasts';
import { useEditor } from '../graph/context';
import { close } from '../graph/document';
import { useRestore, versionQuery, versionsQuery } from '../queries';
import type { Flow, Published } from '../types';
import { DiffList } from './DiffList';
import { VersionView } from './VersionView';
import classes from './Versions.module.css';

interface VersionsSheetProps {
  flow: Flow;
  before: () => Promise<unknown>;
  onRestored: () => Promise<void>;
  onClose: () => void;
}

/** Every version that was published: look at it, see what is different, take it back into the draft. */
export function VersionsSheet({ flow, before, onRestored, onClose }: VersionsSheetProps) {
  const versions = useQuery(versionsQuery(flow.id));
  const [asking, setAsking] = useState<number | null>(null);
  const [looking, setLooking] = useState<number | null>(null);
  const restore = useRestore(flow.id);
  const bring = async (number: number) => {
    await before();
    restore.mutate(number, {
      onSuccess: () => {
        onRestored().catch(toastError);
        toast({ tone: 'good', title: t('flows.versions.restored', { number }) });
        onClose();
      },
    });
  };
  return (
    <Sheet title={t('flows.versions.title')} opened onClose={onClose} size={460}>
      <Loaded query={versions}>
        {(all) => (all.length === 0 ? <EmptyState icon={<IconHistory size={22} stroke={1.6} />} title={t('flows.versions.none')} help={t('flows.versions.noneHelp')} /> : (
          <ol className={classes.versions}>
            {all.map((one) => <Line key={one.number} flow={flow} version={one} onLook={() => { setLooking(one.number); }} onRestore={() => { restore.reset(); setAsking(one.number); }} />)}
          </ol>
        ))}
      </Loaded>
      {looking === null ? null : <VersionView flow={flow} number={looking} onClose={() => { setLooking(null); }} />}
      <AskFirst
        opened={asking !== null} onClose={() => { setAsking(null); }} title={t('flows.versions.restoreTitle', { number: asking ?? 0 })} confirm={t('flows.versions.restore')} danger={false}
        busy={restore.isPending} error={restore.error} onConfirm={() => { if (asking !== null) bring(asking).catch(toastError); }}
      >
        {t('flows.versions.restoreHelp')}
      </AskFirst>
    </Sheet>
  );
}

interface LineProps {
  flow: Flow;
  version: Published;
  onLook: () => void;
  onRestore: () => void;
}

function Line({ flow, version, onLook, onRestore }: LineProps) {
  const [open, setOpen] = useState(false);
  const doc = useEditor((state) => state.doc);
  const whole = useQuery({ ...versionQuery(flow.id, version.number), enabled: open });
  return (
    <li className={classes.version}>
      <div className={classes.versionHead}>
        <strong>{t('flows.versions.number', { number: version.number })}</strong>
        {flow.published?.number === version.number ? <Badge tone="good">{t('flows.versions.live')}</Badge> : null}
        <span className={classes.when}><Ago at={version.published_at} />{version.by ? <> · <bdi>{version.by}</bdi></> : null}</span>
      </div>
      {version.note ? <p dir="auto">{version.note}</p> : null}
      <div className={classes.versionActs}>
        <Button kind="link" aria-expanded={open} onClick={() => { setOpen(!open); }}>{t('flows.versions.compare')}</Button>
        <Button kind="link" onClick={onLook}>{t('flows.versions.look')}</Button>
        <Button kind="link" onClick={onRestore}>{t('flows.versions.restore')}</Button>
      </div>
      {open ? <Loaded query={whole}>{({ graph }) => <DiffList before={graph} after={close(doc)} />}</Loaded> : null}
    </li>
  );
}
