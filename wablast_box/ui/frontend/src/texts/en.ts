/** English: the catalogue that every other language is checked against. One file per part of the screen. */
import { access } from './en/access';
import { alerts } from './en/alerts';
import { common } from './en/common';
import { composer } from './en/composer';
import { desk } from './en/desk';
import { contacts } from './en/contacts';
import { inbox } from './en/inbox';
import { list } from './en/list';
import { ops } from './en/ops';
import { search } from './en/search';
import { settings } from './en/settings';
import { setup } from './en/setup';
import { shell } from './en/shell';
import { team } from './en/team';
import { templates } from './en/templates';
import { thread } from './en/thread';

export const en = { access, alerts, common, composer, contacts, desk, inbox, list, ops, search, settings, setup, shell, team, templates, thread } as const;
