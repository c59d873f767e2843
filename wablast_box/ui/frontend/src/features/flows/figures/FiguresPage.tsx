import { SegmentedControl, Select } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { Button } from '@/design/Button';
import { EmptyState } from '@/design/EmptyState';
import { IconChevronLeft, IconDownload } from '@/design/icons';
import { Loaded } from '@/design/Loaded';
import { Page } from '@/design/Panel';
import { Bone } from '@/design/Skeletons';
import { locale, plural, t } from '@/lib/i18n';
import { calm } from '@/lib/plain';
import { saveText } from '../editor/file';
import { IconChartBar } from '../icons';
import { figuresQuery, flowsQuery, kindsQuery } from '../queries';
import type { Figures, Sums } from '../types';
import { csvOf, share, spanOf } from './counting';
import { DayChart } from './DayChart';
import { daysOf, figuresSearch, PERIODS, versionOf } from './search';
import { Places, Triggers, Versions } from './Tables';
import classes from './Figures.module.css';

/** How a flow fares: how many began, how far they came, how long it took, and where they leave. */
export function FiguresPage() {
  const { id = '' } = useParams({ strict: false });
  const search = figuresSearch(useSearch({ strict: false }));
  const [days, version] = [daysOf(search), versionOf(search)];
  const figures = useQuery({ ...figuresQuery(id, days, version), placeholderData: keepPreviousData });
  // What was asked before stays in sight, pale, but is not handed out under the name of what is asked now.
  const isOld = figures.isPlaceholderData;
  const name = useQuery(flowsQuery).data?.find((one) => one.id === id)?.name ?? '';
  return (
    <Page width="wide">
      <header className={classes.head}>
        <Link to="/flows/$id" params={{ id }} aria-label={t('flowRuns.figures.back')} title={t('flowRuns.figures.back')}><IconChevronLeft size={17} /></Link>
        <div><h1><bdi>{t('flowRuns.figures.title', { name: calm(name) })}</bdi></h1><p>{t('flowRuns.figures.help')}</p></div>
        <Choices id={id} days={days} version={version} figures={figures.data} isOld={isOld} name={name} />
      </header>
      <Loaded query={figures} skeleton={<Coming />}>{(all) => <div className={classes.all} aria-busy={isOld}><Shown id={id} figures={all} /></div>}</Loaded>
    </Page>
  );
}

interface ChoicesProps {
  id: string;
  days: number;
  version: number | undefined;
  figures: Figures | undefined;
  isOld: boolean;
  name: string;
}

function Choices({ id, days, version, figures, isOld, name }: ChoicesProps) {
  const navigate = useNavigate();
  const go = (search: { days?: number; version?: number }) => { void navigate({ to: '/flows/$id/figures', params: { id }, search: figuresSearch({ days, version, ...search }), replace: true }); };
  const versions = figures?.versions ?? [];
  return (
    <div className={classes.choices}>
      {versions.length > 1 ? (
        <Select
          size="xs" w={130} aria-label={t('flowRuns.figures.version')} allowDeselect={false} value={version === undefined ? '' : String(version)} onChange={(next) => { go({ version: next ? Number(next) : undefined }); }}
          data={[{ value: '', label: t('flowRuns.figures.all') }, ...versions.map((one) => ({ value: String(one.number), label: t('flows.versions.number', { number: one.number }) }))]}
        />
      ) : null}
      <SegmentedControl
        size="xs" aria-label={t('flowRuns.figures.period')} value={String(days)} onChange={(next) => { go({ days: Number(next) }); }}
        data={PERIODS.map((one) => ({ value: String(one), label: one === 365 ? t('flowRuns.figures.year') : plural('flowRuns.figures.days', one) }))}
      />
      <Button kind="quiet" size="xs" leftSection={<IconDownload size={14} />} disabled={!figures || isOld} onClick={() => { if (figures) saveText(`${name} ${t('flowRuns.figures.file')}`, '.csv', 'text/csv', csvOf(figures.days)); }}>{t('flowRuns.figures.csv')}</Button>
    </div>
  );
}

interface ShownProps {
  id: string;
  figures: Figures;
}

function Shown({ id, figures }: ShownProps) {
  const kinds = useQuery(kindsQuery).data ?? [];
  const { total } = figures;
  if (total.started === 0) return <EmptyState icon={<IconChartBar size={22} stroke={1.6} />} title={t('flowRuns.figures.none')} help={t('flowRuns.figures.noneHelp')} />;
  return (
    <>
      <Numbers total={total} median={figures.median_s} />
      <DayChart days={figures.days} />
      <div className={classes.parts}>
        <Places flowId={id} places={figures.places} />
        <div>
          <Triggers triggers={figures.triggers} kinds={kinds} />
          {figures.versions.length > 1 ? <Versions versions={figures.versions.filter((one) => one.started > 0)} /> : null}
        </div>
      </div>
    </>
  );
}

interface NumbersProps {
  total: Sums;
  median: number | null;
}

const ENDINGS = ['finished', 'handed_over', 'left', 'failed', 'active'] as const;

function Numbers({ total, median }: NumbersProps) {
  return (
    <dl className={classes.numbers}>
      <div><dt>{t('flowRuns.figures.started')}</dt><dd>{total.started.toLocaleString(locale)}</dd></div>
      {ENDINGS.filter((one) => one === 'finished' || total[one] > 0).map((one) => (
        <div key={one} data-bad={one === 'failed' || undefined}>
          <dt>{t(`flowRuns.figures.${one}`)}</dt>
          <dd title={t('flowRuns.figures.share', { share: share(total[one], total.started) })}>{total[one].toLocaleString(locale)} <small>{share(total[one], total.started)} %</small></dd>
        </div>
      ))}
      {median === null ? null : <div><dt>{t('flowRuns.figures.median')}</dt><dd>{spanOf(median)}</dd></div>}
    </dl>
  );
}

const Coming = () => (
  <div role="status" aria-label={t('common.loading')}>
    <Bone height={64} radius={12} />
    <div className={classes.comingChart}><Bone height={190} radius={12} /></div>
  </div>
);
