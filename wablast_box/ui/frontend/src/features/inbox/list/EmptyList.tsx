import { Link } from '@tanstack/react-router';
import { EmptyState } from '@/design/EmptyState';
import { IconInbox, IconSearch } from '@/design/icons';
import { t } from '@/lib/i18n';
import type { View } from '../address';
import { useKnown } from './queries';
import { isBuiltIn, titleOf } from './views';
import classes from './List.module.css';

interface EmptyListProps {
  view: View;
  q: string;
  /** The view asks for something that is no longer there. */
  gone: boolean;
}

export function EmptyList({ view, q, gone }: EmptyListProps) {
  const known = useKnown();
  const icon = q ? <IconSearch size={22} stroke={1.6} /> : <IconInbox size={22} stroke={1.6} />;
  if (gone) return <EmptyState icon={icon} title={t('list.views.gone')} help={t('list.views.goneHelp')} />;
  if (q) {
    const everywhere = view === 'all' ? null : <Link className={classes.link} to="/inbox" search={(before) => ({ ...before, view: 'all' as const })} replace>{t('list.empty.everywhere')}</Link>;
    return <EmptyState icon={icon} title={t('list.empty.filtered')} help={t('list.empty.filteredHelp', { view: titleOf(view, known) })} action={everywhere} />;
  }
  const key = isBuiltIn(view) ? view : 'other';
  return <EmptyState icon={icon} title={t(`list.empty.${key}`)} help={t(`list.empty.${key}Help`)} />;
}
