import { EmptyState } from '@/design/EmptyState';
import { IconKey } from '@/design/icons';
import { t } from '@/lib/i18n';

export function SetupPage() {
  return <EmptyState icon={<IconKey size={22} stroke={1.6} />} title={t('setup.needed')} help={t('setup.neededHelp')} />;
}
