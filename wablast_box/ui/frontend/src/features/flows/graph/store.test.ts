import { expect, test, vi } from 'vitest';
import { cut, pack, paste, unpack } from './clipboard';
import { addNode, changeNode, close, connect, group, mayConnect, open, remove, setField } from './document';
import { compare } from './diff';
import { createEditor } from './store';
import { offered } from './variables';
import { walk } from './walk';
import { BUTTONS, GRAPH, KINDS, TEXT } from './fixtures';

const editor = () => createEditor(GRAPH, KINDS);

test('a change can be taken back and made again', () => {
  const store = editor();
  const before = store.getState().doc;
  store.getState().change((doc) => addNode(doc, TEXT, { x: 0, y: 0 }, 'n9'));
  const after = store.getState().doc;
  store.getState().undo();
  expect(store.getState().doc).toBe(before);
  store.getState().redo();
  expect(store.getState().doc).toBe(after);
  expect(store.getState().canvas.map((node) => node.id)).toContain('n9');
});

test('typing without a pause is one step back', () => {
  vi.useFakeTimers();
  const store = editor();
  const type = (text: string) => { store.getState().change((doc) => setField(doc, KINDS, 'ask', 'text', text), { merge: 'ask text' }); };
  for (const text of ['H', 'Hi', 'Hi!']) type(text);
  expect(store.getState().past).toHaveLength(1);
  vi.advanceTimersByTime(2000);
  type('Hi! You');
  expect(store.getState().past).toHaveLength(2);
  store.getState().undo();
  expect(store.getState().doc.nodes['ask']?.data['text']).toBe('Hi!');
  vi.useRealTimers();
});

test('a hundred steps are kept', () => {
  const store = editor();
  for (let at = 0; at < 130; at += 1) store.getState().change((doc) => changeNode(doc, 'ask', { name: String(at) }));
  expect(store.getState().past).toHaveLength(100);
});

test('what did not change is not drawn anew', () => {
  const store = editor();
  const drawn = (id: string) => store.getState().canvas.find((node) => node.id === id);
  const [start, wire] = [drawn('start'), store.getState().wires[0]];
  store.getState().change((doc) => setField(doc, KINDS, 'ask', 'text', 'Other words'));
  expect(drawn('start')).toBe(start);
  expect(store.getState().wires[0]).toBe(wire);
});

test('nothing is changed where one may only look', () => {
  const store = createEditor(GRAPH, KINDS, true);
  const before = store.getState().doc;
  store.getState().change((doc) => remove(doc, new Set(['ask'])));
  expect(store.getState().doc).toBe(before);
});

test('a way out has one wire, and none leads into the start', () => {
  let doc = open(GRAPH);
  expect(mayConnect(doc, { from: 'ask', output: 'b1', to: 'start' })).toBe(false);
  doc = connect(doc, { from: 'ask', output: 'b1', to: 'other' });
  expect(doc.edges.filter((edge) => edge.from === 'ask' && edge.output === 'b1')).toEqual([{ from: 'ask', output: 'b1', to: 'other' }]);
});

test('a button that goes takes its wire along; moved or renamed ones keep theirs', () => {
  const doc = open(GRAPH);
  const renamed = setField(doc, KINDS, 'ask', 'buttons', [{ id: 'b2', title: 'Two' }, { id: 'b1', title: 'First' }]);
  expect(renamed.edges).toEqual(doc.edges);
  const fewer = setField(doc, KINDS, 'ask', 'buttons', [{ id: 'b2', title: 'Two' }]);
  expect(fewer.edges.some((edge) => edge.output === 'b1')).toBe(false);
});

test('deleting takes wires and groups along, never the start', () => {
  const grouped = group(open(GRAPH), ['ask', 'yes'], 'Both', 'g1');
  const left = remove(grouped, new Set(['start', 'ask']));
  expect(Object.keys(left.nodes).sort()).toEqual(['other', 'start', 'yes']);
  expect(left.edges).toEqual([]);
  expect(left.groups).toEqual([expect.objectContaining({ id: 'g1', nodes: ['yes'] })]);
});

