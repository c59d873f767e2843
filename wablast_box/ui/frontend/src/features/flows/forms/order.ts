import type { FieldSchema, Kind, ObjectSchema } from '../graph/types';

const AS_SEEN = ['header', 'media', 'location', 'contact', 'template', 'body', 'question', 'footer', 'button', 'buttons', 'rows', 'link', 'call'];
/** With fewer fields than this there is nothing to fold away. */
const FEW = 5;

interface Ordered {
  first: ObjectSchema;
  more: ObjectSchema;
}

/** Required fields and what the customer sees, in the order in which it is seen; then the rest. */
export function inOrder({ fields, preview, outputs_from: from }: Kind): Ordered {
  const all = Object.entries(fields.properties);
  const seen = AS_SEEN.flatMap((part) => preview[part] ?? []);
  const place = (name: string): number => (seen.includes(name) ? seen.indexOf(name) : name === from?.field ? seen.length : -1);
  const isFirst = ([name]: [string, FieldSchema]): boolean => place(name) >= 0 || fields.required?.includes(name) === true;
  const first = all.filter(isFirst).sort(([a], [b]) => place(a) - place(b));
  const more = all.filter((one) => !isFirst(one));
  const folds = all.length >= FEW && first.length > 0 && more.length > 1;
  const schema = (some: [string, FieldSchema][]): ObjectSchema => ({ properties: Object.fromEntries(some), required: fields.required });
  return folds ? { first: schema(first), more: schema(more) } : { first: schema([...first, ...more]), more: schema([]) };
}
