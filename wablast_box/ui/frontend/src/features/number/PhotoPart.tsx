import { useRef, useState } from 'react';
import { problemOf } from '@/api/errors';
import { Button } from '@/design/Button';
import { IconBuildingStore, IconCamera } from '@/design/icons';
import { t } from '@/lib/i18n';
import { toast } from '@/lib/toasts';
import { useChangePhoto } from './queries';
import classes from './Number.module.css';

interface PhotoPartProps {
  hasPhoto: boolean;
  mayWrite: boolean;
}

export function PhotoPart({ hasPhoto, mayWrite }: PhotoPartProps) {
  const input = useRef<HTMLInputElement>(null);
  const [version, setVersion] = useState(0);
  const [missing, setMissing] = useState(false);
  const change = useChangePhoto();
  const handleFile = (file: File | undefined) => {
    if (!file) return;
    change.mutate(file, {
      onSuccess: () => {
        setMissing(false);
        setVersion((before) => before + 1);
        toast({ tone: 'good', title: t('number.profile.photoSaved') });
      },
    });
  };
  const problem = change.error ? problemOf(change.error) : null;
  return (
    <section className={classes.face} aria-label={t('number.profile.photo')}>
      {hasPhoto && !missing
        ? <img className={classes.photo} src={`/api/v1/number/profile/photo?v=${String(version)}`} alt={t('number.profile.photoAlt')} onError={() => { setMissing(true); }} />
        : <span className={classes.photo} aria-hidden><IconBuildingStore size={34} stroke={1.3} /></span>}
      {mayWrite ? (
        <div>
          <p>{t('number.profile.photoHelp')}</p>
          <input ref={input} className={classes.file} type="file" accept="image/jpeg,image/png" tabIndex={-1} aria-label={t('number.profile.choose')} onChange={(event) => { handleFile(event.currentTarget.files?.[0]); event.currentTarget.value = ''; }} />
          <Button kind="quiet" leftSection={<IconCamera size={15} />} loading={change.isPending} onClick={() => { input.current?.click(); }}>{t('number.profile.choose')}</Button>
          {problem ? <p className={classes.wrong} role="alert">{problem.message} {problem.help}</p> : null}
        </div>
      ) : null}
    </section>
  );
}
