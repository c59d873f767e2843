import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { Loaded } from '@/design/Loaded';
import { Bone } from '@/design/Skeletons';
import { t } from '@/lib/i18n';
import { Editor } from './editor/Editor';
import { flowQuery, kindsQuery } from './queries';
import classes from './editor/Editor.module.css';

/** One flow on its canvas. */
export function EditorPage() {
  const { id } = useParams({ strict: false });
  const flow = useQuery({ ...flowQuery(id ?? ''), refetchOnMount: 'always' });
  const kinds = useQuery(kindsQuery);
  const fresh = flow.isFetchedAfterMount || flow.isError ? flow : { ...flow, data: undefined };
  return (
    <Loaded query={kinds} skeleton={<Coming />}>
      {(all) => <Loaded query={fresh} skeleton={<Coming />}>{(one) => <Editor key={one.id} flow={one} kinds={all} />}</Loaded>}
    </Loaded>
  );
}

function Coming() {
  return (
    <div className={classes.coming} role="status" aria-label={t('common.loading')}>
      {[0, 1, 2].map((at) => <span key={at} className={classes.comingCard}><Bone width="55%" /><Bone height={54} radius={9} /><Bone width="30%" height={8} /></span>)}
    </div>
  );
}
