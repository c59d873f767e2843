import { Link } from '@tanstack/react-router';
import { IconChevronRight } from '@/design/icons';
import { t } from '@/lib/i18n';
import { GROUPS, pagesFor } from './nav';
import classes from './Settings.module.css';

interface SettingsNavProps {
  permissions: readonly string[];
}

export function SettingsNav({ permissions }: SettingsNavProps) {
  const pages = pagesFor(permissions);
  return (
    <nav className={classes.nav} aria-label={t('settings.nav.label')}>
      <p className={classes.title}>{t('settings.title')}</p>
      {GROUPS.map((group) => {
        const inGroup = pages.filter((page) => page.group === group);
        if (inGroup.length === 0) return null;
        const name = t(`settings.nav.${group}`);
        return (
          <section key={group} aria-label={name}>
            <p className={classes.group} aria-hidden>{name}</p>
            {inGroup.map(({ key, to, icon: Icon }) => (
              <Link key={key} to={to} className={classes.entry}>
                <Icon size={17} stroke={1.6} aria-hidden />
                <span>{t(`settings.nav.${key}`)}</span>
                <IconChevronRight className={classes.chevron} size={16} aria-hidden />
              </Link>
            ))}
          </section>
        );
      })}
    </nav>
  );
}
