import { Panel, useReactFlow } from '@xyflow/react';
import { IconButton } from '@/design/IconButton';
import { t } from '@/lib/i18n';
import { IconMaximize, IconZoomIn, IconZoomOut } from '../icons';
import classes from './Canvas.module.css';

export function ZoomButtons() {
  const { zoomIn, zoomOut, fitView } = useReactFlow();
  return (
    <Panel position="bottom-left" className={classes.zoom}>
      <IconButton side="right" label={t('flows.canvas.zoomIn')} keys="+" onClick={() => { void zoomIn({ duration: 150 }); }}><IconZoomIn size={16} stroke={1.7} /></IconButton>
      <IconButton side="right" label={t('flows.canvas.zoomOut')} keys="-" onClick={() => { void zoomOut({ duration: 150 }); }}><IconZoomOut size={16} stroke={1.7} /></IconButton>
      <IconButton side="right" label={t('flows.canvas.fit')} keys="1" onClick={() => { void fitView({ duration: 220, padding: 0.14, maxZoom: 1 }); }}><IconMaximize size={16} stroke={1.7} /></IconButton>
    </Panel>
  );
}
