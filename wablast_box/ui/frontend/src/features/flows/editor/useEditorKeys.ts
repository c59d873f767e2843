import { useEffect, useMemo, useRef, useState } from 'react';
import { type Command, useCommands } from '@/lib/commands';
import { isTyping } from '@/lib/keys';
import { t } from '@/lib/i18n';
import { useEditor, useEditorStore } from '../graph/context';
import { theOne } from '../graph/store';
import { useActs } from './useActs';

interface Doors {
  find: () => void;
  test: () => void;
  edit: () => void;
}

/** Everything by keyboard. The same list feeds the command bar and the “?” sheet. */
export function useEditorKeys({ find, test, edit }: Doors): void {
  const store = useEditorStore();
  const readOnly = useEditor((state) => state.readOnly);
  const acts = useActs();
  const typing = useTypingNow();
  const pointer = usePointer();
  useClipboard();
  const commands = useMemo<Command[]>(() => {
    const group = t('flows.title');
    const { undo, redo } = store.getState();
    const line = (id: string, title: string, keys: string, run: () => void, hidden = false): Command => ({ id: `flow-${id}`, group, title, keys, run, hidden });
    const looking = [
      line('fit', t('flows.canvas.fit'), '1', acts.fit), line('whole', t('flows.canvas.whole'), '0', acts.whole),
      line('find', t('flows.find.title'), 'mod+f', find), line('test', t('flows.mode.test'), 'p', test),
      line('left', t('flows.keys.left'), 'arrowleft', () => { acts.step('left', false); }, true), line('right', t('flows.keys.right'), 'arrowright', () => { acts.step('right', false); }, true),
      line('up', t('flows.keys.up'), 'arrowup', () => { acts.step('up', false); }, true), line('down', t('flows.keys.down'), 'arrowdown', () => { acts.step('down', false); }, true),
      line('back', t('flows.keys.back'), 'shift+arrowleft', () => { acts.step('left', true); }, true), line('on', t('flows.keys.on'), 'shift+arrowright', () => { acts.step('right', true); }, true),
      line('none', t('flows.keys.none'), 'escape', () => { store.getState().choose([]); store.setState({ adding: null }); }, true),
    ];
    if (readOnly) return looking;
    const changing = [
      line('add', t('flows.palette.addTitle'), '/', () => { acts.add(pointer.current); }), line('edit', t('flows.keys.edit'), 'enter', edit, true),
      line('rename', t('flows.keys.rename'), 'f2', acts.rename), line('disable', t('flows.keys.disable'), 'd', acts.disable),
      line('delete', t('flows.acts.delete'), 'delete', acts.delete), line('delete-too', t('flows.acts.delete'), 'backspace', acts.delete, true),
      line('note', t('flows.acts.note'), 'n', acts.note), line('tidy', t('flows.acts.tidy'), 'shift+alt+t', acts.tidy),
    ];
    // In a field these belong to the field.
    const inFields = typing ? [] : [
      line('undo', t('flows.acts.undo'), 'mod+z', undo), line('redo', t('flows.acts.redo'), 'mod+shift+z', redo), line('redo-too', t('flows.acts.redo'), 'mod+y', redo, true),
      line('all', t('flows.acts.all'), 'mod+a', acts.all), line('duplicate', t('flows.acts.duplicate'), 'mod+d', acts.duplicate),
      line('group', t('flows.acts.group'), 'mod+g', acts.group),
    ];
    return [...looking, ...changing, ...inFields];
  }, [acts, edit, find, pointer, readOnly, store, test, typing]);
  useCommands(commands);
}

function useTypingNow(): boolean {
  const [typing, setTyping] = useState(false);
  useEffect(() => {
    const look = () => { window.setTimeout(() => { setTyping(isTyping(document.activeElement)); }); };
    document.addEventListener('focusin', look);
    document.addEventListener('focusout', look);
    return () => {
      document.removeEventListener('focusin', look);
      document.removeEventListener('focusout', look);
    };
  }, []);
  return typing;
}

/** Where a new step is put when none is chosen. */
function usePointer() {
  const pointer = useRef({ x: window.innerWidth / 2, y: window.innerHeight / 2 });
  useEffect(() => {
    const follow = (event: PointerEvent) => { pointer.current = { x: event.clientX, y: event.clientY }; };
    window.addEventListener('pointermove', follow, { passive: true });
    return () => { window.removeEventListener('pointermove', follow); };
  }, []);
  return pointer;
}

/** The browser's own copy, cut and paste: they work with the system's clipboard without asking, on plain http too. */
function useClipboard(): void {
  const acts = useActs();
  const store = useEditorStore();
  useEffect(() => {
    const ours = (event: ClipboardEvent) => !isTyping(event.target) && !isTyping(document.activeElement) && window.getSelection()?.isCollapsed !== false;
    const copy = (event: ClipboardEvent) => {
      const text = ours(event) ? acts.copied() : null;
      if (text === null) return;
      event.clipboardData?.setData('text/plain', text);
      event.preventDefault();
      if (event.type === 'cut' && !store.getState().readOnly) acts.delete();
    };
    const paste = (event: ClipboardEvent) => {
      if (ours(event) && !store.getState().readOnly && acts.pasteText(event.clipboardData?.getData('text/plain') ?? '')) event.preventDefault();
    };
    document.addEventListener('copy', copy);
    document.addEventListener('cut', copy);
    document.addEventListener('paste', paste);
    return () => {
      document.removeEventListener('copy', copy);
      document.removeEventListener('cut', copy);
      document.removeEventListener('paste', paste);
    };
  }, [acts, store]);
}

export const useTheOne = (): string | null => useEditor(theOne);
