import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { answer, api } from '@/api/client';
import { useMay } from '@/api/session';
import type { ContactDetail } from '@/api/types';
import { IconButton } from '@/design/IconButton';
import { IconTag } from '@/design/icons';
import { type Option, Picker } from '@/features/inbox/list/Picker';
import { tagsQuery } from '@/features/inbox/list/queries';
import { colorFor, TagDot, TagLabel } from '@/features/inbox/list/TagLabel';
import { t } from '@/lib/i18n';
import { toastError } from '@/lib/toasts';
import { useTagging } from '../queries';
import { Part } from './Part';
import classes from './Card.module.css';

interface TagsPartProps {
  contact: ContactDetail;
}

/** The words on a person: they stay, whatever becomes of a conversation. */
export function TagsPart({ contact }: TagsPartProps) {
  const [picking, setPicking] = useState(false);
  const may = useMay('contacts.write');
  return (
    <Part title={t('contacts.card.tags')} action={may ? <IconButton label={t('contacts.card.addTag')} size={24} onClick={() => { setPicking(true); }}><IconTag size={14} /></IconButton> : null}>
      {contact.tags.length === 0 ? <p className={classes.quiet}>{t('contacts.card.noTags')}</p> : <div className={classes.tags}>{contact.tags.map((tag) => <TagLabel key={tag.id} tag={tag} />)}</div>}
      {picking ? <TagPicker contact={contact} onClose={() => { setPicking(false); }} /> : null}
    </Part>
  );
}

interface TagPickerProps extends TagsPartProps {
  onClose: () => void;
}

function TagPicker({ contact, onClose }: TagPickerProps) {
  const client = useQueryClient();
  const tags = useQuery(tagsQuery).data ?? [];
  const { mutate } = useTagging(contact.id);
  const [wanted, setWanted] = useState<Readonly<Record<string, boolean>>>({});
  const mayMake = useMay('tags.write');
  const has = new Set(contact.tags.map((tag) => tag.id));
  const isOn = (tag: string): boolean => wanted[tag] ?? has.has(tag);
  const put = (tag: string, on: boolean) => {
    setWanted((before) => ({ ...before, [tag]: on }));
    mutate({ tag, on }, { onError: () => { setWanted({}); } });
  };
  const options = tags.map((tag): Option => ({
    key: tag.id,
    title: tag.name,
    icon: <TagDot color={tag.color} />,
    checked: isOn(tag.id),
    run: () => { put(tag.id, !isOn(tag.id)); },
  }));
  const own = (typed: string): Option | null => {
    if (!mayMake || tags.some((tag) => tag.name.toLocaleLowerCase() === typed.toLocaleLowerCase())) return null;
    return { key: 'own', title: t('contacts.card.makeTag', { name: typed }), icon: <TagDot color={colorFor(typed)} />, run: () => { void make(typed); } };
  };
  const make = async (name: string) => {
    try {
      const made = await answer(api.POST('/api/v1/tags', { body: { name, color: colorFor(name) } }));
      await client.invalidateQueries(tagsQuery);
      put(made.id, true);
    } catch (refused) {
      toastError(refused);
    }
  };
  return <Picker title={t('contacts.card.addTag')} options={options} empty={t('contacts.card.noTagsAtAll')} many own={own} onClose={onClose} />;
}
