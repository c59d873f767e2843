/** English for the pages behind the inbox: loaded with the first of them, so that the inbox need not wait for it. */
import { addTexts } from '@/lib/i18n';
import { access } from './en/access';
import { ai } from './en/ai';
import { flowLanguages } from './en/flow_languages';
import { flowRuns } from './en/flow_runs';
import { flowSecrets } from './en/flow_secrets';
import { flows } from './en/flows';
import { number } from './en/number';
import { ops } from './en/ops';
import { setup } from './en/setup';
import { storage } from './en/storage';
import { tags } from './en/tags';
import { team } from './en/team';

export const late = { access, ai, flowRuns, flowLanguages, flowSecrets, flows, number, ops, setup, storage, tags, team } as const;

addTexts(late);
