import type { Link } from '@/api/types';
import { ShownOnce } from '@/design/ShownOnce';
import { stampOf } from '@/lib/dates';
import { t } from '@/lib/i18n';

interface PersonLinkProps {
  name: string;
  link: Link;
}

export function PersonLink({ name, link }: PersonLinkProps) {
  return (
    <ShownOnce label={t('team.people.linkFor', { name })} text={link.url}>
      {t('team.people.linkHelp', { name, until: stampOf(link.expires_at) })}
    </ShownOnce>
  );
}
