import { Menu, SegmentedControl } from '@mantine/core';
import { Link, useNavigate } from '@tanstack/react-router';
import { Badge } from '@/design/Badge';
import { Button } from '@/design/Button';
import { IconButton } from '@/design/IconButton';
import { IconArrowBackUp, IconArrowForwardUp, IconChevronLeft, IconDotsVertical, IconDownload, IconHistory, IconNote, IconSearch } from '@/design/icons';
import { plural, t } from '@/lib/i18n';
import { useEditor, useEditorStore } from '../graph/context';
import { IconChartBar, IconFolder, IconLanguage, IconSchema, IconUpload } from '../icons';
import type { Flow } from '../types';
import { FlowName } from './FlowName';
import { PresentMark } from './PresentMark';
import { SaveMark } from './SaveMark';
import { useActs } from '../editor/useActs';
import type { Saving } from '../editor/useAutosave';
import classes from '../editor/Editor.module.css';

export type Mode = 'build' | 'test' | 'live';

interface TopBarProps {
  flow: Flow;
  saving: Saving;
  mode: Mode;
  onMode: (mode: Mode) => void;
  onPublish: () => void;
  onVersions: () => void;
  onFind: () => void;
  onImport: () => void;
  onExport: () => void;
}

/** What the flow is called and in what state it is; what can be done with the whole of it. */
export function TopBar(props: TopBarProps) {
  const { flow, saving, mode, onMode, onPublish } = props;
  const hasChanges = flow.has_changes;
  const readOnly = useEditor((state) => state.readOnly);
  const errors = useEditor((state) => Object.values(state.troubles).flat().filter((one) => one.severity === 'error').length);
  const modes = [{ value: 'build', label: t(readOnly ? 'flows.mode.look' : 'flows.mode.build') }, { value: 'test', label: t('flows.mode.test') }, ...(flow.published ? [{ value: 'live', label: t('flows.mode.live') }] : [])];
  return (
    <header className={classes.bar}>
      <Link to="/flows" className={classes.back} aria-label={t('flows.editor.back')} title={t('flows.editor.back')}><IconChevronLeft size={17} /></Link>
      <FlowName flow={flow} readOnly={readOnly} />
      <span className={classes.badges}>
        {flow.published ? <Badge tone={flow.is_on ? 'good' : 'plain'}>{t(flow.is_on ? 'flows.editor.live' : 'flows.editor.off', { number: flow.published.number })}</Badge> : null}
        {hasChanges || !flow.published ? <Badge tone="warn">{t(flow.published ? 'flows.editor.changed' : 'flows.editor.draft')}</Badge> : null}
      </span>
      {readOnly ? null : <SaveMark state={saving} />}
      <span className={classes.gap} />
      <PresentMark flowId={flow.id} />
      {readOnly ? null : <Tools {...props} />}
      <SegmentedControl value={mode} onChange={(next) => { onMode(next as Mode); }} data={modes} aria-label={t('flows.mode.label')} />
      {readOnly ? null : (
        errors > 0
          ? <Button kind="quiet" onClick={() => { onMode('build'); onPublish(); }}>{plural('flows.problems.toFix', errors)}</Button>
          : <Button onClick={onPublish} disabled={saving === 'conflict' || (!hasChanges && flow.published !== null)}>{t('flows.publish.button')}</Button>
      )}
    </header>
  );
}

function Tools({ flow, onVersions, onFind, onImport, onExport }: TopBarProps) {
  const store = useEditorStore();
  const acts = useActs();
  const navigate = useNavigate();
  const back = useEditor((state) => state.past.length > 0);
  const forth = useEditor((state) => state.future.length > 0);
  return (
    <span className={classes.tools}>
      <IconButton label={t('flows.acts.undo')} keys="mod+z" disabled={!back} onClick={() => { store.getState().undo(); }}><IconArrowBackUp size={16} /></IconButton>
      <IconButton label={t('flows.acts.redo')} keys="mod+shift+z" disabled={!forth} onClick={() => { store.getState().redo(); }}><IconArrowForwardUp size={16} /></IconButton>
      <IconButton label={t('flows.acts.tidy')} keys="shift+alt+t" onClick={acts.tidy}><IconSchema size={16} /></IconButton>
      <IconButton label={t('flowLanguages.title')} onClick={() => { store.setState({ translating: '' }); }}><IconLanguage size={16} /></IconButton>
      <IconButton label={t('flows.versions.title')} onClick={onVersions}><IconHistory size={16} /></IconButton>
      <Menu position="bottom-end" width={230}>
        <Menu.Target><IconButton label={t('flows.editor.more')}><IconDotsVertical size={16} /></IconButton></Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconSearch size={15} />} onClick={onFind}>{t('flows.find.title')}</Menu.Item>
          <Menu.Item leftSection={<IconNote size={15} />} onClick={acts.note}>{t('flows.acts.note')}</Menu.Item>
          <Menu.Item leftSection={<IconFolder size={15} />} onClick={acts.group}>{t('flows.acts.group')}</Menu.Item>
          {flow.published ? <Menu.Item leftSection={<IconChartBar size={15} />} onClick={() => { void navigate({ to: '/flows/$id/figures', params: { id: flow.id } }); }}>{t('flowRuns.figures.open')}</Menu.Item> : null}
          <Menu.Divider />
          <Menu.Item leftSection={<IconUpload size={15} />} onClick={onImport}>{t('flows.editor.import')}</Menu.Item>
          <Menu.Item leftSection={<IconDownload size={15} />} onClick={onExport}>{t('flows.editor.export')}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </span>
  );
}
