import { ReactFlowProvider } from '@xyflow/react';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useMemo, useState } from 'react';
import { useMay } from '@/api/session';
import { toastError } from '@/lib/toasts';
import { Canvas } from '../canvas/Canvas';
import { EditorContext, useEditor, useEditorStore } from '../graph/context';
import { createEditor, theOne } from '../graph/store';
import type { Kind } from '../graph/types';
import { flowQuery } from '../queries';
import type { Flow } from '../types';
import { Adder } from '../adding/Adder';
import { Conflict } from './Conflict';
import { Announced } from './Announced';
import { FindBar } from './FindBar';
import { Inspector } from './Inspector';
import { LanguageSwitch } from '../languages/LanguageSwitch';
import { Palette } from '../adding/Palette';
import { Problems } from './Problems';
import { type Mode, TopBar } from '../bar/TopBar';
import { useKeptPins } from '../simulator/pins';
import { look } from './look';
import { useAutosave } from './useAutosave';
import { useKeptHistory } from './useKeptHistory';
import { useEditorKeys } from './useEditorKeys';
import { useFiles } from './useFiles';
import { useWide } from './useWide';
import classes from './Editor.module.css';

const Simulator = lazy(() => import('../simulator/Simulator').then((module) => ({ default: module.Simulator })));
const LivePanel = lazy(() => import('../live/LivePanel').then((module) => ({ default: module.LivePanel })));
const LanguagesSheet = lazy(() => import('../languages/LanguagesSheet').then((module) => ({ default: module.LanguagesSheet })));
const PublishDialog = lazy(() => import('../versions/PublishDialog').then((module) => ({ default: module.PublishDialog })));
const VersionsSheet = lazy(() => import('../versions/VersionsSheet').then((module) => ({ default: module.VersionsSheet })));

interface EditorProps {
  flow: Flow;
  kinds: Kind[];
}

/** One open flow. On a phone, and for whoever may not change flows, it is for looking and trying. */
export function Editor({ flow, kinds }: EditorProps) {
  const mayWrite = useMay('flows.write');
  const wide = useWide();
  const [store] = useState(() => createEditor(flow.graph, new Map(kinds.map((kind) => [kind.type, kind])), !mayWrite || !wide));
  useEffect(() => { store.setState({ readOnly: !mayWrite || !wide }); }, [mayWrite, store, wide]);
  return (
    <EditorContext value={store}>
      <ReactFlowProvider><Desk id={flow.id} first={flow} wide={wide} /></ReactFlowProvider>
    </EditorContext>
  );
}

interface DeskProps {
  id: string;
  first: Flow;
  wide: boolean;
}

type Sheet = 'publish' | 'versions' | null;

function Desk({ id, first, wide }: DeskProps) {
  const store = useEditorStore();
  const flow = useQuery(flowQuery(id)).data ?? first;
  const saving = useAutosave(first);
  const [mode, setMode] = useState<Mode>('build');
  const [sheet, setSheet] = useState<Sheet>(null);
  const [finding, setFinding] = useState(false);
  const files = useFiles();
  const readOnly = useEditor((state) => state.readOnly);
  const one = useEditor(theOne);
  const translating = useEditor((state) => state.translating !== null);
  const blocked = useEditor((state) => Object.values(state.troubles).flat().some((trouble) => trouble.severity === 'error'));
  useEffect(() => { look(store, id).catch(() => undefined); }, [id, store]);
  useKeptPins(id);
  useKeptHistory(id);
  useEditorKeys(useMemo(() => ({
    find: () => { setFinding(true); },
    test: () => { setMode((now) => (now === 'test' ? 'build' : 'test')); },
    edit: () => { document.querySelector<HTMLElement>('[data-editor-side] [data-field] :is(input, textarea)')?.focus(); },
  }), []));
  const publish = () => {
    if (blocked) store.getState().choose([]);
    else setSheet('publish');
  };
  const editing = mode === 'build' && !readOnly;
  return (
    <div className={classes.editor} data-mode={mode} data-editing={editing || undefined}>
      <TopBar
        flow={flow} saving={saving.state} mode={mode} onMode={setMode} onPublish={publish}
        onVersions={() => { setSheet('versions'); }} onFind={() => { setFinding(true); }} onImport={files.take} onExport={() => { saving.flush().then(() => { files.save(id, flow.name); }, toastError); }}
      />
      {editing ? <Palette /> : null}
      <div className={classes.stage}>
        <Canvas mini={wide && mode === 'build'} scene={wide ? undefined : mode} />
        <LanguageSwitch />
        {finding ? <FindBar onClose={() => { setFinding(false); }} /> : null}
        {saving.state === 'conflict' ? <Conflict onMine={saving.keepMine} onTheirs={saving.takeTheirs} /> : null}
      </div>
      {mode === 'build' && !wide ? null : (
        <aside className={classes.side} data-editor-side>
          <Suspense>
            {mode === 'test' ? <Simulator flowId={id} /> : mode === 'live' ? <LivePanel flow={flow} /> : one && !readOnly ? <Inspector key={one} id={one} /> : <Problems />}
          </Suspense>
        </aside>
      )}
      <Adder />
      <Announced />
      <Suspense>
        {sheet === 'publish' ? <PublishDialog flow={flow} before={saving.flush} onOvertaken={saving.overtaken} onClose={() => { setSheet(null); }} /> : null}
        {translating ? <LanguagesSheet flow={flow} before={saving.flush} onTheirs={saving.takeTheirs} /> : null}
        {sheet === 'versions' ? <VersionsSheet flow={flow} before={saving.flush} onRestored={saving.takeTheirs} onClose={() => { setSheet(null); }} /> : null}
      </Suspense>
    </div>
  );
}
