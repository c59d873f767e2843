import { Menu } from '@mantine/core';
import type { Template, TemplateBlank } from '@/api/types';
import { TextField } from '@/design/Field';
import { IconButton } from '@/design/IconButton';
import { IconUser } from '@/design/icons';
import { t } from '@/lib/i18n';
import { calm } from '@/lib/plain';
import { HeaderFileField } from './HeaderFileField';
import { keyOf, type Values } from './rendered';
import { type HeaderFile, isFile, type Known, partOf } from './values';
import classes from './Picker.module.css';

interface BlankFieldProps {
  blank: TemplateBlank;
  template: Template;
  values: Values;
  known: readonly Known[];
  file: HeaderFile | null;
  error: string | undefined;
  onChange: (key: string, value: string) => void;
  onFile: (file: HeaderFile | null) => void;
}

export function BlankField({ blank, template, values, known, file, error, onChange, onFile }: BlankFieldProps) {
  const key = keyOf(blank);
  if (isFile(blank)) return <HeaderFileField name={key} kind={blank.kind} file={file} error={error} onFile={onFile} />;
  if (blank.kind === 'location') return <PlaceFields values={values} error={error} onChange={onChange} />;
  const example = blank.example ? calm(blank.example) : '';
  return (
    <TextField
      name={key} label={labelOf(blank, template)} error={error} value={values[key] ?? ''} dir="auto" maxLength={blank.most} autoComplete="off"
      placeholder={example ? t('templates.fill.example', { example }) : undefined}
      inputMode={blank.kind === 'code' && /^\d+$/.test(blank.example ?? '') ? 'numeric' : undefined}
      rightSection={blank.kind === 'text' && known.length > 0 ? <Insert known={known} onInsert={(value) => { onChange(key, `${values[key] ?? ''}${value}`); }} /> : undefined}
      onChange={(event) => { onChange(key, event.currentTarget.value); }}
    />
  );
}

/** Named blanks are called by their name; numbered ones by the words around them. */
function labelOf(blank: TemplateBlank, template: Template): string {
  const { place, key, kind, label } = blank;
  const { header, body } = partOf(template, blank);
  if (kind === 'code') return t('templates.fill.code');
  if (kind === 'coupon') return t('templates.fill.coupon');
  if (kind === 'suffix') return t('templates.fill.suffix', { button: calm(label) });
  if (template.named) return calm(key.replaceAll('_', ' '));
  const text = place === 'header' ? header?.text ?? '' : body;
  const before = text.slice(0, Math.max(0, text.search(new RegExp(`\\{\\{\\s*${key}\\s*\\}\\}`))));
  const words = calm(before.split(/\}\}|\n/).at(-1)?.replace(/^[\s,.;:!?*_~-]+|[\s*_~]+$/g, '').split(/\s+/).slice(-4).join(' ').slice(-40) ?? '');
  return words ? t('templates.fill.after', { words, key }) : t(place === 'header' ? 'templates.fill.inHeader' : 'templates.fill.number', { key });
}

interface InsertProps {
  known: readonly Known[];
  onInsert: (value: string) => void;
}

function Insert({ known, onInsert }: InsertProps) {
  return (
    <Menu position="bottom-end" width={230}>
      <Menu.Target><IconButton label={t('templates.fill.insert')} size={22} side="top"><IconUser size={13} /></IconButton></Menu.Target>
      <Menu.Dropdown>
        {known.map(({ key, value }) => <Menu.Item key={key} onClick={() => { onInsert(value); }} rightSection={<bdi className={classes.knownValue}>{calm(value)}</bdi>}>{t(`templates.known.${key}`)}</Menu.Item>)}
      </Menu.Dropdown>
    </Menu>
  );
}

interface PlaceFieldsProps {
  values: Values;
  error: string | undefined;
  onChange: (key: string, value: string) => void;
}

const PLACE = ['latitude', 'longitude', 'name', 'address'] as const;

function PlaceFields({ values, error, onChange }: PlaceFieldsProps) {
  return (
    <fieldset className={classes.place}>
      <legend>{t('templates.fill.place')}</legend>
      {PLACE.map((part) => <TextField key={part} name={part === 'latitude' ? 'header.location' : `header.${part}`} label={t(`templates.fill.${part}`)} value={values[`header.${part}`] ?? ''} error={part === 'latitude' ? error : undefined} inputMode={part === 'latitude' || part === 'longitude' ? 'decimal' : undefined} onChange={(event) => { onChange(`header.${part}`, event.currentTarget.value); }} />)}
    </fieldset>
  );
}
