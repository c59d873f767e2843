import { useState } from 'react';
import type { Tag } from '@/api/types';
import { AskFirst } from '@/design/AskFirst';
import { Button } from '@/design/Button';
import { ChoiceField } from '@/design/Field';
import { plural, t } from '@/lib/i18n';
import { toast } from '@/lib/toasts';
import { useDeleteTag, useMergeTag } from './queries';
import type { Usage } from './TagsPage';
import classes from './Tags.module.css';

interface GoneTagProps {
  tag: Tag;
  others: Tag[];
  used: Usage | undefined;
  onGone: () => void;
}

/** The two ways in which a tag ends: as part of another, or altogether. Both say first what hangs on it. */
export function GoneTag({ tag, others, used, onGone }: GoneTagProps) {
  const [into, setInto] = useState<string | null>(null);
  const [asking, setAsking] = useState<'merge' | 'delete' | null>(null);
  const merge = useMergeTag(tag.id);
  const remove = useDeleteTag(tag.id);
  const other = others.find((one) => one.id === into);
  const hanging = { conversations: plural('tags.usedBy', used?.conversations ?? 0), people: plural('tags.peopleBy', used?.contacts ?? 0) };
  const done = (title: string) => { toast({ tone: 'good', title }); onGone(); };
  const handleMerge = () => { if (other) merge.mutate(other.id, { onSuccess: () => { done(t('tags.merged', { name: tag.name, into: other.name })); } }); };
  const handleRemove = () => { remove.mutate(undefined, { onSuccess: () => { done(t('tags.removed', { name: tag.name })); } }); };
  return (
    <section className={classes.gone}>
      {others.length > 0 ? (
        <div className={classes.merge}>
          <ChoiceField label={t('tags.merge')} description={t('tags.mergeHelp')} placeholder={t('tags.choose')} searchable value={into} data={others.map((one) => ({ value: one.id, label: one.name }))} onChange={(id) => { setInto(id === null ? null : String(id)); }} />
          <Button kind="quiet" disabled={!other} onClick={() => { setAsking('merge'); }}>{t('tags.into')}</Button>
        </div>
      ) : null}
      <Button kind="quiet" onClick={() => { setAsking('delete'); }}>{t('tags.remove')}</Button>
      <AskFirst opened={asking === 'merge' && other !== undefined} title={t('tags.mergeTitle', { name: tag.name, into: other?.name ?? '' })} confirm={t('tags.into')} busy={merge.isPending} error={merge.error} onConfirm={handleMerge} onClose={() => { setAsking(null); }}>
        {t('tags.mergeWarning', { ...hanging, name: tag.name, into: other?.name ?? '' })}
      </AskFirst>
      <AskFirst opened={asking === 'delete'} title={t('tags.removeTitle', { name: tag.name })} confirm={t('tags.remove')} busy={remove.isPending} error={remove.error} onConfirm={handleRemove} onClose={() => { setAsking(null); }}>
        {t('tags.removeHelp', hanging)}
      </AskFirst>
    </section>
  );
}
