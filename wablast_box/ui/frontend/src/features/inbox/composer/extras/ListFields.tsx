import { Button } from '@/design/Button';
import { TextField } from '@/design/Field';
import { IconButton } from '@/design/IconButton';
import { IconPlus, IconX } from '@/design/icons';
import { t } from '@/lib/i18n';
import { type ListRow, type ListSection, LIMITS, rowCount } from './taps';
import type { TapsFieldsProps } from './TapsSheet';
import classes from './Extras.module.css';

const emptyRow = (): ListRow => ({ title: '', description: '' });

export function ListFields({ taps, put, shown, wrong }: TapsFieldsProps) {
  const { sections } = taps;
  const count = rowCount(taps);
  const many = sections.length > 1;
  const change = (at: number, next: Partial<ListSection>) => { put({ sections: sections.map((one, index) => (index === at ? { ...one, ...next } : one)) }); };
  const changeRow = (at: number, index: number, next: Partial<ListRow>) => {
    change(at, { rows: (sections[at]?.rows ?? []).map((row, place) => (place === index ? { ...row, ...next } : row)) });
  };
  const removeRow = (at: number, index: number) => {
    const rows = (sections[at]?.rows ?? []).filter((_, place) => place !== index);
    if (rows.length > 0) change(at, { rows });
    else put({ sections: sections.filter((_, place) => place !== at) });
  };
  return (
    <>
      <TextField label={t('composer.taps.listButton')} dir="auto" value={taps.opens} error={shown('opens', taps.opens)} onChange={(event) => { put({ opens: event.currentTarget.value }); }} />
      {sections.map((section, at) => (
        <fieldset key={at} className={classes.section}>
          <legend>{many ? t('composer.taps.section', { n: at + 1 }) : t('composer.taps.rows', { count })}</legend>
          {many ? <TextField aria-label={t('composer.taps.sectionTitle', { n: at + 1 })} placeholder={t('composer.taps.sectionTitle', { n: at + 1 })} dir="auto" value={section.title} error={shown(`section.${String(at)}`, section.title)} onChange={(event) => { change(at, { title: event.currentTarget.value }); }} /> : null}
          {section.rows.map((row, index) => (
            <div key={index} className={classes.listRow}>
              <TextField aria-label={t('composer.taps.row')} placeholder={t('composer.taps.row')} dir="auto" value={row.title} error={shown(`row.${String(at)}.${String(index)}`, row.title)} onChange={(event) => { changeRow(at, index, { title: event.currentTarget.value }); }} />
              <TextField aria-label={t('composer.taps.rowHelp')} placeholder={t('composer.taps.rowHelp')} dir="auto" value={row.description} error={wrong?.[`description.${String(at)}.${String(index)}`]} onChange={(event) => { changeRow(at, index, { description: event.currentTarget.value }); }} />
              {count > 1 ? <IconButton label={t('composer.taps.removeRow', { title: row.title })} size={26} onClick={() => { removeRow(at, index); }}><IconX size={14} /></IconButton> : null}
            </div>
          ))}
          {count < LIMITS.rows ? <Button kind="link" leftSection={<IconPlus size={13} />} onClick={() => { change(at, { rows: [...section.rows, emptyRow()] }); }}>{t('composer.taps.addRow')}</Button> : null}
        </fieldset>
      ))}
      {count < LIMITS.rows && sections.length < LIMITS.sections ? <div><Button kind="link" leftSection={<IconPlus size={13} />} onClick={() => { put({ sections: [...sections, { title: '', rows: [emptyRow()] }] }); }}>{t('composer.taps.addSection')}</Button></div> : null}
    </>
  );
}
