import type { AuditEntry, Role } from '@/api/types';
import { Facts } from '@/design/Facts';
import { Sheet } from '@/design/Sheet';
import { stampOf } from '@/lib/dates';
import { t } from '@/lib/i18n';
import { ROLES } from '../rights';
import { nameOf } from './AuditPage';
import classes from './Audit.module.css';

interface EntrySheetProps {
  entry: AuditEntry;
  onClose: () => void;
}

function roleName(role: string): string {
  const known: Role | undefined = ROLES.find((one) => one === role);
  return known ? t(`common.roles.${known}`) : role;
}

const DETAILS = ['how', 'why', 'count', 'role', 'left', 'needs', 'entries'] as const;

function detailName(name: string): string {
  const known = DETAILS.find((one) => one === name);
  return known ? t(`access.audit.details.${known}`) : name;
}

/** One entry with everything that is known of it. Values are never in the log, only the names of what changed. */
export function EntrySheet({ entry, onClose }: EntrySheetProps) {
  const details = Object.entries(entry.detail).map(([name, value]) => ({ label: detailName(name), value: typeof value === 'string' ? value : JSON.stringify(value) }));
  return (
    <Sheet opened title={entry.title} onClose={onClose}>
      <Facts
        items={[
          { label: t('access.audit.when'), value: stampOf(entry.at) },
          { label: t('access.audit.who'), value: <bdi>{nameOf(entry)}</bdi> },
          { label: t('access.audit.role'), value: roleName(entry.role) },
          { label: t('access.audit.result'), value: t(`access.audit.results.${entry.result}`) },
          { label: t('access.audit.subject'), value: entry.subject_name ? <><bdi>{entry.subject_name}</bdi> <small className={classes.quiet}>{entry.subject}</small></> : entry.subject },
          { label: t('access.audit.fields'), value: entry.fields.join(', ') },
          { label: t('access.audit.address'), value: entry.address },
          ...details,
          { label: t('access.audit.fingerprint'), value: <code className={classes.hash}>{entry.hash}</code> },
        ]}
      />
    </Sheet>
  );
}
