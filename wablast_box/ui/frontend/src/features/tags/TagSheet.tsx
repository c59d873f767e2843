import { type FormEvent, useId, useState } from 'react';
import type { Tag } from '@/api/types';
import { Button } from '@/design/Button';
import { Fields, TextField } from '@/design/Field';
import { Notice } from '@/design/Notice';
import { Sheet } from '@/design/Sheet';
import { colorFor, TAG_COLORS, TagDot, TagLabel } from '@/features/inbox/list/TagLabel';
import { t } from '@/lib/i18n';
import { fieldProblem, formProblem } from '@/lib/problems';
import { toast } from '@/lib/toasts';
import { GoneTag } from './GoneTag';
import { useSaveTag } from './queries';
import type { Usage } from './TagsPage';
import classes from './Tags.module.css';

interface TagSheetProps {
  /** Null: a new one. */
  tag: Tag | null;
  others: Tag[];
  used: Usage | undefined;
  onClose: () => void;
}

export function TagSheet({ tag, others, used, onClose }: TagSheetProps) {
  const [name, setName] = useState(tag?.name ?? '');
  const [chosen, setColor] = useState<string | null>(tag?.color ?? null);
  const color = chosen ?? colorFor(name);
  const save = useSaveTag(tag?.id ?? null);
  const formId = useId();
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate({ name, color }, { onSuccess: (saved) => { toast({ tone: 'good', title: t('tags.saved', { name: saved.name }) }); onClose(); } });
  };
  const problem = formProblem(save.error, ['name']);
  const footer = (
    <>
      <Button kind="quiet" onClick={onClose}>{t('common.cancel')}</Button>
      <Button type="submit" form={formId} disabled={name.trim() === ''} loading={save.isPending}>{t('tags.save')}</Button>
    </>
  );
  return (
    <Sheet opened title={tag ? t('tags.edit', { name: tag.name }) : t('tags.create')} onClose={onClose} footer={footer}>
      <form id={formId} onSubmit={handleSubmit}>
        <Fields>
          {problem ? <Notice tone="bad" title={problem.message}>{problem.help}</Notice> : null}
          <TextField label={t('tags.name')} value={name} maxLength={40} required data-autofocus autoComplete="off" error={fieldProblem(save.error, 'name')} onChange={(event) => { setName(event.currentTarget.value); }} />
          <fieldset className={classes.colors}>
            <legend>{t('tags.color')}</legend>
            {TAG_COLORS.map((one) => (
              <label key={one} title={t(`tags.colors.${one}`)}>
                <input type="radio" name="color" value={one} checked={color === one} aria-label={t(`tags.colors.${one}`)} onChange={() => { setColor(one); }} />
                <TagDot color={one} />
              </label>
            ))}
          </fieldset>
          {name.trim() ? <p className={classes.sample}><TagLabel tag={{ id: '', name, color }} /></p> : null}
        </Fields>
      </form>
      {tag ? <GoneTag tag={tag} others={others} used={used} onGone={onClose} /> : null}
    </Sheet>
  );
}
