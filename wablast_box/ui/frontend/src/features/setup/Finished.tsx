import { useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import { sessionQuery } from '@/api/session';
import { Button } from '@/design/Button';
import { IconChecks } from '@/design/icons';
import { t } from '@/lib/i18n';
import { forgetDrafts } from './drafts';
import classes from './Setup.module.css';

/** The end of the set-up. What was typed is forgotten, and the rest of the window learns of the number. */
export function Finished() {
  const client = useQueryClient();
  const navigate = useNavigate();
  useEffect(() => {
    forgetDrafts();
    void client.invalidateQueries(sessionQuery);
  }, [client]);
  return (
    <div className={classes.finished} role="status">
      <span aria-hidden><IconChecks size={30} stroke={1.8} /></span>
      <div>
        <h1>{t('setup.proof.finished')}</h1>
        <p>{t('setup.proof.finishedHelp')}</p>
        <div className={classes.next}>
          <Button size="sm" onClick={() => { void navigate({ to: '/inbox' }); }}>{t('setup.proof.open')}</Button>
          <Link to="/settings/people">{t('setup.proof.people')}</Link>
        </div>
      </div>
    </div>
  );
}
