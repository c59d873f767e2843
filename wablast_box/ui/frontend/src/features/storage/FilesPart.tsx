import { useState } from 'react';
import { useMay } from '@/api/session';
import type { Storage } from '@/api/types';
import { AskFirst } from '@/design/AskFirst';
import { Button } from '@/design/Button';
import { Notice } from '@/design/Notice';
import { Panel } from '@/design/Panel';
import { locale, plural, t } from '@/lib/i18n';
import { useMoveFiles } from './queries';
import classes from './Storage.module.css';

interface FilesPartProps {
  stored: Storage;
}

/** How many files lie where, and the way between the two. */
export function FilesPart({ stored }: FilesPartProps) {
  const { files, bucket, secret_key: secret } = stored;
  const mayMove = useMay('integrations.write') && bucket !== '' && secret.set;
  const move = useMoveFiles();
  const all = files.on_disk + files.in_bucket + files.drawn;
  const mayHave = (where: Storage['place'], count: number): boolean => count > 0 || (files.stuck > 0 && stored.place !== where);
  const [asked, setAsked] = useState<Storage['place'] | null>(null);
  return (
    <Panel title={t('storage.files.title')} help={t('storage.files.help')}>
      <dl className={classes.places}>
        <div><dt>{t('storage.files.disk')}</dt><dd>{files.on_disk.toLocaleString(locale)}</dd></div>
        {bucket ? <div><dt>{t('storage.files.s3')}</dt><dd>{files.in_bucket.toLocaleString(locale)}</dd></div> : null}
        {files.drawn > 0 ? <div><dt>{t('storage.files.drawn')}</dt><dd>{files.drawn.toLocaleString(locale)}</dd></div> : null}
      </dl>
      {files.waiting > 0 ? (
        <div className={classes.going} role="status">
          <progress max={all} value={all - files.waiting} aria-label={t('storage.files.moving')} />
          <span>{plural('storage.files.waiting', files.waiting)}</span>
        </div>
      ) : null}
      {files.problem ? <Notice tone="warn" title={files.stuck > 0 ? plural('storage.files.stuck', files.stuck) : t('storage.files.slow')}>{files.problem}</Notice> : null}
      {mayMove ? (
        <div className={classes.foot}>
          {mayHave('disk', files.on_disk) ? <Button kind="quiet" loading={move.isPending} onClick={() => { setAsked('s3'); }}>{t('storage.files.toBucket')}</Button> : null}
          {mayHave('s3', files.in_bucket) ? <Button kind="quiet" loading={move.isPending} onClick={() => { setAsked('disk'); }}>{t('storage.files.toDisk')}</Button> : null}
        </div>
      ) : null}
      <AskFirst
        opened={asked !== null} danger={false} title={t(asked === 'disk' ? 'storage.files.askDisk.title' : 'storage.files.askBucket.title')} confirm={t('storage.files.yes')}
        onConfirm={() => { if (asked) move.mutate(asked); setAsked(null); }} onClose={() => { setAsked(null); }}
      >{t(asked === 'disk' ? 'storage.files.askDisk.help' : 'storage.files.askBucket.help')}</AskFirst>
    </Panel>
  );
}
