/** English for the pages behind the inbox: loaded with the first of them, so that the inbox need not wait for it. */
import { addTexts } from '@/lib/i18n';
import { access } from './en/access';
import { ops } from './en/ops';
import { setup } from './en/setup';
import { tags } from './en/tags';
import { team } from './en/team';

export const late = { access, ops, setup, tags, team } as const;

addTexts(late);
