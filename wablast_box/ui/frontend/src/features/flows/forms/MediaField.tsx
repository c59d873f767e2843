import { Input, Loader } from '@mantine/core';
import { useRef, useState } from 'react';
import { problemOf } from '@/api/errors';
import { Button } from '@/design/Button';
import { IconFileText } from '@/design/icons';
import { upload } from '@/features/inbox/upload';
import { t } from '@/lib/i18n';
import { words } from '../graph/outputs';
import { FillField } from './FillField';
import type { FormField } from './SchemaForm';
import classes from './Forms.module.css';

/** A file that goes out with the message: taken from this computer into the box. */
export function MediaField(field: FormField) {
  const { name, path, schema, value, onChange, errorOf } = field;
  const chosen = words(value);
  const picker = useRef<HTMLInputElement>(null);
  const [part, setPart] = useState<number | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  // An address, or what stands in a variable, is written.
  if (chosen && !/^\d+$/.test(chosen)) return <FillField {...field} schema={{ ...schema, 'x-fills': false }} />;
  const take = (file: File | undefined) => {
    if (!file) return;
    setProblem(null);
    setPart(0);
    upload(file, setPart).then(({ id }) => { onChange(id); }, (refused: unknown) => { setProblem(problemOf(refused).message); }).finally(() => { setPart(null); });
  };
  return (
    <Input.Wrapper label={schema.title ?? name} description={schema.description} error={problem ?? errorOf(path)} classNames={{ description: classes.help }} labelElement="div">
      <div className={classes.media}>
        {chosen ? <Seen key={chosen} id={chosen} /> : null}
        {part === null ? (
          <>
            <Button kind="quiet" size="compact-sm" onClick={() => picker.current?.click()}>{t(chosen ? 'flowRuns.media.other' : 'flowRuns.media.choose')}</Button>
            {chosen ? <Button kind="link" size="compact-sm" onClick={() => { onChange(undefined); }}>{t('flowRuns.media.remove')}</Button> : null}
          </>
        ) : <span role="status" className={classes.coming}><Loader size={14} /> {t('flowRuns.media.coming', { share: Math.round(part * 100) })}</span>}
      </div>
      <input ref={picker} type="file" hidden aria-label={schema.title ?? name} onChange={(event) => { take(event.currentTarget.files?.[0]); event.currentTarget.value = ''; }} />
    </Input.Wrapper>
  );
}

interface SeenProps {
  id: string;
}

/** The picture in small; of what has none, a sheet of paper. */
function Seen({ id }: SeenProps) {
  const [drawn, setDrawn] = useState(true);
  const address = `/api/v1/media/${id}`;
  return (
    <a href={address} target="_blank" rel="noreferrer" className={classes.seen} aria-label={t('flowRuns.media.open')} title={t('flowRuns.media.open')}>
      {drawn ? <img src={`${address}?as=thumbnail`} alt="" onError={() => { setDrawn(false); }} /> : <IconFileText size={20} stroke={1.5} aria-hidden />}
    </a>
  );
}
