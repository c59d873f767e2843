import { useQuery } from '@tanstack/react-query';
import { type ComponentType, lazy, memo, type ReactNode, Suspense } from 'react';
import {
  IconBookmark, IconCircleCheck, IconCircleDashed, IconClockHour4, IconHourglassEmpty, IconInbox, IconMail, IconStack2, IconUser, IconUserQuestion, IconUsersGroup, IconZzz,
} from '@/design/icons';
import { locale, plural, t } from '@/lib/i18n';
import { isWide } from '@/lib/screen';
import { type View, type ViewKey } from '../address';
import { countsQuery } from '@/shell/queries';
import { useKnown } from './queries';
import { InboxLink } from './InboxLink';
import { TagDot } from './TagLabel';
import classes from './Views.module.css';

const SavedViewMenu = lazy(() => import('./SavedViewMenu').then((module) => ({ default: module.SavedViewMenu })));

const ICONS: Record<ViewKey, ComponentType<{ size?: number; stroke?: number }>> = {
  mine: IconUser, unassigned: IconUserQuestion, open: IconInbox, unread: IconMail, waiting: IconHourglassEmpty, closing: IconClockHour4,
  pending: IconCircleDashed, snoozed: IconZzz, resolved: IconCircleCheck, all: IconStack2,
};
const ORDER: readonly ViewKey[] = ['mine', 'unassigned', 'open', 'unread', 'waiting', 'closing', 'pending', 'snoozed', 'resolved', 'all'];
/** These press: a number there asks for somebody. */
const URGENT: ReadonlySet<ViewKey> = new Set(['closing']);
export const SHOWN_AT_MOST = 999;

interface ViewsNavProps {
  view: View;
  /** The open conversation stays open. */
  active: string | undefined;
  onChosen?: () => void;
}

/** Every view with how many it holds. */
export const ViewsNav = memo(function ViewsNav({ view, active, onChosen }: ViewsNavProps) {
  const counts = useQuery(countsQuery).data;
  const { tags, saved, teams } = useKnown();
  const line = { current: view, active, onChosen };
  return (
    <nav className={classes.nav} aria-label={t('list.views.label')}>
      <ul>
        {ORDER.map((key) => {
          const Icon = ICONS[key];
          return <Line key={key} {...line} view={key} name={t(`list.views.${key}`)} icon={<Icon size={16} stroke={1.7} />} count={counts?.views[key]} urgent={URGENT.has(key)} />;
        })}
      </ul>
      <Group title={t('list.views.saved')} shown={saved.length > 0}>
        {saved.map((one) => (
          <Line key={one.id} {...line} view={`saved-${one.id}`} name={one.name} icon={<IconBookmark size={15} stroke={1.7} />} count={counts?.saved[one.id]} menu={<Suspense><SavedViewMenu view={one} /></Suspense>} />
        ))}
      </Group>
      <Group title={t('list.views.teams')} shown={teams.length > 0}>
        {teams.map((one) => <Line key={one.id} {...line} view={`team-${one.id}`} name={one.name} icon={<IconUsersGroup size={15} stroke={1.7} />} count={one.count} />)}
      </Group>
      <Group title={t('list.views.tags')} shown={tags.length > 0}>
        {tags.map((one) => <Line key={one.id} {...line} view={`tag-${one.id}`} name={one.name} icon={<TagDot color={one.color} />} count={counts?.tags[one.id]} />)}
      </Group>
    </nav>
  );
});

interface GroupProps {
  title: string;
  shown: boolean;
  children: ReactNode;
}

const Group = ({ title, shown, children }: GroupProps) => (shown ? <><h2>{title}</h2><ul>{children}</ul></> : null);

interface LineProps {
  view: View;
  current: View;
  active: string | undefined;
  name: string;
  icon: ReactNode;
  count: number | null | undefined;
  urgent?: boolean;
  menu?: ReactNode;
  onChosen: (() => void) | undefined;
}

function Line({ view, current, active, name, icon, count, urgent, menu, onChosen }: LineProps) {
  return (
    <li>
      <InboxLink search={{ c: isWide() ? active : undefined, view: view === 'open' ? undefined : view }} replace onClick={onChosen} aria-current={view === current ? 'page' : undefined}>
        <span className={classes.icon} aria-hidden>{icon}</span>
        <span className={classes.name}><bdi>{name}</bdi></span>
        <Count count={count} urgent={urgent} />
      </InboxLink>
      {menu}
    </li>
  );
}

interface CountProps {
  count: number | null | undefined;
  urgent: boolean | undefined;
}

function Count({ count, urgent }: CountProps) {
  if (count === null) return <span className={classes.broken} title={t('list.views.broken')}>!</span>;
  if (!count) return null;
  return (
    <span className={classes.count} data-urgent={urgent || undefined}>
      <span aria-hidden>{count >= SHOWN_AT_MOST ? t('list.views.more', { count: SHOWN_AT_MOST }) : count.toLocaleString(locale)}</span>
      <span className="hidden-text">{plural('list.views.counted', count)}</span>
    </span>
  );
}
