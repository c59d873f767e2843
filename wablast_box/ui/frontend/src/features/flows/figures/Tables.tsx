import { Link } from '@tanstack/react-router';
import { Table } from '@/design/Table';
import { locale, plural, t } from '@/lib/i18n';
import type { FieldSchema, Kind } from '../graph/types';
import { spoken } from '../graph/outputs';
import type { Figures, Sums } from '../types';
import { share } from './counting';
import classes from './Figures.module.css';

interface PlacesProps {
  flowId: string;
  places: Figures['places'];
}

/** The steps behind which nobody was seen again, the worst first. */
export function Places({ flowId, places }: PlacesProps) {
  const most = Math.max(1, ...places.map((one) => one.count));
  return (
    <section className={classes.part}>
      <h2>{t('flowRuns.figures.places')}</h2>
      <p>{t('flowRuns.figures.placesHelp')}</p>
      {places.length === 0 ? <p className={classes.none}>{t('flowRuns.figures.noPlaces')}</p> : (
        <ol className={classes.places}>
          {places.map((one) => (
            <li key={one.node_id}>
              <Link to="/flows/$id" params={{ id: flowId }}><bdi>{one.name}</bdi></Link>
              <span>{plural('flowRuns.figures.gone', one.count)}</span>
              <i aria-hidden style={{ width: `${String((one.count / most) * 100)}%` }} />
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

const number = (value: number) => value.toLocaleString(locale);
const ended = <Row extends Sums>() => [
  { key: 'started', title: t('flowRuns.figures.started'), align: 'end' as const, cell: (one: Row) => number(one.started) },
  { key: 'finished', title: t('flowRuns.figures.finished'), align: 'end' as const, cell: (one: Row) => `${String(share(one.finished, one.started))} %` },
  { key: 'left', title: t('flowRuns.figures.left'), align: 'end' as const, minor: true, cell: (one: Row) => `${String(share(one.left, one.started))} %` },
];

const STARTS = { user: 'flowRuns.figures.starts.user', api_key: 'flowRuns.figures.starts.api_key', flow: 'flowRuns.figures.starts.flow' } as const;

/** A trigger as the start step's form calls it. */
function startName(kind: string, kinds: readonly Kind[]): string {
  if (kind in STARTS) return t(STARTS[kind as keyof typeof STARTS]);
  const field: FieldSchema | undefined = kinds.find((one) => one.type === 'start')?.fields.properties['triggers']?.items?.properties['kind'];
  const at = field?.enum?.indexOf(kind) ?? -1;
  return field?.['x-labels']?.[at] ?? spoken(kind);
}

interface TriggersProps {
  triggers: Figures['triggers'];
  kinds: readonly Kind[];
}

export const Triggers = ({ triggers, kinds }: TriggersProps) => (
  <section className={classes.part}>
    <h2>{t('flowRuns.figures.triggers')}</h2>
    <Table label={t('flowRuns.figures.triggers')} rows={triggers} rowKey={(one) => one.kind} columns={[{ key: 'kind', title: t('flowRuns.figures.trigger'), cell: (one) => startName(one.kind, kinds) }, ...ended<Figures['triggers'][number]>()]} />
  </section>
);

interface VersionsProps {
  versions: Figures['versions'];
}

export const Versions = ({ versions }: VersionsProps) => (
  <section className={classes.part}>
    <h2>{t('flowRuns.figures.versions')}</h2>
    <Table label={t('flowRuns.figures.versions')} rows={versions} rowKey={(one) => String(one.number)} columns={[{ key: 'number', title: t('flowRuns.figures.version'), cell: (one) => t('flows.versions.number', { number: one.number }) }, ...ended<Figures['versions'][number]>()]} />
  </section>
);
