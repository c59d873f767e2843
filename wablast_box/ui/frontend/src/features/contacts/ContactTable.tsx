import { useElementSize, useMergedRef } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type CSSProperties, type KeyboardEvent, useEffect, useRef } from 'react';
import type { Contact, ContactField } from '@/api/types';
import { Avatar } from '@/design/Avatar';
import { IconBan } from '@/design/icons';
import { nameOf } from '@/features/inbox/names';
import { TagLabel } from '@/features/inbox/list/TagLabel';
import { dateOf } from '@/lib/dates';
import { t } from '@/lib/i18n';
import { calm } from '@/lib/plain';
import { readablePhone } from '@/lib/phones';
import { languageName } from './languages';
import { fieldsQuery, languagesQuery } from './queries';
import { readable } from './values';
import classes from './Contacts.module.css';

const ROW = 44;
const NARROW_ROW = 58;
const NARROW = 700;
const AHEAD = 20;
/** More columns than that are read one by one, in the sheet. */
const MOST_COLUMNS = 2;

interface ContactTableProps {
  rows: Contact[];
  active: string | undefined;
  hasMore: boolean;
  busy: boolean;
  onMore: () => void;
  onOpen: (id: string) => void;
}

/** As many rows as are seen, however many there are. Arrows go from one to the next, Enter opens. */
export function ContactTable({ rows, active, hasMore, busy, onMore, onOpen }: ContactTableProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const { ref: measured, width } = useElementSize();
  const ref = useMergedRef(scroller, measured);
  const fields = (useQuery(fieldsQuery).data ?? []).slice(0, MOST_COLUMNS);
  const languages = useQuery(languagesQuery).data ?? [];
  const height = width > 0 && width < NARROW ? NARROW_ROW : ROW;
  const virtual = useVirtualizer({ count: rows.length, getScrollElement: () => scroller.current, estimateSize: () => height, overscan: 12, getItemKey: (index) => rows[index]?.id ?? index });
  useEffect(() => { virtual.measure(); }, [height, virtual]);
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => { if (hasMore && !busy && last >= rows.length - AHEAD) onMore(); }, [busy, hasMore, last, onMore, rows.length]);
  const handleKey = (event: KeyboardEvent<HTMLElement>) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    const at = Number(event.target instanceof HTMLElement ? event.target.dataset['index'] ?? -1 : -1);
    if (step === 0 || at < 0) return;
    event.preventDefault();
    const next = Math.max(0, Math.min(rows.length - 1, at + step));
    virtual.scrollToIndex(next);
    window.requestAnimationFrame(() => { scroller.current?.querySelector<HTMLElement>(`[data-index="${String(next)}"]`)?.focus(); });
  };
  // Nothing is repeated no times in CSS: without fields the columns are simply not there.
  const style: CSSProperties & Partial<Record<'--extra', string>> = fields.length > 0 ? { '--extra': `repeat(${String(fields.length)}, minmax(90px, .8fr))` } : {};
  return (
    <div ref={ref} className={classes.table} style={style} role="region" aria-label={t('contacts.title')}>
      <div className={classes.headRow} aria-hidden>
        <span>{t('contacts.column.name')}</span><span>{t('contacts.column.phone')}</span><span>{t('contacts.column.tags')}</span>
        {fields.map((field) => <span key={field.id} className={classes.extra}>{calm(field.name)}</span>)}
        <span className={classes.language}>{t('contacts.column.language')}</span><span>{t('contacts.column.since')}</span>
      </div>
      <ul className={classes.rows} style={{ height: virtual.getTotalSize() }} onKeyDown={handleKey}>
        {items.map((item) => {
          const contact = rows[item.index];
          return contact ? (
            <li key={item.key} className={classes.item} style={{ transform: `translateY(${String(item.start)}px)` }}>
              <button type="button" className={classes.row} data-index={item.index} aria-current={contact.id === active ? 'true' : undefined} onClick={() => { onOpen(contact.id); }}>
                <Cells contact={contact} fields={fields} language={contact.language ? languageName(contact.language, languages) : ''} />
              </button>
            </li>
          ) : null;
        })}
      </ul>
    </div>
  );
}

interface CellsProps {
  contact: Contact;
  fields: ContactField[];
  language: string;
}

function Cells({ contact, fields, language }: CellsProps) {
  const name = nameOf(contact);
  return (
    <>
      <span className={classes.who}><Avatar name={name} seed={contact.id} size="sm" /><b><bdi>{name}</bdi></b>{contact.blocked ? <IconBan size={14} aria-label={t('contacts.blocked')} /> : null}</span>
      <span className={classes.phone}>{contact.phone ? readablePhone(contact.phone) : <span className={classes.faint}>{contact.username ?? t('contacts.noPhone')}</span>}</span>
      <span className={classes.tags}>{contact.tags.map((tag) => <TagLabel key={tag.id} tag={tag} />)}</span>
      {fields.map((field) => {
        const found = contact.fields.find((one) => one.field_id === field.id);
        return <span key={field.id} className={classes.extra}>{found ? <bdi>{readable(field.kind, found.value)}</bdi> : null}</span>;
      })}
      <span className={classes.language}>{language}</span>
      <span className={`${classes.since ?? ''} ${classes.faint ?? ''}`}>{dateOf(contact.created_at)}</span>
    </>
  );
}
