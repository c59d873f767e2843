import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { problemOf } from '@/api/errors';
import { Dialog } from '@/design/Dialog';
import { IconPlus } from '@/design/icons';
import { Loaded } from '@/design/Loaded';
import { Notice } from '@/design/Notice';
import { plural, t } from '@/lib/i18n';
import type { Graph } from '../graph/types';
import { startersQuery, useCreateFlow } from '../queries';
import type { Starter } from '../types';
import { Sketch } from './Sketch';
import classes from './List.module.css';

interface GalleryProps {
  onClose: () => void;
}

/** Begin with something that works, or with an empty canvas. */
export function Gallery({ onClose }: GalleryProps) {
  const starters = useQuery(startersQuery);
  const navigate = useNavigate();
  const create = useCreateFlow();
  const make = (name: string, graph?: Graph) => { create.mutate({ name, graph }, { onSuccess: (flow) => { void navigate({ to: '/flows/$id', params: { id: flow.id } }); } }); };
  const problem = create.error ? problemOf(create.error) : null;
  return (
    <Dialog title={t('flows.gallery.title')} onClose={onClose} size={860}>
      {problem ? <Notice tone="bad" title={problem.message}>{problem.help}</Notice> : null}
      <Loaded query={starters}>
        {(all) => (
          <div className={classes.gallery}>
            <button type="button" className={classes.starter} disabled={create.isPending} onClick={() => { make(t('flows.gallery.untitled')); }}>
              <span className={classes.blank}><IconPlus size={22} stroke={1.6} aria-hidden /></span>
              <strong>{t('flows.gallery.empty')}</strong>
              <small>{t('flows.gallery.emptyHelp')}</small>
            </button>
            {all.map((one) => <StarterCard key={one.id} one={one} busy={create.isPending} onChoose={() => { make(one.name, one.graph); }} />)}
          </div>
        )}
      </Loaded>
    </Dialog>
  );
}

interface StarterCardProps {
  one: Starter;
  busy: boolean;
  onChoose: () => void;
}

function StarterCard({ one, busy, onChoose }: StarterCardProps) {
  return (
    <button type="button" className={classes.starter} disabled={busy} onClick={onChoose}>
      <Sketch graph={one.graph} />
      <strong>{one.name}</strong>
      <small>{one.help}</small>
      <em>{plural('flows.canvas.steps', one.graph.nodes.length)}</em>
    </button>
  );
}
