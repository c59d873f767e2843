import { Link } from '@tanstack/react-router';
import { useReactFlow } from '@xyflow/react';
import { IconCircleCheck } from '@/design/icons';
import { plural, t } from '@/lib/i18n';
import { useEditor, useEditorStore } from '../graph/context';
import type { Trouble } from '../graph/types';
import { inWords } from './words';
import classes from './Editor.module.css';

/** What is still to fix, and where: a click goes there. */
export function Problems() {
  const troubles = useEditor((state) => state.troubles);
  const all = Object.values(troubles).flat();
  const steps = useEditor((state) => Object.keys(state.doc.nodes).length);
  if (all.length === 0) {
    return (
      <div className={classes.ready}>
        <span aria-hidden><IconCircleCheck size={22} stroke={1.6} /></span>
        <h2>{t('flows.problems.none')}</h2>
        <p>{t('flows.problems.noneHelp')}</p>
        <small>{plural('flows.canvas.steps', steps)}</small>
      </div>
    );
  }
  return (
    <div className={classes.problems}>
      <Some heading="flows.problems.title" some={all.filter((one) => one.severity === 'error')} />
      <Some heading="flows.problems.look" some={all.filter((one) => one.severity !== 'error')} />
    </div>
  );
}

interface SomeProps {
  heading: 'flows.problems.title' | 'flows.problems.look';
  some: Trouble[];
}

/** What hinders publishing stands apart from what is only worth a look. */
function Some({ heading, some }: SomeProps) {
  if (some.length === 0) return null;
  return (
    <section>
      <h2>{plural(heading, some.length)}</h2>
      <ul>
        {some.map((one, at) => (
          <li key={at}>
            <ProblemRow one={one} />
            {one.flow_id ? <Link to="/flows/$id" params={{ id: one.flow_id }} className={classes.otherFlow}>{t('flows.problems.otherFlow')}</Link> : null}
          </li>
        ))}
      </ul>
    </section>
  );
}

interface ProblemRowProps {
  one: Trouble;
}

function ProblemRow({ one }: ProblemRowProps) {
  const store = useEditorStore();
  const { setCenter, getZoom } = useReactFlow();
  const name = useEditor((state) => {
    const node = one.node_id === null ? undefined : state.doc.nodes[one.node_id];
    return node ? node.name || (state.kinds.get(node.type)?.title ?? node.type) : null;
  });
  const message = useEditor((state) => inWords(one, state));
  const go = () => {
    if (one.language) return store.setState({ translating: one.language });
    const id = one.node_id;
    const spot = id === null ? undefined : store.getState().doc.layout[id];
    if (id === null || !spot) return undefined;
    store.getState().choose([id]);
    store.setState({ wanted: one.field === null ? null : { node: id, field: one.field } });
    return void setCenter(spot.x + 131, spot.y + 90, { zoom: Math.max(0.8, getZoom()), duration: 250 });
  };
  return (
    <button type="button" className={classes.problem} data-tone={one.severity} onClick={go} disabled={one.node_id === null && !one.language}>
      <span>{message}</span>
      {name ? <small><bdi>{name}</bdi></small> : null}
    </button>
  );
}