test('pasting makes new ids for nodes and their buttons, and the wires follow', () => {
  const doc = open(GRAPH);
  const copied = unpack(pack(cut(doc, new Set(['start', 'ask', 'yes']))));
  const { doc: pasted, ids } = paste(doc, copied ?? {}, { x: 40, y: 40 });
  expect(ids.size).toBe(2);
  const ask = Object.values(pasted.nodes).find((node) => ids.has(node.id) && node.type === BUTTONS.type);
  const buttons = ask?.data['buttons'] as { id: string; title: string }[];
  expect(buttons.map((one) => one.title)).toEqual(['One', 'Two']);
  expect(buttons.map((one) => one.id)).not.toContain('b1');
  const wire = pasted.edges.find((edge) => edge.from === ask?.id);
  expect(wire?.output).toBe(buttons[0]?.id);
  expect(ids.has(wire?.to ?? '')).toBe(true);
  expect(close(pasted).nodes).toHaveLength(6);
});

test('what is no flow is not pasted', () => {
  expect(unpack('hello')).toBeNull();
  expect(unpack('{"a": 1}')).toBeNull();
  expect(unpack('{"nodes": [{"id": 1}], "edges": [7]}')).toEqual(expect.objectContaining({ nodes: [], edges: [] }));
});

test('a variable is certain only where every path has saved it', () => {
  const doc = open(GRAPH);
  const names = (id: string) => offered(doc, KINDS, id).filter((one) => one.from !== null).map(({ name, certain }) => ({ name, certain }));
  expect(names('yes')).toEqual([{ name: 'choice', certain: true }]);
  const around = connect(doc, { from: 'start', output: 'next', to: 'other' });
  expect(names('start')).toEqual([]);
  expect(offered(connect(around, { from: 'other', output: 'next', to: 'yes' }), KINDS, 'yes').find((one) => one.name === 'choice')?.certain).toBe(false);
});

test('versions are compared by what steps say, not by where they stand', () => {
  const moved = { ...GRAPH, layout: { ask: { x: 999, y: 9 } } };
  expect(compare(GRAPH, moved)).toEqual({ added: [], removed: [], changed: [] });
  const other = close(remove(setField(open(GRAPH), KINDS, 'ask', 'text', 'New'), new Set(['other'])));
  const found = compare(GRAPH, other);
  expect([found.added.length, found.removed.map((node) => node.id), found.changed.map((node) => node.id)]).toEqual([0, ['other'], ['ask']]);
});

test('arrows go to what is nearest that way', () => {
  const doc = open(GRAPH);
  expect(walk(doc, null, 'right')).toBe('start');
  expect(walk(doc, 'start', 'right')).toBe('ask');
  expect(walk(doc, 'ask', 'left', true)).toBe('start');
  expect(walk(doc, 'yes', 'down')).toBe('other');
});

test('a folded group hides its steps and takes over their wires', () => {
  const store = editor();
  store.getState().change((doc) => group(doc, ['ask', 'yes'], 'Both', 'g1'));
  store.getState().change((doc) => ({ ...doc, groups: doc.groups.map((one) => ({ ...one, collapsed: true })) }));
  const { canvas, wires } = store.getState();
  expect(canvas.filter((node) => node.hidden).map((node) => node.id).sort()).toEqual(['ask', 'yes']);
  expect(wires.map(({ source, target }) => [source, target])).toEqual([['start', 'g1']]);
});

test('dragging a group takes its steps along', () => {
  const store = editor();
  store.getState().change((doc) => group(doc, ['ask'], '', 'g1'));
  const frame = store.getState().canvas.find((node) => node.id === 'g1');
  const at = frame?.position ?? { x: 0, y: 0 };
  store.getState().nodesChanged([{ type: 'position', id: 'g1', position: { x: at.x + 50, y: at.y + 20 } }]);
  store.getState().dropped();
  expect(store.getState().doc.layout['ask']).toEqual({ x: 350, y: 20 });
});
