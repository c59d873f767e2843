import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { type ReactNode, useState } from 'react';
import { afterEach, expect, test } from 'vitest';
import { EditorContext } from '../graph/context';
import { BUTTONS, GRAPH, KINDS, TEXT } from '../graph/fixtures';
import { createEditor } from '../graph/store';
import type { Data, ObjectSchema } from '../graph/types';
import { asked, fill } from './asking';
import { OfferedContext } from './offered';
import { KindForm } from './KindForm';
import { SchemaForm } from './SchemaForm';

// happy-dom loads no fonts; Mantine's growing text field waits for them.
Object.defineProperty(document, 'fonts', { value: new EventTarget() });

afterEach(cleanup);

interface FormProps {
  schema: ObjectSchema;
  start: Data;
  seen: (data: Data) => void;
  errors?: Record<string, string>;
}

function Form({ schema, start, seen, errors = {} }: FormProps) {
  const [data, setData] = useState(start);
  return <SchemaForm schema={schema} data={data} errorOf={(path) => errors[path]} onChange={(name, value) => { setData((was) => { const next = { ...was, [name]: value }; seen(next); return next; }); }} />;
}

function show(children: ReactNode) {
  const offered = [{ name: 'order.status', from: 'ask', certain: false }, { name: 'contact.name', from: null, certain: true }];
  render(
    <QueryClientProvider client={new QueryClient()}>
      <MantineProvider><EditorContext value={createEditor(GRAPH, KINDS)}><OfferedContext value={offered}>{children}</OfferedContext></EditorContext></MantineProvider>
    </QueryClientProvider>,
  );
}

test('a text counts against its limit, and says when it is over', () => {
  show(<Form schema={TEXT.fields} start={{ text: 'Twenty characters an' }} seen={() => undefined} errors={{ text: '“Text” is too long.' }} />);
  expect(screen.getByText('20 of 20')).toBeTruthy();
  fireEvent.change(screen.getByLabelText('Text'), { target: { value: 'Twenty characters and more' } });
  expect(screen.getByText('26 of 20').dataset['state']).toBe('over');
  expect(screen.getByText('“Text” is too long.')).toBeTruthy();
});

test('nothing is counted before half of the limit is used', () => {
  show(<Form schema={TEXT.fields} start={{ text: 'Nineteen' }} seen={() => undefined} />);
  expect(screen.queryByText('8 of 20')).toBeNull();
  fireEvent.change(screen.getByLabelText('Text'), { target: { value: 'Nineteen l' } });
  expect(screen.getByText('10 of 20')).toBeTruthy();
});

test('a time of day that is full is no cause for worry', () => {
  show(<Form schema={{ properties: { at: { type: 'string', title: 'Time', maxLength: 5 } } }} start={{ at: '10:00' }} seen={() => undefined} />);
  expect(screen.getByLabelText('Time')).toBeTruthy();
  expect(screen.queryByText('5 of 5')).toBeNull();
});

test('items are added with an id of their own, moved and taken away', () => {
  let data: Data = {};
  show(<Form schema={BUTTONS.fields} start={{ buttons: [{ id: 'b1', title: 'One' }, { id: 'b2', title: 'Two' }] }} seen={(next) => { data = next; }} />);
  fireEvent.click(screen.getAllByLabelText('Move down')[0] as HTMLElement);
  expect(data['buttons']).toEqual([{ id: 'b2', title: 'Two' }, { id: 'b1', title: 'One' }]);
  fireEvent.click(screen.getByText('Add button'));
  const added = data['buttons'] as { id: string }[];
  expect(new Set(added.map((one) => one.id)).size).toBe(3);
  expect(screen.queryByText('Add button')).toBeNull();
  fireEvent.click(screen.getAllByLabelText('Remove Button')[0] as HTMLElement);
  expect((data['buttons'] as { id: string }[]).map((one) => one.id)).not.toContain('b2');
});

test('{{ offers variables, and what is chosen takes its place', () => {
  let data: Data = {};
  show(<Form schema={TEXT.fields} start={{ text: '' }} seen={(next) => { data = next; }} />);
  const box = screen.getByLabelText('Text');
  fireEvent.change(box, { target: { value: 'Hi {{sta', selectionStart: 8 } });
  expect(screen.getByText('may be empty')).toBeTruthy();
  fireEvent.keyDown(box, { key: 'Enter' });
  expect(data['text']).toBe('Hi {{order.status}}');
});

test('the open braces before the caret are what is asked', () => {
  expect(asked('Hi {{ord', 8)).toEqual({ from: 3, words: 'ord' });
  expect(asked('Hi {{order}} you', 16)).toBeNull();
  expect(fill('Hi {{or}} you', 3, 7, 'order.id')).toEqual({ text: 'Hi {{order.id}} you', caret: 15 });
});

test('another step is chosen by its name or its words, never the start', () => {
  show(<Form schema={{ properties: { node: { type: 'string', title: 'Go on at', 'x-widget': 'reference', 'x-kind': 'node' } } }} start={{ node: 'yes' }} seen={() => undefined} />);
  const [field] = screen.getAllByLabelText<HTMLInputElement>('Go on at');
  expect(field?.value).toBe('Send a message: Yes');
  if (field) fireEvent.click(field);
  expect(screen.getAllByRole('option', { hidden: true }).map((one) => one.textContent)).toEqual(['Send buttons: Which?', 'Send a message: Yes', 'Send a message: Other']);
});

test('a step asks only for what its other answers call for, also where it is folded away', () => {
  const way = { title: 'To', 'x-widget': 'select', enum: ['person', 'team'], 'x-labels': ['A person', 'A team'], default: 'team' };
  const extra = Object.fromEntries(['One', 'Two', 'Three'].map((title) => [title.toLowerCase(), { title }]));
  const fields = { properties: { way, ...extra, user: { title: 'Person', 'x-when': { way: ['person'] } }, team: { title: 'Team', 'x-when': { way: ['team'] } } }, required: ['way'] };
  show(<KindForm kind={{ ...TEXT, preview: {}, fields }} data={{}} onChange={() => undefined} errorOf={() => undefined} />);
  expect(screen.getByText('One, Two, Three, Team')).toBeTruthy();
  expect(screen.getByLabelText('Team')).toBeTruthy();
  expect(screen.queryByLabelText('Person')).toBeNull();
});
