import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { providersQuery } from '@/features/ai/queries';
import { fieldsQuery } from '@/features/contacts/queries';
import { teamsQuery } from '@/features/desk/queries';
import { tagsQuery } from '@/features/inbox/list/queries';
import { templatesQuery } from '@/features/inbox/templates/queries';
import { colleaguesQuery } from '@/features/inbox/queries';
import { t } from '@/lib/i18n';
import { words } from '../graph/outputs';
import { flowsQuery } from '../queries';
import { FillField } from './FillField';
import { MediaField } from './MediaField';
import { NodeField } from './NodeField';
import type { FormField } from './SchemaForm';
import classes from './Forms.module.css';

interface Choice {
  value: string;
  label: string;
}

/** Something that exists in the box, chosen by its name. What the box keeps no list of is written. */
export function ReferenceField(field: FormField) {
  switch (field.schema['x-kind']) {
    case 'flow': return <Flows {...field} />;
    case 'user': return <People {...field} />;
    case 'team': return <Teams {...field} />;
    case 'tag': return <Tags {...field} />;
    case 'template': return <Templates {...field} />;
    case 'ai_provider': return <Models {...field} />;
    case 'contact_field': return <ContactFields {...field} />;
    case 'node': return <NodeField {...field} />;
    case 'media': return <MediaField {...field} />;
    default: return <FillField {...field} schema={{ ...field.schema, 'x-fills': false }} />;
  }
}

const Flows = (field: FormField) => <Choose {...field} choices={useQuery(flowsQuery).data?.map(({ id, name }) => ({ value: id, label: name }))} />;
const People = (field: FormField) => <Choose {...field} choices={useQuery(colleaguesQuery).data?.map(({ id, name }) => ({ value: id, label: name ?? id }))} />;
const Teams = (field: FormField) => <Choose {...field} choices={useQuery(teamsQuery).data?.map(({ id, name }) => ({ value: id, label: name }))} />;
const Tags = (field: FormField) => <Choose {...field} choices={useQuery(tagsQuery).data?.map(({ name }) => ({ value: name, label: name }))} />;
const ContactFields = (field: FormField) => <Choose {...field} choices={useQuery(fieldsQuery).data?.map(({ name }) => ({ value: name, label: name }))} />;
const Models = (field: FormField) => <Choose {...field} choices={useQuery(providersQuery).data?.map(({ id, name }) => ({ value: id, label: name }))} />;
const Templates = (field: FormField) => (
  <Choose {...field} choices={[...new Set(useQuery(templatesQuery).data?.items.map((one) => one.name))].map((name) => ({ value: name, label: name }))} />
);

interface ChooseProps extends FormField {
  choices: Choice[] | undefined;
}

export function Choose({ name, path, schema, value, onChange, errorOf, choices, required }: ChooseProps) {
  const chosen = words(value);
  const known = choices ?? [];
  // What is gone, or came with another box, is still shown, so that it is not lost by looking at it.
  const data = chosen && !known.some((one) => one.value === chosen) ? [...known, { value: chosen, label: chosen }] : known;
  return (
    <Select
      size="xs" label={schema.title ?? name} description={schema.description} error={errorOf(path)} data={data} value={chosen || null} searchable clearable={!required}
      placeholder={t('flows.forms.choose')} nothingFoundMessage={t('flows.forms.nothing')} classNames={{ description: classes.help }} onChange={(next) => { onChange(next ?? undefined); }}
    />
  );
}
