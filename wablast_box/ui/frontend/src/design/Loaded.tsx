import type { ReactNode } from 'react';
import { problemOf } from '@/api/errors';
import { Button } from './Button';
import { ErrorState } from './ErrorState';
import { Notice } from './Notice';
import { SkeletonLines } from './Skeletons';
import { t } from '@/lib/i18n';
import classes from './Loaded.module.css';

interface Query<T> {
  data: T | undefined;
  error: unknown;
  isError: boolean;
  refetch: () => unknown;
}

interface LoadedProps<T> {
  query: Query<T>;
  skeleton?: ReactNode;
  children: (data: T) => ReactNode;
}

/** The four states of what is asked from the box: coming, there, there but old, refused. */
export function Loaded<T>({ query, skeleton = <SkeletonLines />, children }: LoadedProps<T>) {
  const retry = () => { void query.refetch(); };
  if (query.data === undefined) return query.isError ? <ErrorState error={query.error} onRetry={retry} /> : <>{skeleton}</>;
  // What was typed below stays where it is when asking again fails: the note comes and goes beside it.
  return (
    <>
      {query.isError ? (
        <div className={classes.old}>
          <Notice tone="warn" title={problemOf(query.error).message} action={<Button kind="quiet" onClick={retry}>{t('common.tryAgain')}</Button>}>
            {t('common.old')}
          </Notice>
        </div>
      ) : null}
      {children(query.data)}
    </>
  );
}
